import Crypto
import Domain
import Foundation
import Storage

/// Counts tries by name and by network before anything is compared, and says how long to wait.
///
/// A browser that has been in before counts in a line of its own, so that a stranger who tries a name does not keep its owner out
/// (OWASP: device cookies). Names are kept as hashes: people type passwords into that field.
struct SignInThrottle: Sendable {
    private let rules: SignInRules
    private let name: String
    private let network: String

    init(rules: SignInRules, name: String, visitor: Visitor) {
        self.rules = rules
        let subject = visitor.knownAs.map { "\($0.rawValue) at its own browser" } ?? name
        let digest = SHA256.hash(data: Data(subject.utf8)).prefix(16).map { String(format: "%02x", $0) }.joined()
        self.name = "name:\(digest)"
        network = "network:\(visitor.network)"
    }

    /// Counts the try; seconds to wait when it is one too many, which is then not counted.
    func admit(now: Date, in transaction: HubTransaction) async throws -> Int? {
        let tries = SignInTries(transaction)
        let ofName = try await tries.lock(name, now: now, memory: rules.memory)
        let ofNetwork = try await tries.lock(network, now: now, memory: rules.memory)
        for (known, free) in [(ofName, rules.triesOfName), (ofNetwork, rules.triesOfNetwork)] {
            guard let wait = rules.wait(after: known.tries + 1, free: free) else { continue }
            let left = known.last.addingTimeInterval(wait).timeIntervalSince(now)
            if left > 0 { return Int(left.rounded(.up)) }
        }
        try await tries.set(name, tries: ofName.tries + 1, now: now)
        try await tries.set(network, tries: ofNetwork.tries + 1, now: now)
        return nil
    }

    func forgive(in transaction: HubTransaction) async throws {
        try await SignInTries(transaction).forgive(name: name, network: network)
    }
}

/// What the throttle said, with the account it let be looked at.
struct Admission: Sendable {
    /// Seconds to wait; nil: go on.
    var wait: Int?
    /// The account; nil when there is none or the try is one too many.
    var account: StoredAccount?
}
