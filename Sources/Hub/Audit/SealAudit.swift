public import Domain
import Foundation
import Logging
import Storage
import Synchronization

/// Seals what was done into the chains of the hub and of each tenant, some seconds after it was done.
///
/// A request pays nothing for it: rows are written as ever, and this looks for rows without a link. What is younger than one round
/// (fifteen seconds, more with more than 75 tenants) is written but not yet sealed; `hub311 audit verify` says how many rows wait.
public struct SealAudit: Sendable {
    private let surroundings: Surroundings
    private let anchored = AnchorTimes()

    /// Seconds after which the head of a chain that grew is written down in the hub's record and the log.
    static let anchoring: TimeInterval = 3600

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Seals round after round until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let entries = surroundings.directory.entries
            for entry in entries where !Task.isCancelled {
                do {
                    try await pass(over: entry.code, of: entry.id)
                } catch {
                    surroundings.log.warning(
                        "audit not sealed",
                        metadata: ["tenant": "\(entry.id)", "fault": "\(error)"]
                    )
                }
            }
            do {
                try await passOverHub()
            } catch {
                surroundings.log.warning("audit of the hub not sealed", metadata: ["fault": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(max(15, entries.count / 5)))
        }
    }

    /// Writes down who read across bodies and seals everything of one tenant.
    public func pass(over code: TenantCode, of id: JurisdictionID) async throws {
        let reads = surroundings.reads.take(of: code)
        if !reads.isEmpty {
            try await surroundings.databases.withTenant(code) { transaction in
                for read in reads { try await AuditTrail(transaction).append(read) }
            }
        }
        let now = surroundings.now()
        var head: AuditAnchor?
        var sealed = 0
        while !Task.isCancelled {
            let batch = try await surroundings.databases.withTenant(code) { try await AuditChain($0).seal(now: now) }
            guard let batch else { return }
            sealed += batch.sealed
            head = batch.anchor
            if batch.sealed == 0 { break }
        }
        guard let head, head.position > 0, anchored.isDue(id, head, now: now, after: Self.anchoring) else { return }
        try await surroundings.databases.withHub { transaction in
            try await AuditEntries(transaction).append(.anchor(head, of: id, at: now))
        }
        surroundings.log.notice(
            "audit head",
            metadata: ["tenant": "\(id)", "position": "\(head.position)", "head": "\(head.head)"]
        )
    }

    /// Seals everything of the hub's own record.
    public func passOverHub() async throws {
        let now = surroundings.now()
        var head: AuditAnchor?
        while !Task.isCancelled {
            let batch = try await surroundings.databases.withHub { try await AuditChain($0).seal(now: now) }
            guard let batch else { return }
            head = batch.anchor
            if batch.sealed == 0 { break }
        }
        guard let head, head.position > 0, anchored.isDue(nil, head, now: now, after: Self.anchoring) else { return }
        surroundings.log.notice(
            "audit head",
            metadata: ["tenant": "hub", "position": "\(head.position)", "head": "\(head.head)"]
        )
    }
}

/// When the head of each chain was last written down by this process.
private final class AnchorTimes: Sendable {
    private let times = Mutex<[JurisdictionID?: (position: Int64, at: Date)]>([:])

    /// Whether a head is to be written down now; counts as written when it is.
    func isDue(_ id: JurisdictionID?, _ head: AuditAnchor, now: Date, after seconds: TimeInterval) -> Bool {
        times.withLock { times in
            if let last = times[id], last.position == head.position || now.timeIntervalSince(last.at) < seconds {
                return false
            }
            times[id] = (head.position, now)
            return true
        }
    }
}
