/// A Swift value that can be read from a column.
public protocol PostgresDecodable: Sendable {
    /// Reads the value.
    /// - Throws: the reason it is none; the row adds the column's name.
    init(postgres cell: PostgresCell) throws(PostgresDecodingFault)

    /// Reads an array of these.
    static func postgresArray(_ cell: PostgresCell) throws(PostgresDecodingFault) -> [Self]
}

extension PostgresDecodable {
    /// Reads a one-dimensional array (`array_send` in `arrayfuncs.c`).
    public static func postgresArray(_ cell: PostgresCell) throws(PostgresDecodingFault) -> [Self] {
        var reader = try cell.reader()
        let dimensions = try reader.integer(Int32.self)
        _ = try reader.integer(Int32.self)
        let element = PostgresType(rawValue: try reader.integer(UInt32.self))
        guard dimensions != 0 else { return [] }
        guard dimensions == 1 else { throw .typeMismatch(expected: "one-dimensional array", actual: cell.type) }
        let count = try reader.integer(Int32.self)
        _ = try reader.integer(Int32.self)
        guard count >= 0, Int(count) <= reader.remaining / 4 else { throw .malformed("array length") }
        var values: [Self] = []
        values.reserveCapacity(Int(count))
        for _ in 0..<count {
            let length = try reader.integer(Int32.self)
            let bytes = length < 0 ? nil : try reader.bytes(Int(length))
            values.append(try Self(postgres: PostgresCell(type: element, bytes: bytes)))
        }
        return values
    }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Reads the raw value and refuses one the type does not know.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        let raw = try RawValue(postgres: cell)
        guard let value = Self(rawValue: raw) else { throw .outOfRange("\(raw) is no \(Self.self)") }
        self = value
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// NULL is nil.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        self = cell.isNull ? nil : try Wrapped(postgres: cell)
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Reads an array; `bytea` for bytes.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        self = try Element.postgresArray(cell)
    }
}
