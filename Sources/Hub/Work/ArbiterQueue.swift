public import Domain
public import Foundation
import Storage

/// Requests that two bodies said are not theirs, waiting for the hub's arbiter, the one due first first.
///
/// The word itself is ``PlaceRequest`` with a body named.
public struct ArbiterQueue: Sendable {
    /// One request before the arbiter, with what each side said and promised.
    public struct Case: Sendable, Hashable, Codable {
        /// The request.
        public let reference: RequestReference
        /// Why it waits.
        public let reason: String
        /// When it began to wait.
        public let enteredAt: Date
        /// When it should be decided.
        public let dueAt: Date
        /// Whether that has passed.
        public let isOverdue: Bool
        /// Who looks at it; nil when nobody.
        public let takenBy: String?
        /// Id of the tenant that has it until then.
        public let origin: String
        /// What it is about.
        public let publicType: ServiceCode
        /// Its point, as decimals; nil without one.
        public let latitude: String?
        /// Its point, as decimals; nil without one.
        public let longitude: String?
        /// Its address; nil without one.
        public let address: String?
        /// When the person reported it.
        public let requestedAt: Date
        /// The origin's clocks, which run on.
        public let originReviewDue: Date?
        /// The origin's clocks, which run on.
        public let originCompleteDue: Date?
        /// Row of the agreement that named the first body; nil when none did.
        public let rule: String?
        /// Who was asked and what they said, the oldest first.
        public let bounces: [Bounce]
        /// Ids of bodies that come into question.
        public let candidates: [String]

        private enum CodingKeys: String, CodingKey {
            case reference, reason, origin, address, rule, bounces, candidates
            case enteredAt = "entered_at"
            case dueAt = "due_at"
            case isOverdue = "is_overdue"
            case takenBy = "taken_by"
            case publicType = "public_type"
            case latitude = "lat"
            case longitude = "long"
            case requestedAt = "requested_datetime"
            case originReviewDue = "origin_review_due"
            case originCompleteDue = "origin_complete_due"
        }
    }

    /// One body that was asked.
    public struct Bounce: Sendable, Hashable, Codable {
        /// Its id.
        public let body: String
        /// Code of its refusal; nil when it did not answer.
        public let reason: String?
        /// Its words; nil when it did not answer.
        public let text: String?
        /// When.
        public let at: Date
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The queue.
    ///
    /// - Parameter everything: Also what waits in triage for another reason: place unknown, ambiguous, outside, no rule.
    public func callAsFunction(everything: Bool = false, limit: Int = 200) async throws -> [Case] {
        let hub = try await surroundings.directory.hub()
        let now = surroundings.second
        return try await surroundings.databases.withTenant(hub.code, .readOnly) { transaction in
            var cases: [Case] = []
            for entry in try await TriageEntries(transaction).waiting(limit: 1000) where cases.count < limit {
                let isBounce = entry.reason == .refusedTwice || entry.reason == .timedOut
                guard everything || isBounce,
                    let request = try await ServiceRequests(transaction).read(entry.reference)
                else { continue }
                let links = try await RequestLinks(transaction).of(entry.reference)
                let events = try await RequestEvents(transaction).all(of: entry.reference)
                cases.append(
                    Self.case(
                        entry,
                        request,
                        origin: links.first { $0.kind == .origin }?.peer ?? hub.id.rawValue,
                        events,
                        now: now
                    )
                )
            }
            return cases
        }
    }

    /// Says that somebody looks at it; false when somebody else does, or it does not wait.
    public func take(_ reference: RequestReference, by person: String) async throws -> Bool {
        let hub = try await surroundings.directory.hub()
        let now = surroundings.second
        return try await surroundings.databases.withTenant(hub.code) {
            try await TriageEntries($0).take(reference, by: person, now: now)
        }
    }

    private static func `case`(
        _ entry: StoredTriageEntry,
        _ request: ServiceRequest,
        origin: String,
        _ events: [RequestEvent],
        now: Date
    ) -> Case {
        let isHubs = origin == request.tenant.rawValue
        let bounces = events.compactMap { event -> Bounce? in
            guard event.kind == .handOverRefused || event.kind == .handOverTimedOut else { return nil }
            return Bounce(
                body: event.details["to"] ?? "",
                reason: event.kind == .handOverRefused ? event.details["reason"] ?? "other" : nil,
                text: event.description?.english,
                at: event.at
            )
        }
        return Case(
            reference: entry.reference,
            reason: entry.reason.rawValue,
            enteredAt: entry.enteredAt,
            dueAt: entry.dueAt,
            isOverdue: entry.dueAt < now,
            takenBy: entry.takenBy,
            origin: origin,
            publicType: request.publicType,
            latitude: request.coordinate?.latitudeText,
            longitude: request.coordinate?.longitudeText,
            address: request.address,
            requestedAt: request.requestedAt,
            // The hub's copy has clocks of its own type; what was promised to the person is told with the question.
            originReviewDue: isHubs ? request.reviewDue : events.promise("origin_review_due") ?? request.reviewDue,
            originCompleteDue: isHubs
                ? request.completeDue : events.promise("origin_complete_due") ?? request.completeDue,
            rule: request.decision?.ruleID,
            bounces: bounces,
            candidates: entry.candidates
        )
    }
}

extension [RequestEvent] {
    /// The last instant of a name that an event carries.
    func promise(_ name: String) -> Date? {
        reversed().lazy.compactMap { $0.details[name] }.first.flatMap { try? Date($0, strategy: .iso8601) }
    }
}
