// The numeric types of Swift as the numeric types of PostgreSQL. Reading widens or narrows where the value fits.

extension Bool: PostgresEncodable, PostgresDecodable {
    /// `boolean`.
    public static var postgresType: PostgresType { .bool }

    /// One byte.
    public var postgresBytes: [UInt8]? { [self ? 1 : 0] }

    /// Appends the same, without a copy in between.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.append(self ? 1 : 0)
        return true
    }

    /// Reads `boolean`.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        try cell.expect(.bool, for: "Bool")
        self = try cell.integer(UInt8.self) != 0
    }
}

/// Reads any integer type of the server and refuses a value that does not fit.
func wholeNumber<Value: FixedWidthInteger>(
    _ cell: PostgresCell,
    as kind: Value.Type
) throws(PostgresDecodingFault) -> Value {
    let wide: Int64
    switch cell.type {
    case .int2: wide = Int64(try cell.integer(Int16.self))
    case .int4: wide = Int64(try cell.integer(Int32.self))
    case .int8: wide = try cell.integer(Int64.self)
    case .oid: wide = Int64(try cell.integer(UInt32.self))
    default: throw .typeMismatch(expected: "\(Value.self)", actual: cell.type)
    }
    guard let value = Value(exactly: wide) else { throw .outOfRange("\(wide) as \(Value.self)") }
    return value
}

extension FixedWidthInteger {
    fileprivate var bigEndianBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(self)
        return bytes
    }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    /// `smallint`.
    public static var postgresType: PostgresType { .int2 }

    /// Two bytes.
    public var postgresBytes: [UInt8]? { bigEndianBytes }

    /// Reads any integer that fits.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        self = try wholeNumber(cell, as: Int16.self)
    }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    /// `integer`.
    public static var postgresType: PostgresType { .int4 }

    /// Four bytes.
    public var postgresBytes: [UInt8]? { bigEndianBytes }

    /// Reads any integer that fits.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        self = try wholeNumber(cell, as: Int32.self)
    }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    /// `bigint`.
    public static var postgresType: PostgresType { .int8 }

    /// Eight bytes.
    public var postgresBytes: [UInt8]? { bigEndianBytes }

    /// Appends the same, without a copy in between.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.appendBigEndian(self)
        return true
    }

    /// Reads any integer.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        self = try wholeNumber(cell, as: Int64.self)
    }
}

extension Int: PostgresEncodable, PostgresDecodable {
    /// `bigint`; where a function wants `integer`, bind an `Int32`.
    public static var postgresType: PostgresType { .int8 }

    /// Eight bytes.
    public var postgresBytes: [UInt8]? { Int64(self).bigEndianBytes }

    /// Appends the same, without a copy in between.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.appendBigEndian(Int64(self))
        return true
    }

    /// Reads any integer.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        self = try wholeNumber(cell, as: Int.self)
    }
}

extension Float: PostgresEncodable, PostgresDecodable {
    /// `real`.
    public static var postgresType: PostgresType { .float4 }

    /// Four bytes of IEEE 754.
    public var postgresBytes: [UInt8]? { bitPattern.bigEndianBytes }

    /// Reads `real`.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        try cell.expect(.float4, for: "Float")
        self = Float(bitPattern: try cell.integer(UInt32.self))
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    /// `double precision`.
    public static var postgresType: PostgresType { .float8 }

    /// Eight bytes of IEEE 754.
    public var postgresBytes: [UInt8]? { bitPattern.bigEndianBytes }

    /// Reads `double precision`, `real`, any integer and `numeric` (nearest double).
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        switch cell.type {
        case .float8: self = Double(bitPattern: try cell.integer(UInt64.self))
        case .float4: self = Double(Float(bitPattern: try cell.integer(UInt32.self)))
        case .numeric:
            let text = try numericText(cell)
            guard let value = Double(text) else { throw .outOfRange("numeric \(text)") }
            self = value
        default: self = Double(try wholeNumber(cell, as: Int64.self))
        }
    }
}
