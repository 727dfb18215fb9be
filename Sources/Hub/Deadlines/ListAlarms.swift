public import Domain
public import Foundation
public import Storage

/// The alarms of a tenant, for staff pages: what asks for attention, and that somebody has seen to it.
public struct ListAlarms: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Alarms that ask for attention, the latest first.
    ///
    /// - Parameter departments: Only these departments; nil: all.
    public func callAsFunction(
        of tenant: HostedTenant,
        departments: [String]? = nil,
        limit: Int = 200
    ) async throws -> [DeadlineAlarm] {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await DeadlineAlarms(transaction).open(departments: departments, limit: min(max(limit, 1), 1_000))
        }
    }

    /// Every alarm of a request, the oldest first.
    public func of(_ reference: RequestReference, at tenant: HostedTenant) async throws -> [DeadlineAlarm] {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await DeadlineAlarms(transaction).of(reference)
        }
    }

    /// Somebody has seen to an alarm; false when it asks for nothing any more.
    public func acknowledge(_ id: UUID, at tenant: HostedTenant, by actor: String) async throws -> Bool {
        let now = surroundings.second
        return try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await DeadlineAlarms(transaction).acknowledge(id, by: actor, at: now)
        }
    }

    /// In words, for a page: what was reached.
    public static func words(_ alarm: DeadlineAlarm) -> LocalizedText { AlarmMessage.words(alarm) }
}

/// The clocks and facts of one request, as staff see them.
public struct ReadClocks: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Every round of the clocks, and when each body received, was given and opened the request.
    public func callAsFunction(
        _ reference: RequestReference,
        at tenant: HostedTenant
    ) async throws -> (clocks: [RequestClock], facts: [AuthorityFact]) {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            (
                try await StoredClocks(transaction).all(of: reference),
                try await AuthorityFacts(transaction).all(of: reference)
            )
        }
    }

    /// A person of the tenant has opened the request; only the first time is written down.
    public func opened(_ reference: RequestReference, at tenant: HostedTenant, by actor: String) async throws {
        let now = surroundings.second
        let clocks = KeepClocks(surroundings: surroundings, tenant: tenant)
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard try await ServiceRequests(transaction).read(reference) != nil else { return }
            try await clocks.noteOpened(reference, at: now, by: actor, in: transaction)
        }
    }
}
