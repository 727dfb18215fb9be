public import DataFiles
public import Domain
import Foundation

/// Where the surveys of a generation don't fit together: looked at before it is activated.
public struct BoundaryCheckReport: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Everything found: the worst first, then the largest.
    public private(set) var findings: [BoundaryFinding]

    /// Decisions that match nothing any more: the surveys have changed, or the decision names a wrong area or place.
    public internal(set) var unmatchedDecisions: [BoundaryDecision] = []

    init(findings: [BoundaryFinding]) {
        var sorted = findings.sorted {
            ($0.severity, $1.squareMetres, $0.id) < ($1.severity, $0.squareMetres, $1.id)
        }
        // Two scraps within a metre of each other would share a name.
        var known: [String: Int] = [:]
        for index in sorted.indices {
            let count = known[sorted[index].id, default: 0] + 1
            known[sorted[index].id] = count
            if count > 1 { sorted[index].id += "#\(count)" }
        }
        self.findings = sorted
    }

    /// Puts a decision beside each finding it settles.
    mutating func decide(_ decision: (BoundaryFinding) -> BoundaryDecision?) {
        for index in findings.indices { findings[index].decision = decision(findings[index]) }
    }

    /// Findings of one severity that nobody has decided.
    public func open(_ severity: BoundaryFinding.Severity) -> [BoundaryFinding] {
        findings.filter { $0.severity == severity && $0.decision == nil }
    }

    /// Whether nothing found forbids activation.
    public var passes: Bool { open(.blocks).isEmpty }

    /// Findings of one kind in one layer.
    public func findings(_ kind: BoundaryFinding.Kind, in layer: LayerName) -> [BoundaryFinding] {
        findings.filter { $0.kind == kind && $0.layer == layer }
    }

    /// The report for a person: what somebody must look at, one line each, and how much noise there is.
    public var description: String { text(withNoise: false) }

    /// The same with every finding, or with the noise only counted.
    public func text(withNoise: Bool) -> String {
        guard !findings.isEmpty || !unmatchedDecisions.isEmpty else {
            return "no overlap, no gap, nothing across the upper tier's border"
        }
        var rows: [[String]] = []
        for finding in findings where withNoise || finding.severity != .noise {
            rows.append([
                finding.severity.rawValue, Self.shown(finding.squareMetres) + " m²",
                Self.names(finding.owners),
                "\(finding.pieceCount)", finding.place.description, finding.decision.map(\.summary) ?? "-", finding.id,
            ])
        }
        var lines = Self.table(["SEVERITY", "SIZE", "AREAS", "PIECES", "PLACE", "DECISION", "FINDING"], rows)
        let noise = findings.filter { $0.severity == .noise }
        if !withNoise, !noise.isEmpty {
            let total = Self.shown(noise.reduce(0) { $0 + $1.squareMetres })
            lines.append("and \(noise.count) findings of no weight (a pen's width, or an enclave), \(total) m² in all")
        }
        for decision in unmatchedDecisions { lines.append("a decision that matches nothing: \(decision)") }
        let undecided = open(.ask).count
        let blocking = open(.blocks).count
        lines.append(
            "\(findings.count) findings: \(blocking) forbid activation, \(undecided) ask for a decision, "
                + "\(findings.count { $0.decision != nil }) are decided"
        )
        return lines.joined(separator: "\n")
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            row.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - row[column].count)
                // Numbers stand to the right, words to the left; nothing follows the last column.
                if column == 1 || column == 3 { return blanks + row[column] }
                return column == row.count - 1 ? row[column] : row[column] + blanks
            }
            .joined(separator: "  ")
        }
    }

    /// The first names, and how many more there are.
    private static func names(_ owners: [BoundaryFinding.Owner]) -> String {
        guard !owners.isEmpty else { return "-" }
        let shown = owners.prefix(3).map(\.name).joined(separator: ", ")
        return owners.count > 3 ? "\(shown) and \(owners.count - 3) more" : shown
    }

    static func shown(_ squareMetres: Double) -> String {
        String(format: squareMetres < 100 ? "%.2f" : "%.0f", squareMetres)
    }

    /// Writes every finding as CSV: one row each, areas joined by `;`.
    ///
    /// - Throws: ``DataFileError/unwritable(_:reason:)``.
    public func writeCSV(to path: String) throws(DataFileError) {
        let writer = try CSVWriter(path: path)
        let head = [
            "finding", "kind", "severity", "layer", "areas", "names", "jurisdictions", "within", "lat", "long",
            "square_metres", "pieces", "widest_metres", "decision", "remark",
        ]
        for name in head { writer.field(name) }
        try writer.endRow()
        for finding in findings {
            let owners = finding.owners
            writer.field(finding.id)
            writer.field(finding.kind.rawValue)
            writer.field(finding.severity.rawValue)
            writer.field(finding.layer.rawValue)
            writer.field(owners.map(\.id.rawValue).joined(separator: ";"))
            writer.field(owners.map(\.name).joined(separator: ";"))
            writer.field(owners.map { $0.jurisdictionID?.rawValue ?? "" }.joined(separator: ";"))
            writer.field(finding.within?.rawValue ?? "")
            writer.field(finding.place.latitudeText)
            writer.field(finding.place.longitudeText)
            writer.field(String(format: "%.2f", finding.squareMetres))
            writer.field("\(finding.pieceCount)")
            writer.field(String(format: "%.2f", finding.pieces.map(\.widthMetres).max() ?? 0))
            writer.field(finding.decision?.summary ?? "")
            writer.field(finding.remark)
            try writer.endRow()
        }
        try writer.finish()
    }

    private enum CodingKeys: String, CodingKey {
        case findings
        case unmatchedDecisions = "unmatched_decisions"
    }
}
