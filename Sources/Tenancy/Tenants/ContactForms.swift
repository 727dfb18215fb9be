import Domain

/// Forms of telephone numbers, addresses and hosts in tenants' files.
enum ContactForms {
    /// A telephone number as `+17055550123`, however it was grouped; nil, with a fault, when it is none.
    static func phone(_ text: String, _ key: String, in map: YamlMapping) -> String? {
        let digits = text.filter { !" -.()".contains($0) }
        let bytes = Array(digits.utf8)
        let isNumber =
            (9...16).contains(bytes.count) && bytes[0] == 43 && (49...57).contains(bytes[1])
            && bytes.dropFirst().allSatisfy { (48...57).contains($0) }
        // A number of the North American plan has ten digits, and neither code begins with 0 or 1.
        let isNorthAmerican = bytes.count > 1 && bytes[1] == 49
        let isDialable = !isNorthAmerican || (bytes.count == 12 && bytes[2] >= 50 && bytes[5] >= 50)
        guard isNumber, isDialable else {
            map.fault(key, "\"\(FaultText.shown(text))\" is no telephone number; write it as +1-705-555-0123")
            return nil
        }
        return digits
    }

    /// An address for mail; nil, with a fault, when it is none.
    static func email(_ text: String, _ key: String, in map: YamlMapping) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.value > 32 && $0.value < 127 && !"<>,;:\"\\()[]".unicodeScalars.contains($0)
        }
        guard parts.count == 2, (1...64).contains(parts[0].count), isPlain, isHost(parts[1].lowercased()),
            parts[1].contains(".")
        else {
            map.fault(key, "\"\(FaultText.shown(text))\" is no address for mail; write it as 311@example.org")
            return nil
        }
        return text
    }

    /// An address of a website; nil, with a fault, when it is none.
    static func website(_ text: String, _ key: String, in map: YamlMapping) -> String? {
        guard let endpoint = WebAddress(text), endpoint.user == nil else {
            map.fault(
                key,
                "\"\(FaultText.shown(text))\" is no address of a website; write it as https://www.example.org"
            )
            return nil
        }
        return text
    }

    /// Whether a text is a host name: labels of a-z, 0-9 and hyphen joined by points.
    static func isHost(_ text: some StringProtocol) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
        return (1...253).contains(text.utf8.count)
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != 45 && label.last != 45
                    && label.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            }
    }
}
