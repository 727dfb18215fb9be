import DataFiles
import Domain

/// Collects rows, looks their places up together, and writes the answers in the order of the rows.
///
/// Neither a class nor copied: its arrays are written to for every row, and nobody else ever holds them.
struct LocatedRows: ~Copyable {
    static let swapped = "latitude and longitude look swapped"
    /// Rows looked up together.
    private static let batch = 4_096

    private let index: BoundaryIndex
    private let writer: CSVWriter
    private let ids: AreaNames
    private let municipality: Int?

    private var places: [Coordinate] = []
    private var rowNumbers: [Int] = []
    /// The rows' ids one after the other, and where each ends.
    private var rowIDs: [UInt8] = []
    private var idEnds: [Int] = []
    /// Rows without a place: position in the batch and what is wrong.
    private var faults: [(position: Int, text: String)] = []

    private var found = FoundAreas(room: 2 * batch)
    private var ends = [UInt32](repeating: 0, count: batch)
    private var near = NearestAreas()
    private var joined: [UInt8] = []
    private var digits: [UInt8] = []
    private var report = LocateCSV.Report()
    private var counts = (inside: 0, contested: 0, gap: 0, outside: 0, unknown: 0)

    /// Rows for a file that begins with ``writeHeader()``.
    init(_ index: BoundaryIndex, _ writer: CSVWriter) {
        self.index = index
        self.writer = writer
        ids = AreaNames(index.areas)
        municipality = index.layers.firstIndex(of: .municipality)
    }

    /// Names the columns.
    func writeHeader() throws {
        writer.field("id")
        for layer in index.layers { writer.field(layer.rawValue) }
        for name in ["municipality_verdict", "municipality_decided", "nearest", "nearest_m", "error"] {
            writer.field(name)
        }
        try writer.endRow()
    }

    deinit { found.deallocate() }

    /// Adds a row with a place.
    mutating func add(id: UnsafeRawBufferPointer, _ place: Coordinate, row: Int) throws {
        places.append(place)
        rowNumbers.append(row)
        rowIDs.append(contentsOf: id)
        idEnds.append(rowIDs.count)
        if places.count == Self.batch { try flush() }
    }

    /// Adds a row that could not be read.
    mutating func add(id: UnsafeRawBufferPointer, row: Int, fault: String) throws {
        faults.append((places.count, fault))
        try add(id: id, Coordinate(trustedLatitudeNano: 0, longitudeNano: 0), row: row)
    }

    /// Writes what is left and gives the file its name.
    mutating func finish() throws -> LocateCSV.Report {
        try flush()
        try writer.finish()
        for (word, count) in [
            ("inside", counts.inside), ("contested", counts.contested), ("gap", counts.gap),
            ("outside", counts.outside), ("unknown", counts.unknown),
        ] where count > 0 { report.verdicts[word] = count }
        return report
    }

    private mutating func flush() throws {
        found.removeAll()
        Self.lookUp(places, in: index, &ends, &found)
        var nextFault = 0
        var start = 0
        for number in places.indices {
            let end = Int(ends[number])
            rowIDs.withUnsafeBytes { bytes in
                let range = (number == 0 ? 0 : idEnds[number - 1])..<idEnds[number]
                writer.field(UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
            if nextFault < faults.count, faults[nextFault].position == number {
                writeBlank(index.layers.count + 4)
                write(fault: faults[nextFault].text, row: rowNumbers[number])
                nextFault += 1
            } else {
                write(number, UnsafeBufferPointer(start: found.areas + start, count: end - start))
            }
            start = end
            try writer.endRow()
        }
        report.rows += places.count
        places.removeAll(keepingCapacity: true)
        rowNumbers.removeAll(keepingCapacity: true)
        rowIDs.removeAll(keepingCapacity: true)
        idEnds.removeAll(keepingCapacity: true)
        faults.removeAll(keepingCapacity: true)
    }

    private static func lookUp(
        _ places: [Coordinate],
        in index: BoundaryIndex,
        _ ends: inout [UInt32],
        _ found: inout FoundAreas
    ) {
        places.withUnsafeBufferPointer { places in
            ends.withUnsafeMutableBufferPointer { ends in
                if let ends = ends.baseAddress { index.memory.write(places, ends: ends, to: &found) }
            }
        }
    }

    private mutating func write(fault: String, row: Int) {
        let bad = LocateCSV.BadRow(row: row, fault: fault)
        report.note(bad)
        writer.field(bad.description)
    }

    private func writeBlank(_ fields: Int) { for _ in 0..<fields { writer.plainField([]) } }

    /// Writes a place's layers, which follow one another in the order of areas, then the verdict.
    private mutating func write(_ number: Int, _ areas: UnsafeBufferPointer<UInt32>) {
        var next = 0
        var claims = 0
        for layer in index.layers.indices {
            let first = next
            while next < areas.count, index.layer(ofArea: areas[next]) == layer { next += 1 }
            write(UnsafeBufferPointer(rebasing: areas[first..<next]))
            if layer == municipality { claims = next - first }
        }
        if claims == 1 {
            counts.inside += 1
            writer.plainField(Words.inside)
        } else if claims > 1 {
            counts.contested += 1
            writer.plainField(Words.contested)
            writeDecided(places[number])
        } else {
            writeNearest(number, hasAreas: !areas.isEmpty)
            return
        }
        writeBlank(claims == 1 ? 4 : 3)
    }

    /// Writes whose place it is by the region's decision, if there is one; places that need a decision are few.
    private func writeDecided(_ place: Coordinate) {
        guard !index.decided.isEmpty else { return writer.plainField([]) }
        let covering = index.areas(at: place).filter { $0.layer == .municipality }
        let owner = index.decided.owner(in: .municipality, at: place, covering: covering)
        writer.field(owner?.area.id.rawValue ?? "")
    }

    private mutating func write(_ areas: UnsafeBufferPointer<UInt32>) {
        guard let first = areas.first else { return writer.plainField([]) }
        guard areas.count > 1 else { return ids.write(first, to: writer) }
        joined.removeAll(keepingCapacity: true)
        for area in areas {
            if !joined.isEmpty { joined.append(UInt8(ascii: ";")) }
            ids.append(area, to: &joined)
        }
        writer.field(joined)
    }

    /// Writes the verdict on a place in no municipality.
    private mutating func writeNearest(_ number: Int, hasAreas: Bool) {
        guard municipality != nil else {
            counts.unknown += 1
            writer.plainField(Words.unknown)
            writeBlank(4)
            return
        }
        let nearest = index.nearestMunicipality(to: places[number], using: &near)
        if let nearest, nearest.metres <= index.distances.gap {
            counts.gap += 1
            writer.plainField(Words.gap)
            writeDecided(places[number])
        } else {
            counts.outside += 1
            writer.plainField(Words.outside)
            writer.plainField([])
        }
        if let nearest {
            ids.write(nearest.owner, to: writer)
            write(metres: nearest.metres)
            writer.plainField([])
            return
        }
        writeBlank(2)
        let place = places[number]
        if !hasAreas, index.looksSwapped(latitude: place.longitudeNano, longitude: place.latitudeNano) {
            write(fault: "no area is near this place; \(Self.swapped)", row: rowNumbers[number])
        } else {
            writer.plainField([])
        }
    }

    /// Metres with one or two digits after the point, as ``NearestArea/metres`` prints.
    private mutating func write(metres: Double) {
        let cents = Int((metres * 100).rounded())
        digits.removeAll(keepingCapacity: true)
        if cents % 10 != 0 { digits.append(UInt8(ascii: "0") + UInt8(cents % 10)) }
        digits.append(UInt8(ascii: "0") + UInt8(cents / 10 % 10))
        digits.append(UInt8(ascii: "."))
        var whole = cents / 100
        repeat {
            digits.append(UInt8(ascii: "0") + UInt8(whole % 10))
            whole /= 10
        } while whole > 0
        digits.reverse()
        writer.plainField(digits)
    }

    private enum Words {
        static let inside = Array("inside".utf8)
        static let contested = Array("contested".utf8)
        static let gap = Array("gap".utf8)
        static let outside = Array("outside".utf8)
        static let unknown = Array("unknown".utf8)
    }
}

/// The ids of areas as bytes, one after the other.
private struct AreaNames {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var quoted: [Bool] = []

    init(_ areas: [CoveringArea]) {
        for area in areas {
            bytes.append(contentsOf: area.id.rawValue.utf8)
            ends.append(bytes.count)
            quoted.append(CSVWriter.mustQuote(area.id.rawValue.utf8))
        }
    }

    private func range(_ area: UInt32) -> Range<Int> {
        let number = Int(area)
        return (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    /// Writes an id as a field of its own.
    @inline(__always)
    func write(_ area: UInt32, to writer: CSVWriter) {
        bytes.withUnsafeBytes { bytes in
            let id = UnsafeRawBufferPointer(rebasing: bytes[range(area)])
            if quoted[Int(area)] { writer.field(id) } else { writer.plainField(id) }
        }
    }

    /// Adds an id to others.
    func append(_ area: UInt32, to list: inout [UInt8]) { list.append(contentsOf: bytes[range(area)]) }
}

extension BoundaryIndex {
    /// Whether values taken the other way round are a place that an area covers.
    func looksSwapped(latitude: Int64, longitude: Int64) -> Bool {
        guard latitude.magnitude <= 90_000_000_000, longitude.magnitude <= 180_000_000_000 else { return false }
        var isCovered = false
        memory.view.forEachArea(longitude, latitude) { _ in isCovered = true }
        return isCovered
    }
}
