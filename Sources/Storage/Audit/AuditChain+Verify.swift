public import Foundation
import Postgres

extension AuditChain {
    /// Follows the chain from its first link, each row read again; stops at the first fault.
    ///
    /// - Parameter anchors: where the chain stood at other times, as written down elsewhere.
    public func verify(anchors: [AuditAnchor] = []) async throws -> AuditReport {
        let expected = Dictionary(anchors.map { ($0.position, $0.head) }) { first, _ in first }
        var report = AuditReport(sealed: 0, waiting: 0, head: ChainLink.beginning.hexadecimal, fault: nil)
        var former = ChainLink.beginning
        while report.fault == nil {
            let links = try await links(above: report.sealed)
            guard !links.isEmpty else { break }
            let rows = try await rows(of: links)
            for link in links {
                report.fault = fault(link, after: former, at: report.sealed + 1, rows)
                if let head = expected[link.position], head != link.chain.hexadecimal, report.fault == nil {
                    report.fault = .anchor(position: link.position)
                }
                guard report.fault == nil else { break }
                former = link.chain
                report.sealed = link.position
            }
        }
        report.head = former.hexadecimal
        if report.fault == nil, let beyond = anchors.map(\.position).filter({ $0 > report.sealed }).min() {
            report.fault = .anchor(position: beyond)
        }
        for table in tables {
            let (waiting, slipped) = try await unsealed(table)
            report.waiting += waiting
            if report.fault == nil, let slipped { report.fault = .slippedIn(row: slipped) }
        }
        return report
    }

    private func fault(
        _ link: ChainLink,
        after former: Data,
        at position: Int64,
        _ rows: [String: [Int64: [String]]]
    ) -> AuditReport.Fault? {
        let right = ChainLink(
            position: position,
            after: former,
            source: link.source,
            number: link.number,
            row: link.row
        )
        let name = "\(link.source) \(link.number)"
        guard link.position == position else { return .chain(position: position) }
        guard let fields = rows[link.source]?[link.number] else { return .removed(row: name, position: position) }
        let label = "\(name) (\(fields.first.map { String($0.dropFirst()) } ?? ""))"
        guard ChainLink.hash(fields) == link.row else { return .changed(row: label, position: position) }
        return right.chain == link.chain ? nil : .chain(position: position)
    }

    private func links(above position: Int64) async throws -> [ChainLink] {
        let rows = try await transaction.all(
            """
            SELECT position, source, row_number, row_hash, chain_hash
            FROM \(chain)
            WHERE position > \(position)
            ORDER BY position
            LIMIT 1000
            """
        )
        return try rows.map(ChainLink.init(stored:))
    }

    /// The rows that some links seal, as they stand now.
    private func rows(of links: [ChainLink]) async throws -> [String: [Int64: [String]]] {
        var found: [String: [Int64: [String]]] = [:]
        for table in tables {
            let numbers = links.filter { $0.source == table.source }.map(\.number)
            guard !numbers.isEmpty else { continue }
            let rows = try await transaction.all(
                """
                SELECT \(table.number) AS number, \(table.fields) AS fields
                FROM \(table.table)
                WHERE \(table.number) = ANY (\(numbers))
                """
            )
            for row in rows { found[table.source, default: [:]][try row.decode("number")] = try row.decode("fields") }
        }
        return found
    }

    /// How many rows wait, and the first that stands below the settled number without a link.
    private func unsealed(_ table: SealedTable) async throws -> (waiting: Int, slipped: String?) {
        let row = try await transaction.first(
            """
            SELECT count(*) FILTER (WHERE \(table.number) > settled) AS waiting,
                min(\(table.number)) FILTER (WHERE \(table.number) <= settled) AS slipped
            FROM \(table.table) AS sealed
            CROSS JOIN \(heads) AS head
            WHERE head.source = \(table.source)
                AND NOT EXISTS (
                    SELECT 1
                    FROM \(chain) AS link
                    WHERE link.source = \(table.source)
                        AND link.row_number = sealed.\(table.number)
                )
            """
        )
        guard let row else { return (0, nil) }
        let slipped = try row.decode("slipped", as: Int64?.self)
        return (try row.decode("waiting"), slipped.map { "\(table.source) \($0)" })
    }
}

extension ChainLink {
    /// A link just as it is stored, right or wrong.
    init(stored row: Row) throws {
        self.init(
            position: try row.decode("position"),
            source: try row.decode("source"),
            number: try row.decode("row_number"),
            row: try row.decode("row_hash"),
            chain: try row.decode("chain_hash")
        )
    }
}
