import Crypto
import Domain
public import Foundation
import Logging
import Storage

/// Takes a call of a system outside: believed only when signed, fresh and not carried out before.
///
/// A call whose id was carried out has no effect and gets the same good answer, so that a sender whose first answer was lost stops sending.
/// The id is written down after the work, so a call that failed on our side is taken when it comes again; each message in it is
/// known by itself meanwhile.
public struct ReceiveConnectorCall: Sendable {
    /// How long an id is remembered, in seconds; far longer than a timestamp is good for.
    public static let remembered: TimeInterval = 24 * 3600

    /// What a call brings.
    public enum Content: Sendable, Hashable {
        /// JSON with messages.
        case updates
        /// A letter, as `message/rfc822`.
        case letter
    }

    /// What became of a call.
    public enum Outcome: Sendable, Hashable {
        /// Carried out, message by message.
        case taken([ConnectorAnswer])
        /// Carried out before; nothing happened.
        case repeated
        /// Not believed, or no such connector: all alike.
        case notBelieved(WebhookSignature.Invalid)
        /// The operator has not set the secret yet: try again later.
        case notReady
        /// The body cannot be read.
        case malformed(String)
        /// The id was used for something else.
        case otherBody
    }

    /// What came with a call.
    public struct Call: Sendable {
        /// `webhook-id`.
        public let id: String?
        /// `webhook-timestamp`.
        public let timestamp: String?
        /// `webhook-signature`.
        public let signature: String?
        /// The body as it came.
        public let body: [UInt8]

        /// A call.
        public init(id: String?, timestamp: String?, signature: String?, body: [UInt8]) {
            self.id = id
            self.timestamp = timestamp
            self.signature = signature
            self.body = body
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes a call to a connector of a tenant.
    public func callAsFunction(
        _ call: Call,
        _ content: Content,
        tenant id: String,
        connector code: String
    ) async throws -> Outcome {
        guard let jurisdiction = JurisdictionID(rawValue: id),
            let tenant = try await surroundings.directory.tenant(jurisdiction),
            let target = tenant.configuration.forwarding.first(where: { $0.code == code }),
            target.isEnabled, let inbound = target.terms.inbound, let variable = inbound.keyVariable
        else { return .notBelieved(.signature) }
        guard let secret = surroundings.connectors.secret(variable), let signature = WebhookSignature(secret: secret)
        else {
            surroundings.log.error(
                "the secret of a connector is not set or shorter than 16 bytes",
                metadata: ["tenant": "\(tenant.id)", "connector": "\(code)", "variable": "\(variable)"]
            )
            return .notReady
        }
        let now = surroundings.now()
        do throws(WebhookSignature.Invalid) {
            try signature.verify(
                id: call.id,
                timestamp: call.timestamp,
                signature: call.signature,
                body: call.body,
                now: now
            )
        } catch { return .notBelieved(error) }
        let callID = call.id ?? ""
        let hash = Data(SHA256.hash(data: call.body))
        let before = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await ConnectorCalls(transaction).bodyHash(connector: code, id: callID, now: now)
        }
        if let before { return before == hash ? .repeated : .otherBody }
        let answers: [ConnectorAnswer]
        switch content {
        case .updates:
            let words: [ConnectorWord]
            do throws(ReadConnectorJSON.Malformed) {
                words = try ReadConnectorJSON(names: inbound.fields)(call.body)
            } catch { return .malformed(error.description) }
            answers = try await HearConnector(surroundings, tenant: tenant, target: target)(
                words,
                by: .webhook,
                source: "call:\(callID)"
            )
        case .letter:
            answers = [try await ReceiveLetter(surroundings, tenant: tenant, target: target)(call.body)]
        }
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            let calls = ConnectorCalls(transaction)
            _ = try await calls.sweep(now: now)
            try await calls.put(
                connector: code,
                id: callID,
                bodyHash: hash,
                receivedAt: now,
                keptUntil: now.addingTimeInterval(Self.remembered)
            )
        }
        return .taken(answers)
    }
}
