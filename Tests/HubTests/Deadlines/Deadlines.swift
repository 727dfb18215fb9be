import Domain
import Foundation
import Storage
import TestSupport

@testable import Hub

extension DemonstrationRegion {
    /// A pothole on a street of the town's own: read within a business day, done by the class of the road.
    func townPothole() async throws -> RequestReference {
        let answers = try await required("RD-POTH", of: "brindle-bay")
        let contact = Requester(email: "ann@example.org")
        return try await take(
            try intake(at: Place.localStreet, answers: answers, contact: contact),
            to: "brindle-bay"
        ).reference
    }

    /// One pass of the sweep over a tenant.
    @discardableResult
    func sweep(_ id: String = "brindle-bay") async throws -> SweepDeadlines.Report {
        try await SweepDeadlines(surroundings)(try await tenant(id))
    }

    /// The latest clock of a kind.
    func clock(
        _ kind: RequestClock.Kind,
        _ reference: RequestReference,
        in id: String = "brindle-bay"
    ) async throws -> RequestClock? {
        try await inside(id) { try await StoredClocks($0).latest(of: reference) }.first { $0.kind == kind }
    }

    /// Steps of the alarms of a request, by clock.
    func alarms(_ reference: RequestReference, in id: String = "brindle-bay") async throws -> [DeadlineAlarm] {
        try await inside(id) { try await DeadlineAlarms($0).of(reference) }
    }

    /// Outbox rows of a kind for a request.
    func outbox(_ reference: RequestReference, _ kinds: Set<String>, in id: String = "brindle-bay") async throws
        -> [OutboxItem]
    {
        try await inside(id) { try await Outbox($0).rows(orderKey: reference.rawValue) }.map(\.item)
            .filter { kinds.contains($0.kind) }
    }

    /// Puts another policy of a town in force.
    func deadlines(_ id: String, _ change: (DeadlinePolicy) -> DeadlinePolicy) async throws {
        let old = try await tenant(id).configuration
        try await put(
            TenantConfiguration(
                tenant: old.tenant,
                catalogue: old.catalogue,
                calendar: old.calendar,
                forwarding: old.forwarding,
                deadlines: change(old.deadlinePolicy)
            )
        )
    }

    /// Moves the clock to an instant.
    func go(to instant: Date) { clock.set(to: instant) }
}
