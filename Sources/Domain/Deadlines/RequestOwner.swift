public import Foundation

/// The person who can be named for a request.
public struct RequestOwner: Sendable, Hashable, Codable {
    /// Name.
    public let name: String
    /// Address for mail.
    public let email: String?
    /// Number, in international form.
    public let phone: String?
    /// Language the person reads.
    public let language: Language
    /// How the person was found.
    public let rung: Rung
    /// The role, where one was the way.
    public let role: RoleAddress?

    /// How a person was found, the surest first.
    public enum Rung: String, Sendable, Hashable, Codable, CaseIterable {
        /// The request was given to that person by name.
        case assigned
        /// The person holds the role for the department.
        case departmentRole = "department_role"
        /// The person stands in for the holder.
        case cover
        /// The tenant's own fallback, the department having nobody.
        case tenantFallback = "tenant_fallback"
        /// No person is named in the tenant's files: its desk answers.
        case desk
    }

    /// A person or, at last, a desk.
    public init(
        name: String,
        email: String? = nil,
        phone: String? = nil,
        language: Language = .english,
        rung: Rung,
        role: RoleAddress? = nil
    ) {
        self.name = name
        self.email = email
        self.phone = phone
        self.language = language
        self.rung = rung
        self.role = role
    }

    /// A person who holds a role.
    init(_ holder: RoleHolder, _ rung: Rung, _ role: RoleAddress) {
        self.init(
            name: holder.name,
            email: holder.email,
            phone: holder.phone,
            language: holder.language,
            rung: rung,
            role: role
        )
    }
}

extension DeadlinePolicy {
    /// Whoever a request of a department is with at an instant; nil when the tenant names no person at all.
    ///
    /// Assigned person → the department's own holder of `owner`, else of `supervisor`, else of `department-head` → who stands in →
    /// the tenant's `fallback`, else its administrator.
    public func owner(
        assigned: RequestOwner?,
        department: DepartmentCode?,
        at instant: Date,
        in timeZone: TimeZone
    ) -> RequestOwner? {
        if let assigned, !isAway(assigned, at: instant, in: timeZone) { return assigned }
        for role in [RoleAddress.owner, .supervisor, .departmentHead] {
            guard let named = named(role, department: department, isOwn: true),
                let (person, isCover) = named.holder(at: instant, in: timeZone)
            else { continue }
            return RequestOwner(person, isCover ? .cover : .departmentRole, role)
        }
        for role in [RoleAddress.owner, .supervisor, .fallback, .tenantAdministrator] {
            guard let named = named(role, department: nil, isOwn: false),
                let (person, _) = named.holder(at: instant, in: timeZone)
            else { continue }
            return RequestOwner(person, .tenantFallback, role)
        }
        return assigned
    }

    /// Who holds a role for a department at an instant; the tenant's own fallback where nobody does.
    public func holder(
        of role: RoleAddress,
        department: DepartmentCode?,
        at instant: Date,
        in timeZone: TimeZone
    ) -> RequestOwner? {
        let found = named(role, department: department, isOwn: true) ?? named(role, department: nil, isOwn: false)
        if let found, let (person, isCover) = found.holder(at: instant, in: timeZone) {
            return RequestOwner(person, isCover ? .cover : .departmentRole, role)
        }
        guard let fallback = named(.fallback, department: nil, isOwn: false),
            let (person, _) = fallback.holder(at: instant, in: timeZone)
        else { return nil }
        return RequestOwner(person, .tenantFallback, .fallback)
    }

    /// The entry of a role for one department, or the one for all.
    private func named(_ role: RoleAddress, department: DepartmentCode?, isOwn: Bool) -> NamedRole? {
        roles.first { entry in
            guard entry.role.role == role.role else { return false }
            return isOwn ? department.map(entry.departments.contains) ?? false : entry.departments.isEmpty
        }
    }

    /// Whether somebody a request was given to is away by the tenant's own list.
    private func isAway(_ person: RequestOwner, at instant: Date, in timeZone: TimeZone) -> Bool {
        guard let email = person.email else { return false }
        return roles.lazy.flatMap(\.people).contains { $0.email == email && !$0.isThere(at: instant, in: timeZone) }
    }
}
