public import Domain
public import Foundation
import Postgres

/// The consents of municipalities, one entry each; a withdrawal is written into its entry and never erased.
public struct ExchangeConsents {
    let transaction: HubTransaction

    /// The register of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Stores a consent and returns its number.
    public func add(_ consent: ExchangeConsent, by actor: String, now: Date) async throws -> Int {
        let row = try await transaction.first(
            """
            INSERT INTO hub.exchange_consent
                (area_id, exchange_area, resolution, resolved_on, effective_at, notice_days, revocation,
                revocation_given_at, revoked_at, recorded_at, recorded_by)
            VALUES
                (\(consent.municipality.rawValue), \(consent.exchange.rawValue), \(consent.resolution),
                \(PostgresDay(consent.resolvedOn)), \(consent.effectiveAt), \(Int32(clamping: consent.noticeDays)),
                \(consent.revocation?.resolution), \(consent.revocation?.givenAt), \(consent.revocation?.effectiveAt),
                \(now), \(actor))
            RETURNING consent
            """
        )
        guard let row else { throw StorageError.other(detail: "no number for a new consent") }
        return try row.decode("consent")
    }

    /// Writes a withdrawal into an entry; false when there is none of that number or it is withdrawn already.
    public func revoke(_ id: Int, _ revocation: ExchangeConsent.Revocation) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE hub.exchange_consent
            SET revocation = \(revocation.resolution), revocation_given_at = \(revocation.givenAt),
                revoked_at = \(revocation.effectiveAt)
            WHERE consent = \(id)
                AND revoked_at IS NULL
            """
        )
        return count == 1
    }

    /// Every entry, in the order they were recorded.
    public func all() async throws -> [ExchangeConsent] {
        try await transaction.all(
            """
            SELECT consent, area_id, exchange_area, resolution, resolved_on, effective_at, notice_days, revocation,
                revocation_given_at, revoked_at
            FROM hub.exchange_consent
            ORDER BY consent
            """
        ).map { row in
            var revocation: ExchangeConsent.Revocation?
            if let text = try row.decode("revocation", as: String?.self) {
                revocation = ExchangeConsent.Revocation(
                    resolution: text,
                    givenAt: try row.decode("revocation_given_at"),
                    effectiveAt: try row.decode("revoked_at")
                )
            }
            return ExchangeConsent(
                id: try row.decode("consent"),
                municipality: AreaID(trusted: try row.decode("area_id")),
                exchange: ExchangeName(trusted: try row.decode("exchange_area")),
                resolution: try row.decode("resolution"),
                resolvedOn: try row.day("resolved_on"),
                effectiveAt: try row.decode("effective_at"),
                noticeDays: try row.decode("notice_days"),
                revocation: revocation
            )
        }
    }
}
