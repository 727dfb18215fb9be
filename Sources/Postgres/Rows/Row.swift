/// One row of a result.
///
/// Cheap to keep and to pass on; keeps the whole result alive.
public struct Row: Sendable {
    let table: ResultTable
    let index: Int

    /// Number of columns.
    public var columnCount: Int {
        table.columnCount
    }

    /// Names of the columns, in order.
    public var columnNames: [String] {
        (0..<table.columnCount).map(table.columnName)
    }

    /// Reads a column by name; ask for an optional type where NULL may come.
    /// - Throws: ``PostgresError/decoding(column:fault:)`` naming the column.
    public func decode<Value: PostgresDecodable>(
        _ column: String,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let number = table.column(named: column) else {
            throw .decoding(column: column, fault: .noSuchColumn)
        }
        do {
            return try Value(postgres: table.cell(row: index, column: number))
        } catch {
            throw .decoding(column: column, fault: error)
        }
    }

    /// Reads a column by its place, from 0.
    /// - Throws: ``PostgresError/decoding(column:fault:)`` naming the column.
    public func decode<Value: PostgresDecodable>(
        _ column: Int,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard (0..<table.columnCount).contains(column) else {
            throw .decoding(column: "\(column)", fault: .noSuchColumn)
        }
        do {
            return try Value(postgres: table.cell(row: index, column: column))
        } catch {
            throw .decoding(column: table.columnName(column), fault: error)
        }
    }

    /// Reads a wrapper or enum over the column's value.
    /// - Throws: ``PostgresError/decoding(column:fault:)``, also for a raw value the type does not know.
    @_disfavoredOverload
    public func decode<Value: RawRepresentable>(
        _ column: String,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value where Value.RawValue: PostgresDecodable {
        let raw = try decode(column, as: Value.RawValue.self)
        guard let value = Value(rawValue: raw) else {
            throw .decoding(column: column, fault: .outOfRange("no \(Value.self)"))
        }
        return value
    }

    /// Reads a wrapper or enum over the column's value; NULL is nil.
    /// - Throws: ``PostgresError/decoding(column:fault:)``, also for a raw value the type does not know.
    @_disfavoredOverload
    public func decode<Value: RawRepresentable>(
        _ column: String,
        as type: Value?.Type = Value?.self
    ) throws(PostgresError) -> Value? where Value.RawValue: PostgresDecodable {
        guard let raw = try decode(column, as: Value.RawValue?.self) else { return nil }
        guard let value = Value(rawValue: raw) else {
            throw .decoding(column: column, fault: .outOfRange("no \(Value.self)"))
        }
        return value
    }

    /// Reads an array of wrappers or enums.
    /// - Throws: ``PostgresError/decoding(column:fault:)``, also for a raw value the type does not know.
    @_disfavoredOverload
    public func decode<Value: RawRepresentable>(
        _ column: String,
        as type: [Value].Type = [Value].self
    ) throws(PostgresError) -> [Value] where Value.RawValue: PostgresDecodable {
        var values: [Value] = []
        for raw in try decode(column, as: [Value.RawValue].self) {
            guard let value = Value(rawValue: raw) else {
                throw .decoding(column: column, fault: .outOfRange("no \(Value.self)"))
            }
            values.append(value)
        }
        return values
    }

    /// Reads a `jsonb` or `json` column into a `Decodable` value.
    /// - Throws: ``PostgresError/decoding(column:fault:)`` naming the column.
    public func decodeJSON<Value: Decodable>(
        _ column: String,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        let json = try decode(column, as: JSONValue.self)
        do {
            return try json.decode(as: Value.self)
        } catch {
            guard case .decoding(_, let fault) = error else { throw error }
            throw .decoding(column: column, fault: fault)
        }
    }
}

/// What one statement gave back.
public struct PostgresResult: Sendable {
    let table: ResultTable

    /// The rows; empty for a statement that gives none.
    public var rows: [Row] {
        (0..<table.rowCount).map { Row(table: table, index: $0) }
    }

    /// The first row.
    public var first: Row? {
        table.rowCount > 0 ? Row(table: table, index: 0) : nil
    }

    /// Rows inserted, changed, deleted or selected.
    public var affectedRows: Int {
        table.affectedRows
    }
}
