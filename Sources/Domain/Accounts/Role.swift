/// What a person is in one jurisdiction; a person may be several things, and other things elsewhere.
///
/// What each may do is written in ``Permission/matrix``, nowhere else.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// Reports and follows; no member of staff, never signs in at the staff door.
    case resident
    /// Answers calls and visitors.
    case `operator`
    /// Looks after operators: queues, moderation, the arbiter's decisions at the hub.
    case supervisor
    /// Works on the requests of one or more departments.
    case departmentClerk = "department_clerk"
    /// Does the work outside, with a phone.
    case field
    /// Answers for a department.
    case departmentHead = "department_head"
    /// Looks after a tenant's people, files, keys and texts.
    case tenantAdministrator = "tenant_administrator"
    /// Asks for a councillor: one ward, no personal data.
    case councillorOffice = "councillor_office"
    /// Looks after the hub itself: tenants, agreement, boundaries.
    case hubAdministrator = "hub_administrator"
    /// Reads what was done, changes nothing.
    case auditor

    /// Whether it can be held at the hub only.
    public var isHubOnly: Bool { self == .hubAdministrator }

    /// Whether the holder works for the body; a resident does not.
    public var isStaff: Bool { self != .resident }

    /// Whether it means little without a department.
    public var needsDepartment: Bool { self == .departmentClerk || self == .departmentHead || self == .field }

    /// The roles that staff can be given, in the order of the written table.
    public static var ofStaff: [Role] { allCases.filter(\.isStaff) }
}
