/// A name that may stand in a statement: of a schema, table, column, role, channel.
///
/// Letters, digits, `_`, `-` and `$`, not beginning with a digit, at most 63 bytes (`NAMEDATALEN` less one).
/// Stricter than PostgreSQL: no name of ours needs more, and nothing that needs escaping gets through.
public struct SQLIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// The name without quotes.
    public let name: String

    /// - Throws: ``PostgresError/invalidIdentifier(_:)`` when the name breaks the rule above.
    public init(_ name: String) throws(PostgresError) {
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"):
                true
            default: false
            }
        }
        guard allowed, let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            name.utf8.count <= 63
        else { throw .invalidIdentifier(name) }
        self.name = name
    }

    /// The name in double quotes, as it stands in a statement.
    public var quoted: String {
        "\"\(name)\""
    }

    /// The name without quotes.
    public var description: String {
        name
    }
}
