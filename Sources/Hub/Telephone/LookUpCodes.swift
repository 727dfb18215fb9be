import DataFiles
public import Domain
public import Foundation

/// Looks up a whole file of codes: `id,npa,nxx` in, `id,exchange_area,candidates` and further columns out.
public struct LookUpCodes: Sendable {
    /// What happened to the rows.
    public struct Report: Sendable, Hashable, Codable {
        /// Rows written.
        public var rows = 0
        /// Rows whose code is in the list.
        public var found = 0
        /// Rows that could not be read; they are written with their error.
        public var badRows: [BadRow] = []

        private enum CodingKeys: String, CodingKey {
            case rows, found
            case badRows = "bad_rows"
        }
    }

    private let plan: NumberingPlan

    /// A look-up in a plan.
    public init(_ plan: NumberingPlan) {
        self.plan = plan
    }

    /// Writes a row for each row read, in the same order.
    ///
    /// `candidates` holds areas of municipalities, the likeliest first, joined by `;`, and `shares` their shares in the same order.
    /// - Throws: ``DataFileError``.
    public func callAsFunction(
        from input: String,
        to output: String,
        at instant: Date,
        progress: (_ read: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> Report {
        let writer = try CSVWriter(path: output)
        for name in ["id", "exchange_area", "candidates", "shares", "basis", "status", "wireless", "error"] {
            writer.field(name)
        }
        try writer.endRow()
        var report = Report()
        let structural = try TelephoneTable.read(
            path: input,
            columns: ["id": [], "npa": ["area_code"], "nxx": ["co_code", "office_code"]],
            progress: progress
        ) { row in
            report.rows += 1
            writer.field(row.text("id"))
            do {
                let code = try CentralOfficeCode(areaCode: row.text("npa"), officeCode: row.text("nxx"))
                let line = plan.assignment(of: code)
                if line != nil { report.found += 1 }
                let set = line.flatMap { plan.shares(of: $0.exchange, at: instant) }
                writer.field(line?.exchange.rawValue ?? "")
                writer.field((set?.shares ?? []).map(\.area.rawValue).joined(separator: ";"))
                writer.field((set?.shares ?? []).map { "\($0.share)" }.joined(separator: ";"))
                writer.field(set?.basis.rawValue ?? "")
                writer.field(line?.status.rawValue ?? "not_listed")
                writer.field(line.map { $0.isWireless ? "true" : "false" } ?? "")
                writer.field("")
            } catch let fault as CentralOfficeCode.Invalid {
                report.badRows.append(BadRow(row: row.number, reason: "\(fault)"))
                for _ in 0..<6 { writer.field("") }
                writer.field("\(fault)")
            }
            try writer.endRow()
        }
        report.badRows += structural
        try writer.finish()
        return report
    }
}
