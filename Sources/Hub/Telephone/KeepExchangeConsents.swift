public import Domain
public import Foundation
import Storage

/// Keeps the register of consents: which municipality agreed, by which resolution, that calls of an exchange come to the hub.
public struct KeepExchangeConsents: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Stores a consent and returns its number.
    ///
    /// - Throws: ``RegisterFault`` for names that are none, or while an earlier consent of the same municipality is in force.
    public func add(_ consent: ExchangeConsent, by actor: String) async throws -> Int {
        let names = surroundings.registerNames
        try names.check(consent.exchange)
        try names.check(consent.municipality)
        let now = surroundings.now()
        return try await surroundings.databases.withHub { transaction in
            let register = ExchangeConsents(transaction)
            let open = try await register.all().first {
                $0.municipality == consent.municipality && $0.exchange == consent.exchange
                    && $0.state(at: consent.effectiveAt) != .revoked
            }
            if let open {
                throw RegisterFault(
                    "municipality",
                    "entry \(open.id) holds a consent of \(consent.municipality) for \(consent.exchange) already; "
                        + "it must be revoked first"
                )
            }
            let id = try await register.add(consent, by: actor, now: now)
            try await NumberingLists(transaction).raiseRevision()
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "exchange.consent",
                    subject: "\(id)",
                    details: ["municipality": "\(consent.municipality)", "exchange": "\(consent.exchange)"]
                )
            )
            return id
        }
    }

    /// Writes a withdrawal into an entry: calls go to the old number from its instant on.
    ///
    /// - Parameter at: the instant; nil: when the notice the municipality owes is over.
    /// - Returns: the instant, and whether it keeps the notice. A council may withdraw at once; the register says that it did.
    /// - Throws: ``RegisterFault`` when there is no such entry or it is withdrawn already.
    public func revoke(
        _ id: Int,
        resolution: String,
        at instant: Date?,
        by actor: String
    ) async throws -> (effectiveAt: Date, keepsNotice: Bool) {
        let now = surroundings.now()
        return try await surroundings.databases.withHub { transaction in
            let register = ExchangeConsents(transaction)
            guard let entry = try await register.all().first(where: { $0.id == id }) else {
                throw RegisterFault("consent", "there is no entry \(id); hub311 exchange consent list shows them")
            }
            let noticeEnds = entry.noticeEnds(givenAt: now)
            let effective = instant ?? noticeEnds
            let isDone = try await register.revoke(
                id,
                ExchangeConsent.Revocation(resolution: resolution, givenAt: now, effectiveAt: effective)
            )
            guard isDone else { throw RegisterFault("consent", "entry \(id) is withdrawn already") }
            try await NumberingLists(transaction).raiseRevision()
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "exchange.revoke",
                    subject: "\(id)",
                    details: ["at": effective.formatted(.iso8601)]
                )
            )
            return (effective, effective >= noticeEnds)
        }
    }

    /// Every entry, in the order they were recorded.
    public func list() async throws -> [ExchangeConsent] {
        try await surroundings.databases.withHub { try await ExchangeConsents($0).all() }
    }
}
