public import Domain
import Storage

/// Which of a tenant's requests and orders a member of its staff may see; what lies outside is as unknown as another tenant's.
public struct StaffScope: Sendable, Hashable {
    /// The account.
    public let account: String

    /// Departments whose requests may be seen; nil for all of the tenant.
    public let departments: Set<String>?

    /// Whether only orders of crews the account is in may be seen.
    public let isOwnCrewsOnly: Bool

    /// A scope.
    public init(account: String, departments: Set<String>?, isOwnCrewsOnly: Bool = false) {
        self.account = account
        self.departments = departments
        self.isOwnCrewsOnly = isOwnCrewsOnly
    }

    /// Who did it, as histories spell it.
    public var actor: String { "staff:\(account)" }

    /// Whether a request of a department may be seen; what has no department is everybody's.
    func covers(department: String?) -> Bool {
        guard let departments else { return true }
        return department.map(departments.contains) ?? true
    }

    /// Whether an order may be seen, given the crews the account is in.
    func covers(_ order: WorkOrder, crews: Set<CrewCode>) -> Bool {
        if let crew = order.crew, crews.contains(crew) { return true }
        return !isOwnCrewsOnly && covers(department: order.department.rawValue)
    }
}

/// A work order cannot be found at this tenant; unknown and foreign ones alike.
public struct UnknownWorkOrder: Error, Sendable, Hashable, CustomStringConvertible {
    /// For whoever asked.
    public var description: String { "no work order of this number" }

    /// The one value there is.
    public init() {}
}

/// Somebody changed what was shown before the answer came; nothing was done.
public struct StaleView: Error, Sendable, Hashable, CustomStringConvertible {
    /// For whoever asked.
    public var description: String { "somebody changed this meanwhile; nothing was done; look again" }

    /// The one value there is.
    public init() {}
}
