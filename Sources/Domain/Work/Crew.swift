/// Code of a crew within its tenant: lower-case words joined by hyphens, such as `roads-north`.
public struct CrewCode: CheckedText {
    /// The code as text.
    public let rawValue: String

    /// Takes a code that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = DepartmentCode.form

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool { DepartmentCode.isWellFormed(text) }
}

/// People who go out together; a work order is given to a crew, never to one person.
public struct Crew: Sendable, Hashable, Codable {
    /// Its code.
    public let code: CrewCode

    /// Name as the department says it.
    public let name: LocalizedText

    /// The department it belongs to.
    public let department: DepartmentCode

    /// Whether it still goes out; a crew with a history is never deleted.
    public let isActive: Bool

    /// Ids of the accounts of its members, in order.
    public let members: [String]

    /// All parts.
    public init(
        code: CrewCode,
        name: LocalizedText,
        department: DepartmentCode,
        isActive: Bool = true,
        members: [String] = []
    ) {
        self.code = code
        self.name = name
        self.department = department
        self.isActive = isActive
        self.members = members
    }
}
