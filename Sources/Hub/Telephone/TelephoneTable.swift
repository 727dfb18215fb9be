import DataFiles
import Domain
public import Foundation

/// A table of comma-separated values read by the names of its columns, with the faults of its rows collected.
///
/// Takes what lists come as: gzip, a byte-order mark, UTF-8 or Latin-1, any case and order of columns, further columns.
struct TelephoneTable {
    /// One row with its columns.
    struct Row {
        /// Number in the file, the header being 1.
        let number: Int
        fileprivate let cells: [String]
        fileprivate let columns: [String: Int]

        /// A column without outer blanks; empty when the row or the file lacks it.
        func text(_ column: String) -> String {
            guard let index = columns[column], index < cells.count else { return "" }
            return cells[index]
        }

        /// A column that must hold something.
        func required(_ column: String) throws -> String {
            let text = text(column)
            guard !text.isEmpty else { throw RowFault("\(column) is empty") }
            return text
        }

        /// A column of a checked form.
        func checked<Word: CheckedText>(_ column: String, as type: Word.Type = Word.self) throws -> Word {
            let text = try required(column)
            guard let word = Word(rawValue: text) else {
                throw RowFault("\(column): \(FieldFault.excerpt(text)) is not well-formed: \(Word.form.english)")
            }
            return word
        }

        /// A column with a day.
        func day(_ column: String) throws -> CalendarDay {
            do { return try CalendarDay(try required(column)) } catch { throw RowFault("\(column): \(error)") }
        }

        /// A column with a day, or nothing.
        func dayIfPresent(_ column: String) throws -> CalendarDay? {
            text(column).isEmpty ? nil : try day(column)
        }

        /// A column with an instant and its zone, or with a day, of which the first instant in `zone` is taken.
        func instant(_ column: String, in zone: TimeZone) throws -> Date {
            let text = try required(column)
            guard let instant = TelephoneInstant(text, in: zone)?.date else {
                throw RowFault(
                    "\(column): \(FieldFault.excerpt(text)) is no day such as 2026-03-01 and no instant such as 2026-03-01T02:00:00-05:00"
                )
            }
            return instant
        }

        /// A column with an instant, or nothing.
        func instantIfPresent(_ column: String, in zone: TimeZone) throws -> Date? {
            text(column).isEmpty ? nil : try instant(column, in: zone)
        }

        /// A column with a ten-digit number.
        func number(_ column: String) throws -> NationalNumber {
            let text = try required(column)
            switch TelephoneNumber(text) {
            case .national(let number): return number
            case .malformed(let reason): throw RowFault("\(column): \(FieldFault.excerpt(text)): \(reason.english)")
            default:
                throw RowFault("\(column): \(FieldFault.excerpt(text)) is no \(NationalNumber.form.english)")
            }
        }
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - columns: name of each column with the other names it goes by, in lower case; all are required.
    ///   - optional: the same for columns that may be missing.
    /// - Returns: the rows that could not be taken.
    /// - Throws: ``DataFileError`` when the file can't be read or lacks a column.
    static func read(
        path: String,
        columns: [String: [String]],
        optional: [String: [String]] = [:],
        progress: (_ read: Int, _ total: Int) -> Void = { _, _ in },
        _ take: (Row) throws -> Void
    ) throws -> [BadRow] {
        var found: [String: Int]?
        var bad: [BadRow] = []
        try CSVReader.read(path: path, progress: progress) { row in
            let cells = (0..<row.count).map { index in
                row.field(index) { text(of: $0) } ?? ""
            }
            guard let known = found else {
                found = try header(cells, columns: columns, optional: optional)
                return
            }
            do {
                if let fault = row.fault { throw RowFault(fault) }
                try take(Row(number: row.number, cells: cells, columns: known))
            } catch let fault as RowFault {
                bad.append(BadRow(row: row.number, reason: fault.reason))
            }
        }
        guard found != nil else {
            throw DataFileError.missingColumn(columns.keys.sorted().first ?? "", found: [])
        }
        return bad
    }

    private static func header(
        _ cells: [String],
        columns: [String: [String]],
        optional: [String: [String]]
    ) throws -> [String: Int] {
        let names = cells.map { $0.lowercased() }
        func index(_ name: String, _ aliases: [String]) -> Int? {
            ([name] + aliases).lazy.compactMap { names.firstIndex(of: $0) }.first
        }
        var known: [String: Int] = [:]
        for (name, aliases) in columns.sorted(by: { $0.key < $1.key }) {
            guard let at = index(name, aliases) else { throw DataFileError.missingColumn(name, found: cells) }
            known[name] = at
        }
        for (name, aliases) in optional { known[name] = index(name, aliases) }
        return known
    }

    /// UTF-8; where it is none, Latin-1, in which every byte is a character.
    private static func text(of bytes: UnsafeRawBufferPointer) -> String {
        let text =
            String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// A row that could not be taken.
public struct BadRow: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Number of the row, the header being 1.
    public let row: Int

    /// What is wrong with it, and what would be right.
    public let reason: String

    /// `row 12: …`.
    public var description: String { "row \(row): \(reason)" }
}

/// What is wrong with a row.
struct RowFault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// A day or an instant as people write it; a day means its first instant in a zone.
public struct TelephoneInstant: Sendable, Hashable {
    /// The instant.
    public let date: Date

    /// Reads `2026-03-01` or `2026-03-01T02:00:00-05:00`; nil when it is neither.
    public init?(_ text: String, in zone: TimeZone) {
        if let instant = try? Date(text, strategy: .iso8601) {
            date = instant
        } else if let day = try? CalendarDay(text) {
            date = LocalTime(day, seconds: 0).instant(in: zone)
        } else {
            return nil
        }
    }
}
