import Foundation

/// A JSON text on its way to or from a `jsonb` (or `json`) column.
///
/// Instants inside are written as ISO 8601 in UTC with milliseconds; both forms with and without them are read.
public struct JSONValue: Sendable, Hashable {
    /// The text, in UTF-8.
    public let utf8: [UInt8]

    /// Writes a value as JSON, keys in order.
    /// - Throws: ``PostgresError/encoding(reason:)`` for a value JSON cannot hold, such as NaN.
    public init(_ value: some Encodable) throws(PostgresError) {
        do {
            self.utf8 = Array(try Self.encoder().encode(value))
        } catch {
            throw .encoding(reason: "JSON: \(error)")
        }
    }

    /// Takes a text that is JSON already; the server refuses it (22P02) when it is none.
    public init(text: String) {
        self.utf8 = Array(text.utf8)
    }

    /// Takes UTF-8 that is JSON already; the server refuses it (22P02) when it is none.
    public init(utf8: [UInt8]) {
        self.utf8 = utf8
    }

    /// The text.
    public var text: String {
        String(decoding: utf8, as: UTF8.self)
    }

    /// Reads a value from the text.
    /// - Throws: ``PostgresError/decoding(column:fault:)`` naming what does not fit.
    public func decode<Value: Decodable>(as type: Value.Type = Value.self) throws(PostgresError) -> Value {
        do {
            return try Self.decoder().decode(Value.self, from: Data(utf8))
        } catch {
            throw .decoding(column: "(json)", fault: .malformed("\(error)"))
        }
    }

    private static let withMilliseconds = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let wholeSeconds = Date.ISO8601FormatStyle()

    private static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, target in
            var container = target.singleValueContainer()
            try container.encode(date.formatted(withMilliseconds))
        }
        return encoder
    }

    private static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { source in
            let text = try source.singleValueContainer().decode(String.self)
            if let date = try? withMilliseconds.parse(text) { return date }
            return try wholeSeconds.parse(text)
        }
        return decoder
    }
}

extension JSONValue: PostgresEncodable, PostgresDecodable {
    /// `jsonb`.
    public static var postgresType: PostgresType { .jsonb }

    /// Version 1, then the text (`jsonb_recv` in `jsonb.c`).
    public var postgresBytes: [UInt8]? { [1] + utf8 }

    /// Appends the same, without a copy in between.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        bytes.append(1)
        bytes += utf8
        return true
    }

    /// Reads `jsonb`, `json` and text.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        switch cell.type {
        case .jsonb: self.utf8 = Array(try cell.required().dropFirst())
        case .json, .text: self.utf8 = Array(try cell.required())
        default: throw .typeMismatch(expected: "JSONValue", actual: cell.type)
        }
    }
}
