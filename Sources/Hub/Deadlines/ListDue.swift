public import Domain
public import Foundation
public import Storage

/// One line of a list by due time.
public struct DueLine: Sendable, Hashable {
    /// The request, without its decision.
    public let request: ServiceRequest
    /// How it stands, in a word, a shape and a colour.
    public let deadline: Deadline
    /// When the next clock runs out; the key of the page after.
    public let due: Date
}

/// What is due, for staff pages and the command line: the one due first first.
public struct ListDue: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// A page of open requests with a clock that runs.
    ///
    /// - Parameters:
    ///   - departments: Only these departments; nil: all.
    ///   - before: Only what runs out before this instant; nil: all.
    ///   - after: Due time and reference of the last line of the page before.
    ///   - limit: 1 to 500.
    public func callAsFunction(
        of tenant: HostedTenant,
        departments: [String]? = nil,
        before: Date? = nil,
        after: (due: Date, reference: RequestReference)? = nil,
        limit: Int = 50
    ) async throws -> [DueLine] {
        let size = min(max(limit, 1), 500)
        let (page, requests, clocks) = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            transaction in
            let due = DueRequests(transaction)
            let page = try await due.page(departments: departments, before: before, after: after, limit: size)
            let references = page.map(\.reference)
            return (
                page, try await due.read(references), try await StoredClocks(transaction).latest(of: references)
            )
        }
        let dues = Dictionary(page.map { ($0.reference, $0.due) }) { first, _ in first }
        let now = surroundings.now()
        return requests.compactMap { request in
            dues[request.reference].map { due in
                DueLine(
                    request: request,
                    deadline: Self.deadline(request, clocks[request.reference] ?? [], of: tenant, asOf: now),
                    due: due
                )
            }
        }
    }

    /// How some requests stand, for lists that come in another order.
    public func deadlines(
        of requests: [ServiceRequest],
        at tenant: HostedTenant
    ) async throws -> [RequestReference: Deadline] {
        let references = requests.map(\.reference)
        let clocks = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await StoredClocks(transaction).latest(of: references)
        }
        let now = surroundings.now()
        return Dictionary(
            requests.map { ($0.reference, Self.deadline($0, clocks[$0.reference] ?? [], of: tenant, asOf: now)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// How many are late, due today, standing still, and in time.
    public func counts(of tenant: HostedTenant, departments: [String]? = nil) async throws -> DueCounts {
        let now = surroundings.now()
        let midnight = LocalTime(tenant.day(of: now).adding(days: 1), seconds: 0).instant(in: tenant.calendar.timeZone)
        return try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await DueRequests(transaction).counts(departments: departments, at: now, soonBefore: midnight)
        }
    }

    private static func deadline(
        _ request: ServiceRequest,
        _ clocks: [RequestClock],
        of tenant: HostedTenant,
        asOf now: Date
    ) -> Deadline {
        Deadline(
            clocks: clocks,
            isOpen: request.life.isOpen,
            pause: request.life.pause,
            asOf: now,
            in: tenant.calendar.timeZone
        )
    }
}
