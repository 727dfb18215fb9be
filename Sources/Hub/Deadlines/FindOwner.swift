public import Domain
public import Foundation
public import Storage

/// Names the person a request is with: whom it was given to, the department's role, who stands in, the tenant's fallback.
public struct FindOwner: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The person; where another tenant leads, that tenant's.
    ///
    /// - Throws: ``UnknownRequest``.
    public func callAsFunction(
        _ reference: RequestReference,
        at tenant: HostedTenant
    ) async throws -> (owner: RequestOwner, of: HostedTenant) {
        let found = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            (
                try await ServiceRequests(transaction).read(reference),
                try await RequestOwners(transaction).of(reference)
            )
        }
        guard let request = found.0 else { throw UnknownRequest() }
        if request.standing == .mirrored, case .tenant(let holder)? = request.counterpart ?? request.life.holder,
            holder != tenant.id, let other = try await surroundings.directory.tenant(holder)
        {
            let there = try await surroundings.databases.withTenant(other.code, .readOnly) { transaction in
                (
                    try await ServiceRequests(transaction).read(reference),
                    try await RequestOwners(transaction).of(reference)
                )
            }
            if let row = there.0, row.standing != .mirrored {
                return (
                    Self.owner(assigned: there.1, department: row.department, tenant: other, at: surroundings.now()),
                    other
                )
            }
        }
        return (
            Self.owner(assigned: found.1, department: request.department, tenant: tenant, at: surroundings.now()),
            tenant
        )
    }

    /// Gives an open request to a person by name; the history says so, for staff only.
    ///
    /// - Throws: ``UnknownRequest``.
    public func assign(
        _ owner: RequestOwner,
        to reference: RequestReference,
        at tenant: HostedTenant,
        by actor: String
    ) async throws {
        let now = surroundings.second
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let note = ChangeRequest.Note(
            actor: actor,
            at: now,
            details: ["owner": owner.name],
            isPublic: false,
            tells: false
        )
        let changed = try await surroundings.databases.withTenant(tenant.code) { transaction in
            let changed = try await change(reference, note: note, in: transaction) { $0.life.noted() }
            if changed != nil {
                try await RequestOwners(transaction).assign(owner, reference, by: actor, at: now)
            }
            return changed != nil
        }
        guard changed else { throw UnknownRequest() }
    }

    /// Open requests of a tenant for which no person can be named, by department: nil is no department; empty is as it must be.
    public func nameless(at tenant: HostedTenant) async throws -> [(department: String?, count: Int)] {
        let lines = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await RequestOwners(transaction).openByDepartment()
        }
        let now = surroundings.now()
        return lines.filter { line in
            guard !line.isAssigned else { return false }
            return Self.owner(assigned: nil, department: line.department, tenant: tenant, at: now).rung == .desk
        }
        .map { ($0.department, $0.count) }
    }

    /// The person by the tenant's files; its desk, where they name nobody.
    static func owner(
        assigned: RequestOwner?,
        department: String?,
        tenant: HostedTenant,
        at instant: Date
    ) -> RequestOwner {
        tenant.configuration.deadlinePolicy.owner(
            assigned: assigned,
            department: department.map(DepartmentCode.init(trusted:)),
            at: instant,
            in: tenant.calendar.timeZone
        ) ?? desk(of: tenant, department: department)
    }

    /// The desk of a department, or of the whole tenant.
    static func desk(of tenant: HostedTenant, department: String? = nil) -> RequestOwner {
        let language = tenant.tenant.languages.first ?? .english
        if let desk = department.flatMap({ tenant.tenant.department(DepartmentCode(trusted: $0)) }),
            desk.email != nil || desk.phone != nil
        {
            return RequestOwner(
                name: desk.name[language],
                email: desk.email,
                phone: desk.phone,
                language: language,
                rung: .desk
            )
        }
        return RequestOwner(
            name: tenant.tenant.name.plain[language],
            email: tenant.tenant.contact.email,
            phone: tenant.tenant.contact.phone,
            language: language,
            rung: .desk
        )
    }
}
