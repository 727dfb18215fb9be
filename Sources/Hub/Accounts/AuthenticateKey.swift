public import Domain
public import Foundation
public import Storage
import Synchronization

/// Checks a key of other software: known, not revoked, for this jurisdiction, with this right.
///
/// The key's SHA-256 is looked up, never the key, so an answer's time tells nothing about the keys that exist. A key found is remembered for
/// some seconds, so a revocation is in force on every node within ``memorySeconds``.
public struct AuthenticateKey: Sendable {
    /// How long a key that was found is not looked up again, in seconds.
    public static let memorySeconds: TimeInterval = 5

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The client; nil when the key is missing, unknown, revoked or without the right here: all alike.
    public func callAsFunction(
        _ key: String,
        for tenant: HostedTenant,
        right: APIRight
    ) async throws -> ClientIdentity? {
        guard !key.isEmpty, key.utf8.count <= 200 else { return nil }
        let now = surroundings.now()
        guard let stored = try await surroundings.keys.find(key, now: now, in: surroundings.databases),
            stored.isUsable(at: now), stored.rights.contains(right),
            stored.jurisdictions.isEmpty || stored.jurisdictions.contains(tenant.id)
        else { return nil }
        return ClientIdentity(id: stored.id)
    }
}

/// Keys found lately, so that a busy client costs no look-up a request.
public final class KeyMemory: Sendable {
    private struct Entry {
        let key: StoredAPIKey?
        let readAt: Date
    }

    private let entries = Mutex<[Data: Entry]>([:])

    /// Remembers nothing yet.
    public init() {}

    func find(_ key: String, now: Date, in databases: TenantDatabases) async throws -> StoredAPIKey? {
        let hash = APIKeySecret.hash(of: key)
        let remembered = entries.withLock { $0[hash] }
        if let remembered, now.timeIntervalSince(remembered.readAt) < AuthenticateKey.memorySeconds,
            now >= remembered.readAt
        {
            return remembered.key
        }
        let found = try await databases.withHub { try await APIKeys($0).find(secretHash: hash) }
        entries.withLock { entries in
            // Unknown keys are remembered too, but never so many that a guesser fills the memory.
            if entries.count > 10_000 { entries.removeAll() }
            entries[hash] = Entry(key: found, readAt: now)
        }
        return found
    }
}
