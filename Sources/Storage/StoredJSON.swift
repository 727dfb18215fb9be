import Postgres

/// A JSON document as it is stored; whoever writes it knows its shape, the database does not.
///
/// Keys are sorted, so equal values give equal text. Instants inside are ISO 8601 in UTC with milliseconds.
public struct StoredJSON: Sendable, Hashable, CustomStringConvertible {
    let value: JSONValue

    init(value: JSONValue) {
        self.value = value
    }

    /// Takes a text that is JSON already; the database refuses one that is none.
    public init(text: String) {
        value = JSONValue(text: text)
    }

    /// Takes UTF-8 that is JSON already; the database refuses one that is none.
    public init(utf8: [UInt8]) {
        value = JSONValue(utf8: utf8)
    }

    /// Writes a value.
    ///
    /// - Throws: for a value JSON cannot hold, such as NaN.
    public init(_ value: some Encodable) throws {
        self.value = try JSONValue(value)
    }

    /// Reads the value back.
    public func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try value.decode(as: type)
    }

    /// The document.
    public var text: String { value.text }

    /// The document.
    public var description: String { text }

    /// An object without members.
    public static let emptyObject = StoredJSON(text: "{}")

    /// A list without elements.
    public static let emptyList = StoredJSON(text: "[]")
}
