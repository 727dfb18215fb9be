/// A role that an alarm goes to: `supervisor`, or one of the hub's, `hub/supervisor`.
public struct RoleAddress: CheckedText {
    /// The role as written in `deadlines.yml`.
    public let rawValue: String

    /// Takes a role that was checked before.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "a role such as supervisor, or one of the hub's such as hub/supervisor",
        french: "un rôle comme supervisor, ou un rôle du service 311 comme hub/supervisor"
    )

    /// Whether the text has the form.
    public static func isWellFormed(_ text: String) -> Bool {
        DepartmentCode.isWellFormed(text.hasPrefix("hub/") ? String(text.dropFirst(4)) : text)
    }

    /// Whether the role is one of the hub's, whoever's request it is.
    public var isOfHub: Bool { rawValue.hasPrefix("hub/") }

    /// The role without its `hub/`.
    public var role: String { isOfHub ? String(rawValue.dropFirst(4)) : rawValue }

    /// Whoever the request is with: never written in `roles`, always found.
    public static let owner = RoleAddress(trusted: "owner")
    /// Who leads those who do the work.
    public static let supervisor = RoleAddress(trusted: "supervisor")
    /// The head of the department.
    public static let departmentHead = RoleAddress(trusted: "department-head")
    /// Who runs the service at the tenant.
    public static let tenantAdministrator = RoleAddress(trusted: "tenant-administrator")
    /// Whoever has the duty phone.
    public static let duty = RoleAddress(trusted: "duty")
    /// Who is called when the duty phone is not answered.
    public static let secondDuty = RoleAddress(trusted: "second-duty")
    /// Supervisor at the hub's desk.
    public static let hubSupervisor = RoleAddress(trusted: "hub/supervisor")
    /// Who is named when nobody else can be.
    public static let fallback = RoleAddress(trusted: "fallback")
}
