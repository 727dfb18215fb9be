/// Which service parts a rule speaks of: one part (`road.surface`), a family (`road.*`), or all (`*`).
public struct PartPattern: CheckedText {
    /// The pattern as written in the rule file.
    public let rawValue: String

    /// Takes a pattern that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "a service part such as road.surface, a family such as road.*, or *",
        french: "une composante de service comme road.surface, une famille comme road.*, ou *"
    )

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        if text == "*" { return true }
        // A family is well-formed when a part below it would be.
        return ServicePart.isWellFormed(text.hasSuffix(".*") ? text.dropLast() + "x" : text)
    }

    /// The family without its `.*`; nil for one part and for `*`.
    private var family: Substring? {
        rawValue.hasSuffix(".*") ? rawValue.dropLast(2) : nil
    }

    /// Whether the pattern names exactly one part.
    public var isExact: Bool { rawValue != "*" && !rawValue.hasSuffix(".*") }

    /// Whether the pattern covers a part; a family covers its own head too (`road.*` covers `road` and `road.surface`).
    public func covers(_ part: ServicePart) -> Bool {
        if rawValue == "*" { return true }
        guard let family else { return rawValue == part.rawValue }
        return part.rawValue == family || part.rawValue.hasPrefix(family + ".")
    }

    /// How narrow the pattern is: 0 for all, then the number of words of a family, 100 for exactly one part.
    public var narrowness: Int {
        if rawValue == "*" { return 0 }
        guard let family else { return 100 }
        return family.count(where: { $0 == "." }) + 1
    }
}
