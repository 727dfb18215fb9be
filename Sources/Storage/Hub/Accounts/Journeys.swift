public import Domain
public import Foundation
import Postgres

/// A sign-in that was sent to a tenant's service and has not come back.
public struct StoredJourney: Sendable, Hashable {
    /// Hash of what ties it to the browser it began in.
    public let browserHash: Data
    /// The face it began at.
    public let face: String
    /// Whose service it went to.
    public let jurisdiction: JurisdictionID
    /// The issuer it went to: the one whose tokens are taken, whatever comes back.
    public let issuer: String
    /// What the token must repeat.
    public let nonce: String
    /// What proves that the code was asked for here (RFC 7636).
    public let verifier: String
    /// Where the person wanted to go; blank for the first page.
    public let returnTo: String

    /// A journey.
    public init(
        browserHash: Data,
        face: String,
        jurisdiction: JurisdictionID,
        issuer: String,
        nonce: String,
        verifier: String,
        returnTo: String
    ) {
        self.browserHash = browserHash
        self.face = face
        self.jurisdiction = jurisdiction
        self.issuer = issuer
        self.nonce = nonce
        self.verifier = verifier
        self.returnTo = returnTo
    }
}

/// Sign-ins on their way to and from services.
public struct Journeys {
    let transaction: HubTransaction

    /// The journeys of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a journey under the hash of its state, and removes those that never came back.
    public func insert(_ journey: StoredJourney, stateHash: Data, now: Date, expiresAt: Date) async throws {
        try await transaction.queue("DELETE FROM hub.account_journey WHERE expires_at <= \(now)")
        try await transaction.queue(
            """
            INSERT INTO hub.account_journey
                (state_hash, browser_hash, face, jurisdiction_id, issuer, nonce, verifier, return_to, started_at,
                expires_at)
            VALUES
                (\(stateHash), \(journey.browserHash), \(journey.face), \(journey.jurisdiction.rawValue),
                \(journey.issuer), \(journey.nonce), \(journey.verifier), \(journey.returnTo), \(now), \(expiresAt))
            """
        )
    }

    /// Takes a journey out; of two that come back with one state, one gets it.
    public func take(stateHash: Data, now: Date) async throws -> StoredJourney? {
        let row = try await transaction.first(
            """
            DELETE FROM hub.account_journey
            WHERE state_hash = \(stateHash)
                AND expires_at > \(now)
            RETURNING browser_hash, face, jurisdiction_id, issuer, nonce, verifier, return_to
            """
        )
        return try row.map { row in
            StoredJourney(
                browserHash: try row.decode("browser_hash"),
                face: try row.decode("face"),
                jurisdiction: JurisdictionID(trusted: try row.decode("jurisdiction_id")),
                issuer: try row.decode("issuer"),
                nonce: try row.decode("nonce"),
                verifier: try row.decode("verifier"),
                returnTo: try row.decode("return_to")
            )
        }
    }
}
