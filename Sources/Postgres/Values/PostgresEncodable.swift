/// A Swift value that can be bound to a place of a statement.
///
/// Values travel in PostgreSQL's binary form, each with its type, so the server never guesses.
/// An enum or wrapper over a conforming raw value needs no code: `extension Tier: PostgresEncodable {}`.
public protocol PostgresEncodable: Sendable {
    /// The type the server is told.
    static var postgresType: PostgresType { get }

    /// The value in the type's binary form; nil is NULL.
    var postgresBytes: [UInt8]? { get }

    /// Appends the value in the type's binary form; false, with nothing appended, for NULL.
    ///
    /// The same as ``postgresBytes``, without an array of its own; types that are bound often write it out.
    func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool

    /// The type of an array of these.
    static var postgresArrayType: PostgresType { get }

    /// An array of these in binary form.
    static func postgresArrayBytes(_ elements: [Self]) -> [UInt8]
}

extension PostgresEncodable {
    /// Appends ``postgresBytes``.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        guard let own = postgresBytes else { return false }
        bytes += own
        return true
    }

    /// The array type that belongs to ``postgresType``.
    public static var postgresArrayType: PostgresType {
        postgresType.array
    }

    /// A one-dimensional array with lower bound 1 (`array_recv` in `arrayfuncs.c`).
    public static func postgresArrayBytes(_ elements: [Self]) -> [UInt8] {
        let values = elements.map(\.postgresBytes)
        var bytes: [UInt8] = []
        bytes.appendBigEndian(Int32(values.isEmpty ? 0 : 1))
        bytes.appendBigEndian(Int32(values.contains { $0 == nil } ? 1 : 0))
        bytes.appendBigEndian(postgresType.rawValue)
        guard !values.isEmpty else { return bytes }
        bytes.appendBigEndian(Int32(values.count))
        bytes.appendBigEndian(Int32(1))
        for value in values {
            guard let value else {
                bytes.appendBigEndian(Int32(-1))
                continue
            }
            bytes.appendBigEndian(Int32(value.count))
            bytes += value
        }
        return bytes
    }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The type of the raw value.
    public static var postgresType: PostgresType {
        RawValue.postgresType
    }

    /// The raw value's bytes.
    public var postgresBytes: [UInt8]? {
        rawValue.postgresBytes
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The type of the value, when there is one.
    public static var postgresType: PostgresType {
        Wrapped.postgresType
    }

    /// The value's bytes, or NULL.
    public var postgresBytes: [UInt8]? {
        self?.postgresBytes
    }

    /// Appends the value's bytes; false for NULL.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        self?.appendPostgresBytes(to: &bytes) ?? false
    }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
    /// The array type of the element; `bytea` for bytes.
    public static var postgresType: PostgresType {
        Element.postgresArrayType
    }

    /// The array in binary form; the bytes themselves for bytes.
    public var postgresBytes: [UInt8]? {
        Element.postgresArrayBytes(self)
    }
}

extension [UInt8] {
    /// Appends an integer, most significant byte first.
    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
