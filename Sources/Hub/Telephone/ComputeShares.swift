import Addresses
public import Domain
import Foundation
public import Geo

/// Counts how many addresses of each exchange's polygon lie in which municipality.
///
/// A share is a count of addresses, never of square metres: calls come from homes, not from fields.
public struct ComputeShares: Sendable {
    /// What was counted for one exchange.
    public struct Count: Sendable, Hashable, Codable {
        /// The exchange.
        public let exchange: ExchangeName
        /// Addresses inside its polygon.
        public let addresses: Int
        /// Addresses in each municipality.
        public let municipalities: [AreaID: Int]
        /// Addresses in nobody's municipality.
        public let nowhere: Int
    }

    private let polygons: BoundaryIndex
    private let municipalities: BoundaryIndex

    /// Polygons of exchanges, each under its exchange's name, and the boundaries in force.
    public init(polygons: BoundaryIndex, municipalities: BoundaryIndex) {
        self.polygons = polygons
        self.municipalities = municipalities
    }

    /// Counts; a point on two polygons counts in both, a point contested between municipalities for the first in their agreed order.
    public func callAsFunction(_ points: some Sequence<Coordinate>) -> [Count] {
        var counted: [ExchangeName: [AreaID: Int]] = [:]
        var nowhere: [ExchangeName: Int] = [:]
        for point in points {
            let exchanges = polygons.areas(at: point).compactMap { ExchangeName(rawValue: $0.name) }
            guard !exchanges.isEmpty else { continue }
            let area = municipalities.facts(at: point).municipality.covering.first?.id
            for exchange in Set(exchanges) {
                if let area {
                    counted[exchange, default: [:]][area, default: 0] += 1
                } else {
                    nowhere[exchange, default: 0] += 1
                }
            }
        }
        return Set(counted.keys).union(nowhere.keys).sorted().map { name in
            let parts = counted[name] ?? [:]
            let lost = nowhere[name] ?? 0
            return Count(
                exchange: name,
                addresses: parts.values.reduce(lost, +),
                municipalities: parts,
                nowhere: lost
            )
        }
    }

    /// The counts as shares of all addresses in each polygon, to four places; parts below one in ten thousand are left out.
    public static func shares(_ counts: [Count], from day: CalendarDay, note: String) throws -> [ExchangeShareSet] {
        try counts.compactMap { count in
            let shares = try count.municipalities.compactMap { area, number -> ExchangeShare? in
                let share = (Double(number) / Double(max(count.addresses, 1)) * 10_000).rounded(.down) / 10_000
                return share > 0 ? try ExchangeShare(area: area, share: share) : nil
            }
            guard !shares.isEmpty else { return nil }
            return try ExchangeShareSet(
                exchange: count.exchange,
                basis: .addresses,
                from: day,
                shares: shares,
                note: "\(count.addresses) addresses" + (note.isEmpty ? "" : "; \(note)")
            )
        }
    }

    /// The addresses in force, one point each; none before a set is.
    public static func points(in surroundings: Surroundings) -> [Coordinate] {
        var points: [Coordinate] = []
        let book = surroundings.addresses.book
        points.reserveCapacity(book.count)
        book.forEach { points.append($0.coordinate) }
        return points
    }

    /// Reads points from a file with the columns `lat` and `lon`.
    ///
    /// - Throws: ``DataFileError`` when the file can't be read or lacks a column.
    public static func points(
        path: String,
        progress: (_ read: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> (points: [Coordinate], bad: [BadRow]) {
        var points: [Coordinate] = []
        let bad = try TelephoneTable.read(
            path: path,
            columns: ["lat": ["latitude", "y"], "lon": ["long", "lng", "longitude", "x"]],
            progress: progress
        ) { row in
            do {
                points.append(try Coordinate(latitudeText: row.text("lat"), longitudeText: row.text("lon")))
            } catch { throw RowFault("\(error)") }
        }
        return (points, bad)
    }
}
