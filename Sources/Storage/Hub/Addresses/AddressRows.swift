public import Foundation
import Postgres

/// The rows of an address set, and the book compiled from them.
public struct AddressRows {
    let transaction: HubTransaction

    /// The address rows of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Adds rows with COPY; returns how many were taken.
    public func copy(_ rows: CopiedAddresses) async throws -> Int {
        try await transaction.copyIn(
            """
            COPY hub.address
                (address_set, position, number, suffix, unit, street, municipality_id, municipality, stated_municipality,
                community, postal_code, latitude_nano, longitude_nano)
            FROM STDIN
            """,
            rows.bytes
        )
    }

    /// Goes through the rows of a set by position.
    ///
    /// - Parameters:
    ///   - first: Position to begin at.
    ///   - limit: Most rows.
    public func rows(of set: Int, from first: Int = 0, limit: Int) async throws -> [StoredAddress] {
        let rows = try await transaction.all(
            """
            SELECT position, number, suffix, unit, street, municipality_id, municipality, stated_municipality, community,
                postal_code, latitude_nano, longitude_nano
            FROM hub.address
            WHERE address_set = \(Int32(set))
                AND position >= \(first)
            ORDER BY position
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            StoredAddress(
                position: try row.decode("position"),
                number: try row.decode("number"),
                suffix: try row.decode("suffix"),
                unit: try row.decode("unit", as: String?.self),
                street: try row.decode("street"),
                municipalityID: try row.decode("municipality_id", as: String?.self),
                municipality: try row.decode("municipality", as: String?.self),
                statedMunicipality: try row.decode("stated_municipality", as: String?.self),
                community: try row.decode("community", as: String?.self),
                postalCode: try row.decode("postal_code", as: String?.self),
                latitudeNano: try row.decode("latitude_nano"),
                longitudeNano: try row.decode("longitude_nano")
            )
        }
    }

    /// Stores one part of the compiled book.
    public func addBook(_ part: Int, _ bytes: Data, to set: Int) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.address_book
                (address_set, part, bytes)
            VALUES
                (\(Int32(set)), \(Int32(part)), \(bytes))
            ON CONFLICT (address_set, part) DO UPDATE SET bytes = excluded.bytes
            """
        )
    }

    /// Removes the compiled book of a set.
    public func removeBook(of set: Int) async throws {
        try await transaction.queue("DELETE FROM hub.address_book WHERE address_set = \(Int32(set))")
    }

    /// One part of the compiled book; nil after the last.
    public func book(_ part: Int, of set: Int) async throws -> Data? {
        let row = try await transaction.first(
            """
            SELECT bytes
            FROM hub.address_book
            WHERE address_set = \(Int32(set))
                AND part = \(Int32(part))
            """
        )
        return try row?.decode("bytes")
    }

    /// Stores the other names of streets, in order.
    public func addAliases(
        _ aliases: [(other: String, street: String, municipality: String?, until: String?)],
        to set: Int
    ) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.street_alias
                (address_set, position, other_name, street, municipality, official_until)
            SELECT \(Int32(set)), position, other_name, street, municipality, official_until::date
            FROM unnest(
                \(aliases.indices.map { Int32($0) }), \(aliases.map(\.other)), \(aliases.map(\.street)),
                \(aliases.map(\.municipality)), \(aliases.map(\.until))
            ) AS alias (position, other_name, street, municipality, official_until)
            """
        )
    }

    /// Stores the shares of communities; the last of two for the same pair counts.
    public func addShares(_ shares: [(community: String, municipality: String, weight: Double)], to set: Int)
        async throws
    {
        for share in shares {
            try await transaction.queue(
                """
                INSERT INTO hub.community_share
                    (address_set, community, municipality, weight)
                VALUES
                    (\(Int32(set)), \(share.community), \(share.municipality), \(share.weight))
                ON CONFLICT (address_set, community, municipality) DO UPDATE SET weight = excluded.weight
                """
            )
        }
    }
}

/// Rows in the text format of COPY, collected in one buffer.
public struct CopiedAddresses: Sendable {
    private(set) var bytes: [UInt8] = []

    /// Rows collected.
    public private(set) var count = 0

    /// Begins empty.
    public init() {}

    /// Adds a row of a set.
    public mutating func append(_ address: StoredAddress, to set: Int) {
        field("\(set)")
        field("\(address.position)")
        field("\(address.number)")
        field(address.suffix)
        field(address.unit)
        field(address.street)
        field(address.municipalityID)
        field(address.municipality)
        field(address.statedMunicipality)
        field(address.community)
        field(address.postalCode)
        field("\(address.latitudeNano)")
        field("\(address.longitudeNano)")
        bytes[bytes.count - 1] = UInt8(ascii: "\n")
        count += 1
    }

    /// Empties the buffer and keeps its memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    /// One value; `\N` for none, the four characters that mean something escaped (PostgreSQL documentation, COPY, "Text Format").
    private mutating func field(_ text: String?) {
        guard let text else {
            bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N"), UInt8(ascii: "\t")]
            return
        }
        for byte in text.utf8 where byte != 0 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += [byte, byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\t"))
    }
}
