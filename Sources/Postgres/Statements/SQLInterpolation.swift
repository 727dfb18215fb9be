extension SQL: ExpressibleByStringInterpolation {
    /// A statement without values.
    ///
    /// Takes a `StaticString`, so no text put together at run time fits.
    public init(stringLiteral value: StaticString) {
        self.init(pieces: [.text(value.description)])
    }

    /// A statement with values.
    public init(stringInterpolation: Interpolation) {
        self.init(pieces: stringInterpolation.pieces, fault: stringInterpolation.fault)
    }

    /// Collects the text and the values of a statement.
    public struct Interpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []
        var fault: PostgresError?

        /// Makes room for the pieces.
        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        /// Text from the source code.
        public mutating func appendLiteral(_ literal: StaticString) {
            guard literal.utf8CodeUnitCount > 0 else { return }
            pieces.append(.text(literal.description))
        }

        /// A value: sent apart from the text, with its type.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value) {
            pieces.append(.bind(PostgresBind(type: Value.postgresType, bytes: value.postgresBytes)))
        }

        /// A value or NULL; taking an optional by name keeps the compiler from warning of a debug description.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            pieces.append(.bind(PostgresBind(type: Value.postgresType, bytes: value?.postgresBytes)))
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
            pieces += fragment.pieces
            fault = fault ?? fragment.fault
        }

        /// A name of a schema, table, column or role: checked and quoted.
        public mutating func appendInterpolation(identifier: SQLIdentifier) {
            pieces.append(.text(identifier.quoted))
        }

        /// A name of a schema, table, column or role: checked and quoted; a bad one makes the statement throw
        /// ``PostgresError/invalidIdentifier(_:)`` when it is sent.
        public mutating func appendInterpolation(identifier name: String) {
            do {
                appendInterpolation(identifier: try SQLIdentifier(name))
            } catch {
                fault = fault ?? error
            }
        }

        /// A quoted text constant, for the commands that take no bound values (`CREATE ROLE … PASSWORD`); blanked in
        /// logs.
        public mutating func appendInterpolation(literal text: String) {
            guard !text.utf8.contains(0) else {
                fault = fault ?? .encoding(reason: "a text constant holds a zero byte")
                return
            }
            let escaped = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            guard escaped.contains("\\") else {
                pieces.append(.secret("'\(escaped)'"))
                return
            }
            let doubled = escaped.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
            pieces.append(.secret(" E'\(doubled)'"))
        }
    }
}
