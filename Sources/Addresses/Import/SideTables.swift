public import DataFiles
import Domain

/// The two small tables beside a register: other names of streets, and communities.
public enum SideTables {
    /// Reads other names: `other,street,municipality,until`; `former` and `current` are taken for the first two.
    ///
    /// `until` is the last day of a former name (`2019-05-01`), empty for a name that is merely also used.
    ///
    /// - Throws: ``DataFileError``, and ``Fault`` for the first row that cannot be read.
    public static func aliases(path: String) throws -> [StreetAlias] {
        var aliases: [StreetAlias] = []
        try read(path, [["other", "former"], ["street", "current"]], ["municipality", "until"]) { row, values in
            var until: CalendarDay?
            if !values[3].isEmpty {
                do { until = try CalendarDay(values[3]) } catch {
                    throw Fault(path: path, row: row, reason: "until: \(error)")
                }
            }
            aliases.append(
                StreetAlias(other: values[0], street: values[1], municipality: values[2].nilIfEmpty, until: until)
            )
        }
        return aliases
    }

    /// Reads communities: `community,municipality,weight`; a weight left out is 1.
    ///
    /// - Throws: ``DataFileError``, and ``Fault`` for the first row that cannot be read.
    public static func communities(path: String) throws -> [CommunityShare] {
        var shares: [CommunityShare] = []
        try read(path, [["community"], ["municipality"]], ["weight"]) { row, values in
            guard let weight = values[2].isEmpty ? 1 : Double(values[2]), weight > 0, weight.isFinite else {
                throw Fault(path: path, row: row, reason: "weight: \(values[2]) is no number greater than zero")
            }
            shares.append(CommunityShare(community: values[0], municipality: values[1], weight: weight))
        }
        return shares
    }

    /// A row that cannot be read.
    public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        let path: String
        let row: Int
        let reason: String

        /// One line with file, row, field and reason.
        public var description: String { "\(path): row \(row): \(reason)" }
    }

    private static func read(
        _ path: String,
        _ required: [[String]],
        _ optional: [String],
        _ body: (Int, [String]) throws -> Void
    ) throws {
        var columns: [Int?]?
        try CSVReader.read(path: path) { row in
            func value(_ column: Int?) -> String {
                guard let column else { return "" }
                return row.field(column) { WindowsText.decoded($0).text.trimmingBlanks } ?? ""
            }
            guard let known = columns else {
                let header = (0..<row.count).map { value($0).lowercased() }
                columns =
                    try required.map { names in
                        guard let position = names.lazy.compactMap({ header.firstIndex(of: $0) }).first else {
                            throw DataFileError.missingColumn(names[0], found: header)
                        }
                        return position
                    } + optional.map { header.firstIndex(of: $0) }
                return
            }
            if let fault = row.fault { throw Fault(path: path, row: row.number, reason: fault) }
            let values = known.map(value)
            for (index, names) in required.enumerated() where values[index].isEmpty {
                throw Fault(path: path, row: row.number, reason: "\(names[0]) is empty")
            }
            try body(row.number, values)
        }
    }
}
