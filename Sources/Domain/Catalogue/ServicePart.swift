/// Key of the public taxonomy that responsibility rules speak about: `road.surface`, `winter.sidewalk`.
///
/// The part, not the service, decides who answers: law divides waste into collection and disposal, a road into carriageway and sidewalk.
public struct ServicePart: CheckedText {
    /// The part as text.
    public let rawValue: String

    /// Takes a part that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "two to four lower-case words joined by points, such as road.surface",
        french: "de deux à quatre mots en minuscules joints par des points, comme road.surface"
    )

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        let words = text.utf8.split(separator: 46, omittingEmptySubsequences: false)
        return text.utf8.count <= 60 && (2...4).contains(words.count)
            && words.allSatisfy { word in
                guard let first = word.first, (97...122).contains(first) else { return false }
                return word.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
            }
    }

    /// Whether this part is that one or lies below it: `road.surface.paved` lies below `road.surface` and `road`.
    public func isWithin(_ prefix: String) -> Bool {
        rawValue == prefix || rawValue.hasPrefix(prefix + ".")
    }
}
