public import DataFiles
public import Domain

/// Reads addresses from a file of comma-separated values, plain or gzip, row by row.
///
/// Bytes that are no UTF-8 are taken for Windows-1252 (of which Latin-1 is the greater part), and counted.
public struct AddressFile: Sendable {
    /// A row that could not be taken.
    public struct Rejection: Sendable, Hashable, Codable, CustomStringConvertible {
        /// Number of the row in the file, the header being 1.
        public let row: Int
        /// The field at fault.
        public let field: String
        /// What is wrong with it and what would be right.
        public let reason: String
        /// The value as given, cut to 60 characters.
        public let value: String

        /// A rejection from its parts.
        public init(row: Int, field: String, reason: String, value: String) {
            self.row = row
            self.field = field
            self.reason = reason
            self.value = String(value.prefix(60))
        }

        /// One line.
        public var description: String { "row \(row): \(field): \(reason)\(value.isEmpty ? "" : " (\(value))")" }
    }

    /// A row, taken or not.
    public typealias Outcome = Result<AddressRow, RejectedRow>

    /// Why a row was not taken.
    public struct RejectedRow: Error, Sendable {
        /// The rejection with its row.
        public let rejection: Rejection
    }

    /// What was noticed about the file as a whole.
    public struct Notes: Sendable, Hashable {
        /// Fields that were no UTF-8 and were read as Windows-1252.
        public var recodedFields = 0
    }

    private let path: String
    private let columns: AddressColumns

    /// A file with its columns.
    public init(path: String, columns: AddressColumns) {
        self.path = path
        self.columns = columns
    }

    /// Goes through the rows.
    ///
    /// - Throws: ``DataFileError``, ``AddressColumns/Invalid``, ``WrongEncoding``, and what the body throws.
    public func read(
        progress: (_ read: Int, _ total: Int) -> Void = { _, _ in },
        _ body: (_ row: Int, Outcome) throws -> Void
    ) throws -> Notes {
        var notes = Notes()
        var positions: [AddressColumns.Field: Int]?
        var header: [String] = []
        try CSVReader.read(path: path, progress: progress) { row in
            guard let known = positions else {
                header = (0..<row.count).map { row.text($0) ?? "" }
                if header.first?.utf8.contains(0) == true || header.joined().contains("\u{FFFD}\u{FFFD}") {
                    throw WrongEncoding(path: path)
                }
                positions = try columns.positions(in: header)
                return
            }
            try body(row.number, Self.address(row, known, fields: header.count, &notes))
        }
        if positions == nil { _ = try columns.positions(in: []) }
        return notes
    }

    private static func address(
        _ row: CSVReader.Row,
        _ positions: [AddressColumns.Field: Int],
        fields: Int,
        _ notes: inout Notes
    ) -> Outcome {
        func reject(_ field: String, _ reason: String, _ value: String) -> Outcome {
            .failure(RejectedRow(rejection: Rejection(row: row.number, field: field, reason: reason, value: value)))
        }
        if let fault = row.fault { return reject("row", fault, "") }
        guard row.count >= fields else {
            return reject("row", "it has \(row.count) fields; the header has \(fields)", "")
        }
        var recoded = 0
        func text(_ field: AddressColumns.Field) -> String {
            guard let position = positions[field] else { return "" }
            let decoded = row.field(position) { WindowsText.decoded($0) }
            if decoded?.isRecoded == true { recoded += 1 }
            return decoded?.text.trimmingBlanks ?? ""
        }
        defer { notes.recodedFields += recoded }
        let coordinate: Coordinate
        do throws(Coordinate.Invalid) {
            coordinate = try Coordinate(latitudeText: plain(text(.lat)), longitudeText: plain(text(.lon)))
        } catch {
            let isSwapped = error.axis == .latitude && error.fault == .outOfRange
            return reject(
                error.axis == .latitude ? "lat" : "lon",
                error.description + (isSwapped ? "; latitude and longitude may be swapped" : ""),
                error.value
            )
        }
        guard coordinate.latitudeNano != 0 || coordinate.longitudeNano != 0 else {
            return reject("lat", "0,0 is no address point; expected degrees of WGS 84", "0,0")
        }
        var (number, street) = (text(.number), text(.street))
        if number.isEmpty || street.isEmpty, let split = split(text(.address)) { (number, street) = split }
        guard !street.isEmpty else { return reject("street", "is empty; expected a street's name", "") }
        street = [street, text(.type), text(.direction)].filter { !$0.isEmpty }.joined(separator: " ")
        guard !number.isEmpty else { return reject("number", "is empty; expected a civic number", "") }
        guard let house = houseNumber(number, suffix: text(.suffix)) else {
            return reject(
                "number",
                "is no civic number; expected 0 to \(HouseNumber.largest) with a letter or fraction after it at most",
                number
            )
        }
        let postal = text(.postal)
        return .success(
            AddressRow(
                number: house,
                unit: text(.unit).nilIfEmpty,
                street: String(street.prefix(120)),
                stated: text(.municipality).nilIfEmpty,
                community: text(.community).nilIfEmpty,
                postalCode: PostalCode.text(PostalCode.packed(postal)),
                coordinate: coordinate
            )
        )
    }

    /// A decimal with a point, without a needless plus; `43,5` is left as it is and refused with a reason.
    private static func plain(_ text: String) -> String { text.hasPrefix("+") ? String(text.dropFirst()) : text }

    /// `12A Main St` as number and street; nil when it does not begin with a number.
    private static func split(_ address: String) -> (String, String)? {
        guard address.first?.isNumber == true, let blank = address.firstIndex(where: \.isWhitespace) else { return nil }
        return (String(address[..<blank]), address[blank...].trimmingBlanks)
    }

    /// A register's number: `12`, `12A`, `12 1/2`, and of a range `12-14` the first.
    static func houseNumber(_ text: String, suffix: String) -> HouseNumber? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.utf8.count <= 7, let value = Int(digits) else { return nil }
        var rest = text.dropFirst(digits.count).trimmingBlanks
        if rest.isEmpty || rest == ".0" { rest = suffix.trimmingBlanks }
        if rest.hasPrefix("-") {
            rest = rest.dropFirst().first?.isNumber == true ? "" : rest.dropFirst().trimmingBlanks
        }
        let isSuffix =
            rest.isEmpty || rest.utf8.count == 1 && rest.first?.isLetter == true
            || ["1/2", "1/4", "3/4"].contains(rest)
        return isSuffix ? HouseNumber(value, suffix: rest) : nil
    }
}

/// A file in an encoding that is not read.
public struct WrongEncoding: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// One sentence with the remedy.
    public var description: String {
        "\(path) is no UTF-8 and no Latin-1 text (UTF-16 perhaps); convert it to UTF-8 first"
    }
}

extension String {
    var nilIfEmpty: String? { isEmpty ? nil : self }
}
