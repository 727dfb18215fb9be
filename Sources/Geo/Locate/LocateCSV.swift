import DataFiles
import Domain

/// Finds the areas of every row of a CSV file: `id,lat,lon` in, `id,<layer>…` out.
///
/// Every covering id of a layer stands in its column, joined by `;` in the stated order. Further columns say what was decided about it:
/// `municipality_verdict`, `nearest` and `nearest_m` where nothing covers the place, and `error` for a row that could not be read.
public struct LocateCSV: Sendable {
    /// What happened to the rows.
    public struct Report: Sendable, Hashable, Codable {
        /// Rows after the header.
        public var rows = 0
        /// Rows that could not be read; each is in the output with its `error`.
        public var badRows = 0
        /// The first bad rows, for a message.
        public var firstBadRows: [BadRow] = []
        /// Rows by the municipality's verdict.
        public var verdicts: [String: Int] = [:]

        private enum CodingKeys: String, CodingKey {
            case rows, verdicts
            case badRows = "bad_rows"
            case firstBadRows = "first_bad_rows"
        }
    }

    /// A row that could not be read.
    public struct BadRow: Sendable, Hashable, Codable, CustomStringConvertible {
        /// Number of the row in the file, the header being 1.
        public let row: Int
        /// What is wrong with it and what would be right.
        public let fault: String

        /// One line.
        public var description: String { "row \(row): \(fault)" }
    }

    private static let listed = 1_000

    private let index: BoundaryIndex
    private let names: (id: String, latitude: String, longitude: String)
    private let ids: [[UInt8]]

    /// A look-up over one index.
    ///
    /// - Parameters:
    ///   - id: Header of the column that is copied.
    ///   - latitude: Header of the latitude's column.
    ///   - longitude: Header of the longitude's column.
    public init(_ index: BoundaryIndex, id: String = "id", latitude: String = "lat", longitude: String = "lon") {
        self.index = index
        names = (id, latitude, longitude)
        ids = index.areas.map { Array($0.id.rawValue.utf8) }
    }

    /// Reads one file and writes the other; the output appears only when it is complete.
    ///
    /// - Throws: ``DataFileError`` when a file can't be read or written, or a column is missing.
    public func callAsFunction(
        from input: String,
        to output: String,
        progress: (_ bytesRead: Int, _ bytesTotal: Int) -> Void = { _, _ in }
    ) throws -> Report {
        var report = Report()
        let writer = try CSVWriter(path: output)
        var columns: (id: Int, latitude: Int, longitude: Int)?
        var answer = RowAnswer(layers: index.layers.count)
        try CSVReader.read(path: input, progress: progress) { row in
            guard let columns else {
                columns = try findColumns(row)
                try writeHeader(writer)
                return
            }
            report.rows += 1
            row.field(columns.id) { writer.field($0) } ?? writer.plainField([])
            switch place(row, columns) {
            case .success(let place):
                index.find(place, into: &answer.found)
                write(place, &answer, writer, &report)
            case .failure(let fault):
                report.badRows += 1
                if report.firstBadRows.count < Self.listed {
                    report.firstBadRows.append(BadRow(row: row.number, fault: fault.text))
                }
                for _ in 0..<index.layers.count + 3 { writer.plainField([]) }
                writer.field("row \(row.number): \(fault.text)")
            }
            try writer.endRow()
        }
        guard columns != nil else { throw DataFileError.missingColumn(names.id, found: []) }
        try writer.finish()
        return report
    }

    private struct Fault: Error { let text: String }

    private func findColumns(_ header: CSVReader.Row) throws -> (id: Int, latitude: Int, longitude: Int) {
        let found = (0..<header.count).map { header.text($0)?.trimmedLowercase ?? "" }
        func column(_ name: String) throws -> Int {
            guard let index = found.firstIndex(of: name.lowercased()) else {
                throw DataFileError.missingColumn(name, found: found)
            }
            return index
        }
        return (try column(names.id), try column(names.latitude), try column(names.longitude))
    }

    private func writeHeader(_ writer: CSVWriter) throws {
        writer.field("id")
        for layer in index.layers { writer.field(layer.rawValue) }
        for name in ["municipality_verdict", "nearest", "nearest_m", "error"] { writer.field(name) }
        try writer.endRow()
    }

    private func place(_ row: CSVReader.Row, _ columns: (id: Int, latitude: Int, longitude: Int)) -> Result<
        Coordinate, Fault
    > {
        if let fault = row.fault { return .failure(Fault(text: fault)) }
        guard row.count > max(columns.id, columns.latitude, columns.longitude) else {
            return .failure(Fault(text: "it has \(row.count) fields; the header has more"))
        }
        func nano(_ column: Int) -> Int64?? { row.field(column) { DecimalDegrees.nano(of: $0.trimmed) } }
        if let latitude = nano(columns.latitude) ?? nil, let longitude = nano(columns.longitude) ?? nil,
            latitude.magnitude <= 90_000_000_000, longitude.magnitude <= 180_000_000_000
        {
            return .success(Coordinate(trustedLatitudeNano: latitude, longitudeNano: longitude))
        }
        // Said again in full, slowly, for the few rows that need it.
        do throws(Coordinate.Invalid) {
            return .success(
                try Coordinate(
                    latitudeText: (row.text(columns.latitude) ?? "").trimmedBlanks,
                    longitudeText: (row.text(columns.longitude) ?? "").trimmedBlanks
                )
            )
        } catch { return .failure(Fault(text: error.description)) }
    }

    private func write(_ place: Coordinate, _ answer: inout RowAnswer, _ writer: CSVWriter, _ report: inout Report) {
        answer.clear()
        var claims = 0
        let municipality = index.layers.firstIndex(of: .municipality)
        for position in answer.found {
            let layer = index.layer(ofArea: position)
            if !answer.columns[layer].isEmpty { answer.columns[layer].append(UInt8(ascii: ";")) }
            answer.columns[layer].append(contentsOf: ids[Int(position)])
            if layer == municipality { claims += 1 }
        }
        for column in answer.columns { writer.field(column) }
        var near: NearestArea?
        let word: String
        switch claims {
        case 1: word = "inside"
        case 2...: word = "contested"
        default:
            let verdict: PlaceVerdict = municipality == nil ? .unknown : index.nearest(.municipality, to: place)
            near = verdict.nearest.first
            word = verdict.word
        }
        report.verdicts[word, default: 0] += 1
        writer.field(word)
        writer.field(near?.area.id.rawValue ?? "")
        writer.field(near.map { "\($0.metres)" } ?? "")
        writer.plainField([])
    }

    /// What one row is answered, its arrays used again for the next.
    private struct RowAnswer {
        var found: [UInt32] = []
        var columns: [[UInt8]]

        init(layers: Int) { columns = Array(repeating: [], count: layers) }

        mutating func clear() { for index in columns.indices { columns[index].removeAll(keepingCapacity: true) } }
    }
}

extension UnsafeRawBufferPointer {
    /// Without blanks at either end.
    fileprivate var trimmed: UnsafeRawBufferPointer {
        var slice = self[...]
        while let first = slice.first, Byte.isBlank(first) { slice = slice.dropFirst() }
        while let last = slice.last, Byte.isBlank(last) { slice = slice.dropLast() }
        return UnsafeRawBufferPointer(rebasing: slice)
    }
}

extension String {
    fileprivate var trimmedBlanks: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    fileprivate var trimmedLowercase: String { trimmedBlanks.lowercased() }
}
