public import Foundation

/// A byte is stored as `smallint`; it conforms so that an array of bytes can be `bytea`.
extension UInt8: PostgresEncodable, PostgresDecodable {
    /// `smallint`.
    public static var postgresType: PostgresType { .int2 }

    /// Two bytes.
    public var postgresBytes: [UInt8]? { [0, self] }

    /// `bytea`: an array of bytes is a byte string.
    public static var postgresArrayType: PostgresType { .bytea }

    /// The bytes themselves.
    public static func postgresArrayBytes(_ elements: [UInt8]) -> [UInt8] { elements }

    /// Reads any integer that fits.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        self = try wholeNumber(cell, as: UInt8.self)
    }

    /// Reads `bytea`.
    public static func postgresArray(_ cell: PostgresCell) throws(PostgresDecodingFault) -> [UInt8] {
        try cell.expect(.bytea, for: "[UInt8]")
        return Array(try cell.required())
    }
}

extension Data: PostgresEncodable, PostgresDecodable {
    /// `bytea`.
    public static var postgresType: PostgresType { .bytea }

    /// The bytes themselves.
    public var postgresBytes: [UInt8]? { Array(self) }

    /// Reads `bytea`.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        try cell.expect(.bytea, for: "Data")
        self = Data(try cell.required())
    }
}

/// A shape in well-known binary form (OGC 06-103r4, section 8).
///
/// Bind it through `ST_GeomFromWKB(\(wkb), 4326)`. A geometry column read directly comes as PostGIS's extended form,
/// which carries the reference system; `ST_AsBinary(geometry)` gives the plain one.
public struct WKB: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    /// The bytes.
    public let bytes: [UInt8]

    /// Wraps bytes that are a shape.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// `bytea`, as the functions of PostGIS take it.
    public static var postgresType: PostgresType { .bytea }

    /// The bytes themselves.
    public var postgresBytes: [UInt8]? { bytes }

    /// Reads `bytea` and the geometry types of PostGIS.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        guard cell.type == .bytea || !cell.type.isBuiltIn else {
            throw .typeMismatch(expected: "WKB", actual: cell.type)
        }
        self.bytes = Array(try cell.required())
    }
}
