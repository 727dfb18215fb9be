extension SQL: ExpressibleByStringInterpolation {
    /// A statement without values.
    ///
    /// Takes a `StaticString`, so no text put together at run time fits.
    public init(stringLiteral value: StaticString) {
        self.init()
        shape.append(literal: value)
    }

    /// A statement with values.
    public init(stringInterpolation: Interpolation) {
        self = stringInterpolation.sql
    }

    /// Collects the text and the values of a statement.
    public struct Interpolation: StringInterpolationProtocol {
        var sql = SQL()

        /// Makes room for the pieces.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.shape.reserve(interpolationCount * 2 + 1)
            sql.values.reserve(interpolationCount)
        }

        /// Text from the source code.
        public mutating func appendLiteral(_ literal: StaticString) {
            sql.shape.append(literal: literal)
        }

        /// A value: sent apart from the text, with its type.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value) {
            sql.shape.append(valueOf: Value.postgresType)
            sql.values.append { value.appendPostgresBytes(to: &$0) }
        }

        /// A value or NULL; taking an optional by name keeps the compiler from warning of a debug description.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            sql.shape.append(valueOf: Value.postgresType)
            sql.values.append { value?.appendPostgresBytes(to: &$0) ?? false }
        }

        /// A text, the commonest value; without generic code in between.
        public mutating func appendInterpolation(_ value: String) {
            sql.shape.append(valueOf: .text)
            sql.values.append { value.appendPostgresBytes(to: &$0) }
        }

        /// A text or NULL; without generic code in between.
        public mutating func appendInterpolation(_ value: String?) {
            sql.shape.append(valueOf: .text)
            sql.values.append { value?.appendPostgresBytes(to: &$0) ?? false }
        }

        /// A wrapper or enum over a value: its raw value is sent.
        @_disfavoredOverload
        public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value)
        where Value.RawValue: PostgresEncodable {
            appendInterpolation(value.rawValue)
        }

        /// A wrapper or enum over a value, or NULL.
        @_disfavoredOverload
        public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value?)
        where Value.RawValue: PostgresEncodable {
            appendInterpolation(value?.rawValue)
        }

        /// An array of wrappers or enums: their raw values are sent.
        @_disfavoredOverload
        public mutating func appendInterpolation<Value: RawRepresentable>(_ values: [Value])
        where Value.RawValue: PostgresEncodable {
            appendInterpolation(values.map(\.rawValue))
        }

        /// Another fragment, whose values are numbered on.
        public mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }

        /// A name of a schema, table, column or role: checked and quoted.
        public mutating func appendInterpolation(identifier: SQLIdentifier) {
            sql.shape.append(text: identifier.quoted)
        }

        /// A name of a schema, table, column or role: checked and quoted; a bad one makes the statement throw
        /// ``PostgresError/invalidIdentifier(_:)`` when it is sent.
        public mutating func appendInterpolation(identifier name: String) {
            do {
                appendInterpolation(identifier: try SQLIdentifier(name))
            } catch {
                sql.fault = sql.fault ?? error
            }
        }

        /// A quoted text constant, for the commands that take no bound values (`CREATE ROLE … PASSWORD`); blanked in
        /// logs.
        public mutating func appendInterpolation(literal text: String) {
            guard !text.utf8.contains(0) else {
                sql.fault = sql.fault ?? .encoding(reason: "a text constant holds a zero byte")
                return
            }
            let escaped = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            guard escaped.contains("\\") else {
                sql.shape.append(secret: "'\(escaped)'")
                return
            }
            let doubled = escaped.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
            sql.shape.append(secret: " E'\(doubled)'")
        }
    }
}
