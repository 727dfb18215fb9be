public import Domain
import Foundation
import Storage

/// Keeps the register of notices: which carrier was told when, by when it must switch, what its test call gave, what it charges.
public struct KeepCarrierNotices: Sendable {
    /// A notice with what is late about it.
    public struct Standing: Sendable, Hashable, Codable {
        /// The notice.
        public let notice: CarrierNotice
        /// The day six months after it.
        public let dueOn: CalendarDay
        /// What is late; empty when nothing is.
        public let overdue: [CarrierNotice.Lateness]

        private enum CodingKeys: String, CodingKey {
            case notice, overdue
            case dueOn = "due_on"
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Stores a notice, or completes the one to the same carrier of the same day; returns its number.
    ///
    /// - Throws: ``RegisterFault``.
    public func put(_ notice: CarrierNotice) async throws -> Int {
        try surroundings.registerNames.check(notice.exchange)
        if let activated = notice.activatedOn, activated < notice.noticedOn {
            throw RegisterFault("activated", "\(activated) lies before the notice of \(notice.noticedOn)")
        }
        guard (notice.testCalledAt == nil) == (notice.testResult == nil) else {
            throw RegisterFault("test", "a test call has an instant and a result; one of them is missing")
        }
        if let cents = notice.feeCents, cents < 0 { throw RegisterFault("fee", "\(cents) cents is less than nothing") }
        let now = surroundings.now()
        return try await surroundings.databases.withHub { try await CarrierNotices($0).put(notice, now: now) }
    }

    /// Every notice with what is late about it today, by exchange, carrier and day.
    public func list() async throws -> [Standing] {
        let today = CalendarDay(surroundings.now(), in: surroundings.numbering.plan.timeZone)
        return try await surroundings.databases.withHub { try await CarrierNotices($0).all() }.map {
            Standing(notice: $0, dueOn: $0.dueOn, overdue: $0.overdue(on: today))
        }
    }
}
