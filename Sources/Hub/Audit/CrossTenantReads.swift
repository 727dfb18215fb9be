public import Domain
public import Foundation
import Storage
import Synchronization

/// Reads of one body's data by somebody who came through another door, with what for.
///
/// What anybody may see is counted and written down each half minute, one line for each reader, purpose and body: a public list over
/// fifty schemas costs no write. What a member of staff sees of another body is written down before it is shown.
public final class CrossTenantReads: Sendable {
    /// What a read was for.
    public enum Purpose: String, Sendable, Hashable, Codable, CaseIterable {
        /// A list of public requests at the hub's door.
        case publicList = "public_list"
        /// One public request by its reference.
        case follow
        /// One request by its reference and private key.
        case ownRequest = "own_request"
        /// The same matter reported before, over a border.
        case duplicates
        /// Figures over bodies.
        case figures
        /// Work of the hub's own staff: triage, arbitration.
        case hubWork = "hub_work"
    }

    private struct Key: Hashable {
        let code: TenantCode
        let reader: String
        let purpose: Purpose
    }

    private struct Count {
        var reads = 0
        var rows = 0
        var first: Date
        var last: Date
    }

    private let counts = Mutex<[Key: Count]>([:])

    /// Nothing read yet.
    public init() {}

    /// Counts a read of what anybody may see.
    ///
    /// - Parameter reader: who, as audit entries spell it: `public`, `key:<id>`.
    public func note(_ purpose: Purpose, of code: TenantCode, by reader: String, rows: Int, at now: Date) {
        let key = Key(code: code, reader: reader, purpose: purpose)
        counts.withLock { counts in
            var count = counts[key] ?? Count(first: now, last: now)
            count.reads += 1
            count.rows += rows
            count.last = max(count.last, now)
            counts[key] = count
        }
    }

    /// What was counted of one body since the last time, as entries for its record.
    func take(of code: TenantCode) -> [AuditEntry] {
        let taken = counts.withLock { counts in
            let mine = counts.filter { $0.key.code == code }
            for key in mine.keys { counts[key] = nil }
            return mine
        }
        return taken.sorted { $0.key.reader < $1.key.reader }.map { key, count in
            AuditEntry(
                happenedAt: count.last,
                actor: key.reader,
                action: "read",
                details: [
                    "reads": String(count.reads), "rows": String(count.rows), "since": count.first.formatted(.iso8601),
                ],
                purpose: key.purpose.rawValue
            )
        }
    }

    /// Bodies of which something was counted.
    var codes: Set<TenantCode> { counts.withLock { Set($0.keys.map(\.code)) } }
}
