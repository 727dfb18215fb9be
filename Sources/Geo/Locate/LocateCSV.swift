import DataFiles
import Domain

/// Finds the areas of every row of a CSV file: `id,lat,lon` in, `id,<layer>…` out.
///
/// Every covering id of a layer stands in its column, joined by `;` in the stated order. Further columns say what was decided about it:
/// `municipality_verdict`, `municipality_decided` where the region decided about an overlap or gap, `nearest` and `nearest_m` where nothing covers the
/// place, and `error` for a row that could not be read or whose latitude
/// and longitude look swapped.
public struct LocateCSV: Sendable {
    /// What happened to the rows.
    public struct Report: Sendable, Hashable, Codable {
        /// Rows after the header.
        public var rows = 0
        /// Rows that could not be read or look swapped; each is in the output with its `error`.
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

        private static let listed = 1_000

        /// Counts a bad row and keeps the first ones.
        mutating func note(_ row: BadRow) {
            badRows += 1
            if firstBadRows.count < Self.listed { firstBadRows.append(row) }
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

    private let index: BoundaryIndex
    private let names: (id: String, latitude: String, longitude: String)

    /// A look-up over one index.
    ///
    /// - Parameters:
    ///   - id: Header of the column that is copied.
    ///   - latitude: Header of the latitude's column.
    ///   - longitude: Header of the longitude's column.
    public init(_ index: BoundaryIndex, id: String = "id", latitude: String = "lat", longitude: String = "lon") {
        self.index = index
        names = (id, latitude, longitude)
    }

    /// Reads one file and writes the other; the output appears only when it is complete.
    ///
    /// - Throws: ``DataFileError`` when a file can't be read or written, or a column is missing.
    public func callAsFunction(
        from input: String,
        to output: String,
        progress: (_ bytesRead: Int, _ bytesTotal: Int) -> Void = { _, _ in }
    ) throws -> Report {
        var answers = LocatedRows(index, try CSVWriter(path: output))
        try answers.writeHeader()
        var columns: (id: Int, latitude: Int, longitude: Int)?
        try CSVReader.read(path: input, progress: progress) { row in
            guard let columns else {
                columns = try findColumns(row)
                return
            }
            let id = row.bytes(ofField: columns.id) ?? UnsafeRawBufferPointer(start: nil, count: 0)
            switch place(row, columns) {
            case .success(let place): try answers.add(id: id, place, row: row.number)
            case .failure(let fault): try answers.add(id: id, row: row.number, fault: fault.text)
            }
        }
        guard columns != nil else { throw DataFileError.missingColumn(names.id, found: []) }
        return try answers.finish()
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

    private func place(_ row: CSVReader.Row, _ columns: (id: Int, latitude: Int, longitude: Int)) -> Result<
        Coordinate, Fault
    > {
        if let fault = row.fault { return .failure(Fault(text: fault)) }
        guard row.count > max(columns.id, columns.latitude, columns.longitude) else {
            return .failure(Fault(text: "it has \(row.count) fields; the header has more"))
        }
        func nano(_ column: Int) -> Int64? {
            row.bytes(ofField: column).flatMap { DecimalDegrees.nano(of: $0.trimmed) }
        }
        let (latitude, longitude) = (nano(columns.latitude), nano(columns.longitude))
        if let latitude, let longitude, latitude.magnitude <= 90_000_000_000, longitude.magnitude <= 180_000_000_000 {
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
        } catch {
            let isSwapped = latitude.flatMap { x in longitude.map { index.looksSwapped(latitude: $0, longitude: x) } }
            return .failure(Fault(text: error.description + (isSwapped == true ? "; \(LocatedRows.swapped)" : "")))
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Without blanks at either end.
    @inline(__always)
    fileprivate var trimmed: UnsafeRawBufferPointer {
        guard let first, let last, Byte.isBlank(first) || Byte.isBlank(last) else { return self }
        let start = firstIndex { !Byte.isBlank($0) } ?? count
        let end = lastIndex { !Byte.isBlank($0) } ?? start - 1
        return UnsafeRawBufferPointer(rebasing: self[start..<end + 1])
    }
}

extension String {
    fileprivate var trimmedBlanks: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    fileprivate var trimmedLowercase: String { trimmedBlanks.lowercased() }
}
