public import Foundation
import Synchronization

/// The way out to sign-in services, filled in by the executable: Hub speaks no HTTP.
public struct SignInExchange: Sendable {
    /// Gets a document; nil when there is no good answer.
    ///
    /// The address is https and public, or a host the deployment names.
    let get: @Sendable (_ address: String) async -> [UInt8]?
    /// Posts a form; nil when there is no good answer.
    let post: @Sendable (_ address: String, _ form: [(String, String)]) async -> [UInt8]?
    /// The secret of a named variable; nil when it is not set.
    let secret: @Sendable (_ variable: String) -> String?

    /// A way out.
    public init(
        get: @escaping @Sendable (_ address: String) async -> [UInt8]?,
        post: @escaping @Sendable (_ address: String, _ form: [(String, String)]) async -> [UInt8]?,
        secret: @escaping @Sendable (_ variable: String) -> String?
    ) {
        self.get = get
        self.post = post
        self.secret = secret
    }
}

/// What an issuer says of itself (OpenID Connect Discovery 1.0, 4.2).
struct IssuerDocument: Sendable {
    let authorization: String
    let token: String
    let keys: String

    /// Reads the document of one issuer; nil when it is another's, or names an address that is not https.
    init?(_ bytes: [UInt8], issuer: String) {
        guard let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any],
            object["issuer"] as? String == issuer, let authorization = object["authorization_endpoint"] as? String,
            let token = object["token_endpoint"] as? String, let keys = object["jwks_uri"] as? String,
            [authorization, token, keys].allSatisfy({ $0.hasPrefix("https://") })
        else { return nil }
        (self.authorization, self.token, self.keys) = (authorization, token, keys)
    }
}

/// Documents and keys of issuers, each under its own issuer, kept for a while.
final class KnownIssuers: Sendable {
    private struct Known {
        var document: (value: IssuerDocument, at: Date)?
        var keys: (value: SignInKeys, at: Date)?
        var askedAt = Date.distantPast
    }

    /// Seconds a document or key set is kept.
    static let kept: TimeInterval = 3600
    /// Seconds between two askings for keys that a token names and the set does not hold.
    static let again: TimeInterval = 60

    private let known = Mutex<[String: Known]>([:])

    func document(of issuer: String, now: Date, _ exchange: SignInExchange) async -> IssuerDocument? {
        if let kept = known.withLock({ $0[issuer]?.document }), now.timeIntervalSince(kept.at) < Self.kept {
            return kept.value
        }
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        guard let bytes = await exchange.get("\(base)/.well-known/openid-configuration"),
            let document = IssuerDocument(bytes, issuer: issuer)
        else { return nil }
        known.withLock { $0[issuer, default: Known()].document = (document, now) }
        return document
    }

    /// The keys of an issuer; asked for anew when the one a token names is not among them, at most once a minute.
    func keys(of issuer: String, naming id: String, now: Date, _ exchange: SignInExchange) async -> SignInKeys? {
        let kept = known.withLock { $0[issuer] }
        if let keys = kept?.keys, now.timeIntervalSince(keys.at) < Self.kept {
            if keys.value[id] != nil { return keys.value }
            if now.timeIntervalSince(kept?.askedAt ?? .distantPast) < Self.again { return keys.value }
        }
        guard let document = await document(of: issuer, now: now, exchange),
            let bytes = await exchange.get(document.keys), let keys = SignInKeys(bytes)
        else { return nil }
        known.withLock { known in
            known[issuer, default: Known()].keys = (keys, now)
            known[issuer, default: Known()].askedAt = now
        }
        return keys
    }
}
