import CLibPQ

/// Owner of one result of libpq; cleared when the last row of it is gone.
///
/// `@unchecked Sendable`: a result is never changed after it was received, and the reading functions of libpq are
/// documented as safe on one result from several threads. Falls away when C pointers can be marked as such.
final class ResultTable: @unchecked Sendable {
    let raw: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    init(_ raw: OpaquePointer) {
        self.raw = raw
        // 0 for results without rows
        rowCount = Int(PQntuples(raw))
        columnCount = Int(PQnfields(raw))
    }

    deinit {
        PQclear(raw)
    }

    /// Rows changed by the statement; 0 for one that changes none.
    var affectedRows: Int {
        // "" for statements without a count
        PQcmdTuples(raw).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// Name of the command done, such as `COMMIT` or `INSERT 0 1`.
    var commandTag: String {
        // "" when there is none
        PQcmdStatus(raw).map { String(cString: $0) } ?? ""
    }

    /// First column of that name.
    func column(named name: String) -> Int? {
        name.withCString { wanted in
            (0..<columnCount).first { index in
                // NULL when out of range
                guard var there = PQfname(raw, Int32(index)) else { return false }
                var asked = wanted
                while there.pointee == asked.pointee {
                    if there.pointee == 0 { return true }
                    there += 1
                    asked += 1
                }
                return false
            }
        }
    }

    func columnName(_ column: Int) -> String {
        // NULL when out of range
        PQfname(raw, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func cell(row: Int, column: Int) -> PostgresCell {
        let row = Int32(row)
        let column = Int32(column)
        let type = PostgresType(rawValue: PQftype(raw, column))
        // 1 NULL, 0 a value
        guard PQgetisnull(raw, row, column) == 0, let start = PQgetvalue(raw, row, column) else {
            return PostgresCell(type: type, bytes: nil)
        }
        let length = Int(PQgetlength(raw, row, column))
        return PostgresCell(type: type, bytes: UnsafeRawBufferPointer(start: start, count: length))
    }

    /// What the server said, for a result that is an error.
    func serverError(statement: String) -> ServerError {
        // NULL when the field is absent
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue else { return nil }
            return PQresultErrorField(raw, Int32(ascii)).map { String(cString: $0) }
        }
        return ServerError(
            sqlState: SQLState(rawValue: field("C") ?? "08006"),
            severity: field("V") ?? "ERROR",
            message: field("M") ?? PQresultErrorMessage(raw).map { String(cString: $0) } ?? "",
            detail: field("D"),
            hint: field("H"),
            schema: field("s"),
            table: field("t"),
            column: field("c"),
            constraint: field("n"),
            statement: statement
        )
    }
}
