public import Domain
public import Foundation
import Postgres

/// An exchange as a rate centre: a named point calls are rated from, never a polygon.
public struct StoredExchange: Sendable, Hashable, Codable {
    /// Its name.
    public let name: ExchangeName

    /// Province, two letters.
    public let province: String

    /// Where the place of that name lies; nil when no source says.
    ///
    /// It does not tell how far the exchange reaches.
    public let rateCentre: Coordinate?

    /// What whoever recorded it wrote.
    public let note: String

    /// An exchange.
    public init(name: ExchangeName, province: String, rateCentre: Coordinate? = nil, note: String = "") {
        self.name = name
        self.province = province
        self.rateCentre = rateCentre
        self.note = note
    }
}

/// Exchanges, and how much of each lies in which municipality.
public struct Exchanges {
    let transaction: HubTransaction

    /// The exchanges of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues an exchange; what was recorded of it before is replaced.
    public func put(_ exchange: StoredExchange, now: Date) async throws {
        let latitude = exchange.rateCentre?.latitudeNano
        let longitude = exchange.rateCentre?.longitudeNano
        try await transaction.queue(
            """
            INSERT INTO hub.exchange
                (exchange_area, province, latitude_nanodegrees, longitude_nanodegrees, note, updated_at)
            VALUES
                (\(exchange.name.rawValue), \(exchange.province), \(latitude), \(longitude), \(exchange.note), \(now))
            ON CONFLICT (exchange_area) DO UPDATE
            SET province = excluded.province, latitude_nanodegrees = excluded.latitude_nanodegrees,
                longitude_nanodegrees = excluded.longitude_nanodegrees, note = excluded.note,
                updated_at = excluded.updated_at
            """
        )
    }

    /// All exchanges recorded with a point or a note, by name.
    public func all() async throws -> [StoredExchange] {
        try await transaction.all(
            """
            SELECT exchange_area, province, latitude_nanodegrees, longitude_nanodegrees, note
            FROM hub.exchange
            ORDER BY exchange_area
            """
        ).map { row in
            var point: Coordinate?
            if let latitude = try row.decode("latitude_nanodegrees", as: Int64?.self),
                let longitude = try row.decode("longitude_nanodegrees", as: Int64?.self)
            {
                point = try Coordinate(latitudeNano: latitude, longitudeNano: longitude)
            }
            return StoredExchange(
                name: ExchangeName(trusted: try row.decode("exchange_area")),
                province: try row.decode("province"),
                rateCentre: point,
                note: try row.decode("note")
            )
        }
    }

    /// Stores a set of shares beside those there are; it counts from its first day on.
    public func add(_ set: ExchangeShareSet, by actor: String, now: Date) async throws {
        let row = try await transaction.first(
            """
            INSERT INTO hub.exchange_share_set
                (exchange_area, basis, valid_from, note, recorded_at, recorded_by)
            VALUES
                (\(set.exchange.rawValue), \(set.basis.rawValue), \(PostgresDay(set.from)), \(set.note), \(now), \(actor))
            RETURNING share_set
            """
        )
        guard let row else { throw StorageError.other(detail: "no number for new shares") }
        let number = try row.decode("share_set", as: Int32.self)
        try await transaction.queue(
            """
            INSERT INTO hub.exchange_share
                (share_set, area_id, share)
            SELECT \(number), area_id, share
            FROM unnest(\(set.shares.map(\.area.rawValue)), \(set.shares.map(\.share))) AS part (area_id, share)
            """
        )
    }

    /// All sets of shares in the order they were recorded.
    public func shareSets() async throws -> [ExchangeShareSet] {
        let rows = try await transaction.all(
            """
            SELECT whole.share_set, whole.exchange_area, whole.basis, whole.valid_from, whole.note, part.area_id,
                part.share
            FROM hub.exchange_share_set AS whole
            JOIN hub.exchange_share AS part ON part.share_set = whole.share_set
            ORDER BY whole.share_set, part.area_id
            """
        )
        var sets: [ExchangeShareSet] = []
        var index = rows.startIndex
        while index < rows.endIndex {
            let first = rows[index]
            let number = try first.decode("share_set", as: Int.self)
            var shares: [ExchangeShare] = []
            while index < rows.endIndex, try rows[index].decode("share_set", as: Int.self) == number {
                shares.append(
                    try ExchangeShare(
                        area: AreaID(trusted: try rows[index].decode("area_id")),
                        share: try rows[index].decode("share")
                    )
                )
                index += 1
            }
            sets.append(
                try ExchangeShareSet(
                    exchange: ExchangeName(trusted: try first.decode("exchange_area")),
                    basis: try first.word("basis"),
                    from: try first.day("valid_from"),
                    shares: shares,
                    note: try first.decode("note")
                )
            )
        }
        return sets
    }
}
