public import Foundation

extension String: PostgresEncodable, PostgresDecodable {
    /// `text`; the server casts it to `varchar` and domains by itself, to other types on `CAST`.
    public static var postgresType: PostgresType { .text }

    /// UTF-8; a zero byte, which PostgreSQL cannot store, is refused by the server (22021).
    public var postgresBytes: [UInt8]? { Array(utf8) }

    /// Appends the same, without a copy in between.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: utf8)
        return true
    }

    /// Reads every text type, enums and extension types that are text, `json`, `jsonb`, `uuid` and `numeric`.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        switch cell.type {
        case .text, .varchar, .bpchar, .name, .unknown, .json, .xml:
            self = String(decoding: try cell.required(), as: UTF8.self)
        case .jsonb:
            self = String(decoding: try cell.required().dropFirst(), as: UTF8.self)
        case .uuid:
            self = try UUID(postgres: cell).uuidString.lowercased()
        case .numeric:
            self = try numericText(cell)
        default:
            guard !cell.type.isBuiltIn, let text = String(validating: try cell.required(), as: UTF8.self) else {
                throw .typeMismatch(expected: "String", actual: cell.type)
            }
            self = text
        }
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    /// `uuid`.
    public static var postgresType: PostgresType { .uuid }

    /// Sixteen bytes.
    public var postgresBytes: [UInt8]? { withUnsafeBytes(of: uuid) { Array($0) } }

    /// Appends the same, without a copy in between.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
        return true
    }

    /// Reads `uuid`.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        try cell.expect(.uuid, for: "UUID")
        let bytes = try cell.required()
        guard bytes.count == 16 else { throw .malformed("length \(bytes.count)") }
        self = UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}
