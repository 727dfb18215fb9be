import Crypto
public import Domain
public import Foundation
import Storage
import Synchronization

/// What the LoST operations keep between requests: the key that seals boundary keys, outlines of the generation in force, since when each
/// body's facts are as they are, and the way to other servers.
public final class LoSTDesk: Sendable {
    private struct Kept {
        struct Read {
            let generation: GenerationID
            let layers: [LayerName]
            let outlines: AreaOutlines
        }
        var outlines: Read?
        var contacts: [String: (fingerprint: String, since: Date)] = [:]
    }

    let key: SymmetricKey
    let peers: LoSTPeers?
    private let kept = Mutex(Kept())

    /// A desk.
    ///
    /// - Parameters:
    ///   - key: Secret of the deployment, at least 32 bytes, the same on every node; nil makes one that lasts as long as the process.
    ///   - peers: The way to other servers; nil: everything is redirected.
    public init(key: Data? = nil, peers: LoSTPeers? = nil) {
        self.key = key.map { SymmetricKey(data: $0) } ?? SymmetricKey(size: .bits256)
        self.peers = peers
    }

    /// First bytes of a code over a text that only this deployment can make, as hexadecimal digits.
    func code(_ text: String, bytes: Int = 16) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
            .prefix(bytes).map { String(format: "%02x", $0) }.joined()
    }

    /// Outlines of a generation, read from the database when first asked for.
    func outlines(
        _ layers: [LayerName],
        of generation: GenerationID,
        from databases: TenantDatabases
    ) async throws -> AreaOutlines {
        if let known = kept.withLock({ $0.outlines }), known.generation == generation, known.layers == layers {
            return known.outlines
        }
        // Requests that come meanwhile read them too: a few seconds of a generation's life, and nobody waits for somebody else's read.
        let read = try await AreaOutlines.load(layers, of: generation, from: databases)
        kept.withLock { $0.outlines = Kept.Read(generation: generation, layers: layers, outlines: read) }
        return read
    }

    /// Since when a body's facts are as they are; asked of the database once per body and change.
    func since(_ body: String, fingerprint: String, now: Date, in databases: TenantDatabases) async throws -> Date {
        if let known = kept.withLock({ $0.contacts[body] }), known.fingerprint == fingerprint { return known.since }
        let since = try await databases.withHub {
            try await LoSTContacts($0).changed(body, fingerprint: fingerprint, now: now)
        }
        kept.withLock { $0.contacts[body] = (fingerprint, since) }
        return since
    }
}

/// The way to other LoST servers.
public struct LoSTPeers: Sendable {
    /// What came of asking.
    public enum Outcome: Sendable, Hashable {
        /// An answer with HTTP status 200.
        case answered([UInt8])
        /// Nobody there, or nothing in time; the reason for the log.
        case silent(String)
        /// Something that is no answer of the protocol; the reason for the log.
        case nonsense(String)
    }

    /// Posts a message to a peer's address and waits so many seconds at most.
    public let ask: @Sendable (_ url: String, _ message: [UInt8], _ seconds: Int) async -> Outcome

    /// A way to other servers.
    public init(ask: @escaping @Sendable (_ url: String, _ message: [UInt8], _ seconds: Int) async -> Outcome) {
        self.ask = ask
    }
}
