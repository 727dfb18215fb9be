public import Foundation
import Postgres

/// How a chain stands after a look.
public struct AuditReport: Sendable, Hashable {
    /// What is wrong first, in the order of the chain.
    public enum Fault: Sendable, Hashable {
        /// A row is not what was sealed.
        case changed(row: String, position: Int64)
        /// A sealed row is gone.
        case removed(row: String, position: Int64)
        /// The link itself is not what follows from the ones before it.
        case chain(position: Int64)
        /// A row stands among sealed ones and was never sealed.
        case slippedIn(row: String)
        /// The chain was longer, or another, when its head was written down.
        case anchor(position: Int64)
    }

    /// Rows sealed.
    public var sealed: Int64
    /// Rows that wait to be sealed.
    public var waiting: Int
    /// The last link, in hexadecimal digits: to be kept elsewhere.
    public var head: String
    /// The first fault; nil when all holds.
    public var fault: Fault?
}

/// Where a chain stood at some time, as it was written down elsewhere.
public struct AuditAnchor: Sendable, Hashable {
    /// Links at that time.
    public let position: Int64
    /// The last of them, in hexadecimal digits.
    public let head: String

    /// An anchor.
    public init(position: Int64, head: String) {
        self.position = position
        self.head = head
    }
}

/// The chain that seals what was done: rows are written as always, and sealed in order some seconds later.
///
/// Writers take no common lock: whoever seals looks for rows without a link, in the order of their numbers, and appends links behind the
/// last one. A number drawn early may be committed late; so every row above a *settled* number is looked at, and a number is settled ten
/// minutes after it was the highest, when no transaction that drew a lower one can still be open (the roles' time limits end it).
public struct AuditChain {
    /// Seconds after which no transaction can still bring a lower number.
    static let settling: TimeInterval = 600
    /// Most rows sealed in one transaction.
    static let batch = 500

    let transaction: any SealingTransaction
    let tables: [SealedTable]
    let chain: SQL
    let heads: SQL

    /// The chain of the hub's audit record.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
        tables = [.hubEntries]
        (chain, heads) = ("hub.audit_chain", "hub.audit_head")
    }

    /// The chain of a tenant's history and audit record.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
        tables = [.events, .entries]
        (chain, heads) = ("audit_chain", "audit_head")
    }

    /// Seals what waits, at most a batch of each table; nil when another is sealing.
    ///
    /// - Returns: how many rows were sealed, and where the chain stands.
    public func seal(now: Date) async throws -> (sealed: Int, anchor: AuditAnchor)? {
        let rows = try await transaction.all(
            """
            SELECT source, settled, observed, observed_at
            FROM \(heads)
            ORDER BY source
            FOR UPDATE SKIP LOCKED
            """
        )
        guard rows.count == tables.count else { return nil }
        var (position, former) = try await last()
        var sealed = 0
        for table in tables {
            guard let head = try rows.first(where: { try $0.decode("source") == table.source }) else { continue }
            let settled = try head.decode("settled", as: Int64.self)
            let found = try await unsealed(table, above: settled, limit: Self.batch)
            for (number, fields) in found {
                position += 1
                let link = ChainLink(
                    position: position,
                    after: former,
                    source: table.source,
                    number: number,
                    fields: fields
                )
                former = link.chain
                try await append(link, now: now)
            }
            sealed += found.count
            if found.count < Self.batch { try await settle(table, head, now: now) }
        }
        return (sealed, AuditAnchor(position: position, head: former.hexadecimal))
    }

    /// Number and hash of the last link.
    func last() async throws -> (position: Int64, chain: Data) {
        let row = try await transaction.first(
            """
            SELECT position, chain_hash
            FROM \(chain)
            ORDER BY position DESC
            LIMIT 1
            """
        )
        guard let row else { return (0, ChainLink.beginning) }
        return (try row.decode("position"), try row.decode("chain_hash"))
    }

    /// Rows above a number that have no link, in order.
    private func unsealed(_ table: SealedTable, above settled: Int64, limit: Int) async throws -> [(Int64, [String])] {
        let rows = try await transaction.all(
            """
            SELECT \(table.number) AS number, \(table.fields) AS fields
            FROM \(table.table) AS sealed
            WHERE \(table.number) > \(settled)
                AND NOT EXISTS (
                    SELECT 1
                    FROM \(chain) AS link
                    WHERE link.source = \(table.source)
                        AND link.row_number = sealed.\(table.number)
                )
            ORDER BY \(table.number)
            LIMIT \(limit)
            """
        )
        return try rows.map { (try $0.decode("number"), try $0.decode("fields")) }
    }

    private func append(_ link: ChainLink, now: Date) async throws {
        try await transaction.queue(
            """
            INSERT INTO \(chain)
                (position, source, row_number, row_hash, chain_hash, sealed_at)
            VALUES
                (\(link.position), \(link.source), \(link.number), \(link.row), \(link.chain), \(now))
            """
        )
    }

    /// Raises the settled number once the highest of ten minutes ago is sealed, and notes the highest of now.
    private func settle(_ table: SealedTable, _ head: Row, now: Date) async throws {
        let observedAt = try head.decode("observed_at", as: Date.self)
        guard now.timeIntervalSince(observedAt) >= Self.settling else { return }
        let observed = try head.decode("observed", as: Int64.self)
        let row = try await transaction.first(
            "SELECT COALESCE(max(\(table.number)), 0) AS highest FROM \(table.table)"
        )
        let highest = try row?.decode("highest", as: Int64.self) ?? 0
        try await transaction.queue(
            """
            UPDATE \(heads)
            SET settled = \(observed), observed = \(highest), observed_at = \(now)
            WHERE source = \(table.source)
            """
        )
    }
}

extension Data {
    /// As hexadecimal digits in lower case.
    var hexadecimal: String { map { String(format: "%02x", $0) }.joined() }
}
