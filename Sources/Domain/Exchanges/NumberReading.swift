/// Takes a number out of the text around it.
struct NumberReading {
    /// What the text is.
    let number: TelephoneNumber

    /// Longest text looked at, in bytes; a SIP address is far shorter.
    private static let longest = 300

    /// Words that stand for "no number" in signalling (RFC 3323, RFC 3325) and on displays.
    private static let withheldWords: Set<String> = [
        "", "anonymous", "unavailable", "unknown", "restricted", "private", "withheld", "blocked", "nocallerid", "null",
        "none", "asserted-identity-withheld",
    ]

    init(_ text: String) {
        guard text.utf8.count <= Self.longest else {
            number = .malformed(
                LocalizedText(
                    english: "it is longer than \(Self.longest) bytes",
                    french: "il dépasse \(Self.longest) octets"
                )
            )
            return
        }
        let plain = Self.asciiDigits(text)
        let (user, isInternational) = Self.user(of: plain)
        if Self.withheldWords.contains(user.lowercased().filter { !$0.isWhitespace }) {
            number = .withheld
            return
        }
        guard let digits = Self.digits(of: user) else {
            number = .malformed(
                LocalizedText(
                    english: "it holds characters that no telephone number has",
                    french: "il contient des caractères qu’aucun numéro de téléphone ne comporte"
                )
            )
            return
        }
        number = Self.number(digits, isInternational: isInternational)
    }

    private static func number(_ digits: String, isInternational: Bool) -> TelephoneNumber {
        if digits.contains("*") || digits.contains("#") {
            return (2...8).contains(digits.count) ? .short(digits) : malformed(digits.count)
        }
        switch digits.count {
        case 3 where digits.hasSuffix("11") && digits.first.map { "2"..."9" ~= $0 } == true: return .service(digits)
        // The country code before a service code is a habit of some switches.
        case 4 where digits.hasPrefix("1") && digits.hasSuffix("11"):
            return number(String(digits.dropFirst()), isInternational: false)
        case 2...6: return isInternational ? malformed(digits.count) : .short(digits)
        case 7 where !isInternational:
            return .malformed(
                LocalizedText(
                    english: "it has seven digits; the area code is missing",
                    french: "il compte sept chiffres; l’indicatif régional manque"
                )
            )
        case 10 where !isInternational: return national(digits)
        case 11 where digits.hasPrefix("1"): return national(String(digits.dropFirst()))
        case 12...18 where !isInternational && digits.hasPrefix("011"):
            return number(String(digits.dropFirst(3)), isInternational: true)
        case 7...15 where isInternational && !digits.hasPrefix("1"): return .foreign(digits)
        // Without a plus, more digits than a national number has can only be another country's.
        case 12...15 where !digits.hasPrefix("0") && !digits.hasPrefix("1"): return .foreign(digits)
        default: return malformed(digits.count)
        }
    }

    private static func national(_ digits: String) -> TelephoneNumber {
        let text = Array(digits)
        let (area, office) = (String(text[0..<3]), String(text[3..<6]))
        guard let code = try? CentralOfficeCode(areaCode: area, officeCode: office), let line = Int(String(text[6...]))
        else {
            return .malformed(
                LocalizedText(
                    english: "area code and office code begin with 2 to 9",
                    french: "l’indicatif régional et l’indicatif de central commencent par 2 à 9"
                )
            )
        }
        return .national(NationalNumber(code: code, line: line))
    }

    private static func malformed(_ count: Int) -> TelephoneNumber {
        .malformed(
            LocalizedText(
                english: "it has \(count) digits; a number has ten, or a plus and its country code",
                french: "il compte \(count) chiffres; un numéro en compte dix, ou un plus et l’indicatif de pays"
            )
        )
    }

    /// Digits of any width as ASCII, every kind of blank as a blank, every kind of dash as a hyphen.
    private static func asciiDigits(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF10...0xFF19: plain.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFF10 + 0x30)))
            case 0xFF0B: plain.append("+")
            case 0x2010...0x2015, 0x2212, 0xFE63, 0xFF0D: plain.append("-")
            case _ where scalar.properties.isWhitespace: plain.append(" ")
            // Marks of writing direction that copied numbers bring along.
            case 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }

    /// The part that names the subscriber, without scheme, host, parameters and extension, and whether a plus stands before it.
    private static func user(of text: String) -> (String, isInternational: Bool) {
        let startsWithBlank = text.first == " "
        var rest = Substring(text)
        if let open = rest.lastIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            rest = rest[rest.index(after: open)..<close]
        }
        rest = rest.trimmed
        var isAddress = false
        for scheme in ["sips:", "sip:", "tel:"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            isAddress = true
            break
        }
        if let at = rest.firstIndex(of: "@") {
            rest = rest[..<at]
            isAddress = true
        }
        if let semicolon = rest.firstIndex(of: ";") { rest = rest[..<semicolon] }
        var user = isAddress ? unescaped(rest) : String(rest)
        // A password may follow the user of a SIP address.
        if isAddress, let colon = user.firstIndex(of: ":") { user = String(user[..<colon]) }
        user = String(Substring(user).trimmed)
        let lower = user.lowercased()
        for mark in [" extension", " ext", " poste", "x"] {
            if let range = lower.firstRange(of: mark), lower.distance(from: lower.startIndex, to: range.lowerBound) >= 7
            {
                user = String(user.prefix(lower.distance(from: lower.startIndex, to: range.lowerBound)))
                break
            }
        }
        if user.hasPrefix("+") { return (String(user.dropFirst()), true) }
        let beginsWithDigit = user.first.map { ("0"..."9").contains($0) } == true
        return (user, startsWithBlank && !isAddress && beginsWithDigit)
    }

    /// Digits, stars and hashes without punctuation; nil when something else is there.
    private static func digits(of user: String) -> String? {
        var digits = ""
        for character in user {
            switch character {
            case "0"..."9", "*", "#": digits.append(character)
            case " ", "-", ".", "(", ")", "/": continue
            default: return nil
            }
        }
        return digits.isEmpty ? nil : digits
    }

    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.count >= 2
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Substring {
    /// Without blanks at either end.
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
