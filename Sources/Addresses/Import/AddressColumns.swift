/// Which column of a file holds what.
public struct AddressColumns: Sendable, Hashable {
    /// What a column may hold; the raw values are the words of `--map`.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        /// Civic number, with or without suffix.
        case number
        /// Suffix of the number, in a column of its own.
        case suffix
        /// Street, whole or without type and direction.
        case street
        /// Type of the street, in a column of its own.
        case type
        /// Direction of the street, in a column of its own.
        case direction
        /// Number and street in one.
        case address
        /// Unit.
        case unit
        /// Municipality.
        case municipality
        /// Community or place name beside the municipality.
        case community
        /// Postal code.
        case postal
        /// Latitude in degrees.
        case lat
        /// Longitude in degrees.
        case lon
    }

    /// A known form of file.
    public enum Preset: String, Sendable, CaseIterable {
        /// By the usual names of columns, whatever the file.
        case auto
        /// OpenAddresses' CSV: `LON,LAT,NUMBER,STREET,UNIT,CITY,…,POSTCODE`.
        case openaddresses
        /// Statistics Canada's Open Database of Addresses, and files made from it.
        case statcanODA = "statcan-oda"

        /// Names of columns that are taken for each field, the first found first; compared without case.
        fileprivate var names: [(Field, [String])] {
            switch self {
            case .openaddresses:
                [
                    (.number, ["number"]), (.street, ["street"]), (.unit, ["unit"]), (.municipality, ["city"]),
                    (.postal, ["postcode"]), (.lat, ["lat"]), (.lon, ["lon"]),
                ]
            case .statcanODA:
                [
                    (.number, ["street_no"]), (.street, ["street"]), (.unit, ["unit"]),
                    (.municipality, ["csdname", "csd_name"]),
                    (.community, ["city"]), (.postal, ["postal_code"]), (.lat, ["latitude", "lat"]),
                    (.lon, ["longitude", "lon"]),
                ]
            case .auto:
                [
                    (
                        .number,
                        ["number", "street_no", "civic_no", "civic_number", "house_number", "addr:housenumber", "no"]
                    ),
                    (.suffix, ["suffix", "number_suffix"]),
                    (.street, ["street", "street_name", "street_base", "streetname", "full_street", "addr:street"]),
                    (.type, ["street_type", "type", "st_type"]),
                    (.direction, ["street_direction", "street_dir", "direction"]),
                    (.address, ["address", "full_address", "full_addr"]), (.unit, ["unit", "unit_no", "apt", "suite"]),
                    (.municipality, ["municipality", "csdname", "csd_name", "city", "town"]),
                    (.community, ["community", "place", "locality"]),
                    (.postal, ["postal_code", "postcode", "postal", "zip"]),
                    (.lat, ["lat", "latitude", "y"]), (.lon, ["lon", "long", "lng", "longitude", "x"]),
                ]
            }
        }
    }

    /// What is wrong with a `--map` or a file's header.
    public enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// A pair that is no `field=column`.
        case pair(String)
        /// A field that does not exist.
        case field(String)
        /// A column that the file does not have.
        case column(String, found: [String])
        /// The file has no column for something that must be there.
        case missing(String, found: [String])

        /// One sentence with the remedy.
        public var description: String {
            switch self {
            case .pair(let text): "--map: \(text) is not FIELD=COLUMN, such as number=street_no"
            case .field(let text):
                "--map: \(text) is no field; the fields are \(Field.allCases.map(\.rawValue).joined(separator: ", "))"
            case .column(let name, let found):
                "the file has no column \(name); it has \(found.prefix(30).joined(separator: ", "))"
            case .missing(let what, let found):
                "no column for \(what) was recognised among \(found.prefix(30).joined(separator: ", ")); say which with --map"
            }
        }
    }

    private let preset: Preset
    private let map: [Field: String]

    /// Columns by a preset, some of them named.
    ///
    /// - Parameter map: `number=col,street=col,…`; overrides the preset.
    /// - Throws: ``Invalid`` when the map names no field.
    public init(preset: Preset = .auto, map text: String? = nil) throws(Invalid) {
        self.preset = preset
        var map: [Field: String] = [:]
        for pair in (text ?? "").split(separator: ",") {
            let halves = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks }
            guard halves.count == 2, !halves[1].isEmpty else { throw .pair(String(pair)) }
            guard let field = Field(rawValue: halves[0].lowercased()) else { throw .field(halves[0]) }
            map[field] = halves[1]
        }
        self.map = map
    }

    /// Text that names the choice, for the digest of an import.
    public var identity: String {
        preset.rawValue + ":"
            + map.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue)=\($0.value)" }.joined(
                separator: ","
            )
    }

    /// Positions of the columns in a file with this header.
    ///
    /// - Throws: ``Invalid`` when what must be there is not.
    func positions(in header: [String]) throws(Invalid) -> [Field: Int] {
        let lower = header.map { $0.trimmingBlanks.lowercased() }
        var positions: [Field: Int] = [:]
        for (field, names) in preset.names {
            if let position = names.lazy.compactMap({ lower.firstIndex(of: $0) }).first { positions[field] = position }
        }
        // One column serves one purpose: `city` is the community only where another column is the municipality.
        if preset == .statcanODA, positions[.municipality] == nil {
            positions[.municipality] = positions[.community]
            positions[.community] = nil
        }
        for (field, name) in map {
            guard let position = lower.firstIndex(of: name.lowercased()) else { throw .column(name, found: header) }
            positions[field] = position
        }
        guard positions[.lat] != nil, positions[.lon] != nil else { throw .missing("lat and lon", found: header) }
        guard positions[.address] != nil || positions[.number] != nil && positions[.street] != nil else {
            throw .missing("number and street (or address)", found: header)
        }
        return positions
    }
}

extension StringProtocol {
    /// Without blanks at either end.
    var trimmingBlanks: String {
        var slice = self[...]
        while let first = slice.first, first.isWhitespace { slice = slice.dropFirst() }
        while let last = slice.last, last.isWhitespace { slice = slice.dropLast() }
        return String(slice)
    }
}
