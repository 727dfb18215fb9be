import DataFiles
public import Domain
import Foundation
import Storage

/// Takes a CSV file of finished work: a header, then a row for each message.
///
/// Columns have our names (`reference`, `id`, `update_id`, `status`, `text`, `at`) or those that `inbound.fields` gives them; others are left out.
/// Without a column for the status every row says "done". The same row in a later file has no effect, so a department may
/// send its whole list each day.
public struct ImportFinishedWork: Sendable {
    /// Most bytes of a file.
    public static let largest = 20 << 20
    /// Most rows of a file.
    public static let mostRows = 100_000

    /// What became of a file.
    public struct Report: Sendable, Hashable, Codable {
        /// Rows by what became of them.
        public internal(set) var counts: [String: Int] = [:]
        /// What was wrong, each with its row; at most a thousand.
        public internal(set) var faults: [String] = []

        /// Whether every row was taken.
        public var isWhole: Bool { faults.isEmpty }

        /// `applied 12, known 3`.
        public var summary: String {
            counts.isEmpty
                ? "nothing" : counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }

        mutating func add(_ fault: String) {
            if faults.count < 1000 { faults.append(fault) }
        }
    }

    private let surroundings: Surroundings
    private let tenant: HostedTenant
    private let target: ForwardingTarget

    /// An import for one connector of one tenant.
    public init(_ surroundings: Surroundings, tenant: HostedTenant, target: ForwardingTarget) {
        self.surroundings = surroundings
        self.tenant = tenant
        self.target = target
    }

    /// Takes a file.
    ///
    /// - Throws: when it cannot be read at all; faults of rows are in the report.
    public func callAsFunction(path: String) async throws -> Report {
        var report = Report()
        let rows = try read(path, &report)
        let hear = HearConnector(surroundings, tenant: tenant, target: target)
        // A thousand at a time, so that a long file does not hold everything in memory twice.
        for (row, word) in rows {
            // The row itself is its identity: position and file do not count.
            let answer = try await hear([word], by: .file, source: "file").first
            guard let answer else { continue }
            report.counts[answer.result.rawValue, default: 0] += 1
            if answer.result == .refused { report.add("row \(row): \(answer.notes.joined(separator: "; "))") }
        }
        return report
    }

    private func read(_ path: String, _ report: inout Report) throws -> [(row: Int, word: ConnectorWord)] {
        let size = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size <= Self.largest else {
            report.add("the file is larger than \(Self.largest) bytes")
            return []
        }
        let names = target.terms.inbound?.fields ?? [:]
        let statusName = names["status"] ?? "status"
        var columns: [String] = []
        var rows: [(row: Int, word: ConnectorWord)] = []
        var found: [String] = []
        try CSVReader.read(path: path) { row in
            let cells = (0..<row.count).map {
                CSVCell.unguarded(row.text($0) ?? "").trimmingCharacters(in: .whitespaces)
            }
            if columns.isEmpty {
                columns = cells
                return
            }
            if let fault = row.fault { return found.append("row \(row.number): \(fault)") }
            guard cells.count == columns.count else {
                return found.append("row \(row.number): \(cells.count) fields, the header has \(columns.count)")
            }
            guard rows.count < Self.mostRows else { return }
            var fields = Dictionary(zip(columns, cells)) { first, _ in first }
            if !columns.contains(statusName) { fields[statusName] = ExtendedStatus.fixed.rawValue }
            rows.append((row.number, ConnectorWord(fields, names: names)))
        }
        for fault in found { report.add(fault) }
        let wanted = ["reference", "id"].map { names[$0] ?? $0 }
        if !columns.contains(where: wanted.contains) {
            report.add("the header needs a column \(wanted.joined(separator: " or "))")
            return []
        }
        if rows.count == Self.mostRows { report.add("only the first \(Self.mostRows) rows were read") }
        return rows
    }
}
