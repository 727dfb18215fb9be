/// Rows of a long result, fetched a chunk at a time through a cursor of the server.
///
/// A cursor rather than libpq's single-row mode: other statements of the transaction may run in between, leaving
/// early costs nothing, and a chunk is one result instead of one per row.
public struct RowStream: AsyncSequence {
    /// A row.
    public typealias Element = Row

    /// What can go wrong.
    public typealias Failure = PostgresError

    let transaction: Transaction
    let cursor: String
    let sql: SQL
    let chunk: Int

    /// Begins at the first row.
    public func makeAsyncIterator() -> Iterator {
        Iterator(stream: self)
    }

    /// Reads one row after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: RowStream
        private var rows: [Row] = []
        private var position = 0
        private var isDeclared = false
        private var isOver = false

        init(stream: RowStream) {
            self.stream = stream
        }

        /// The next row; nil after the last.
        public mutating func next() async throws(PostgresError) -> Row? {
            if position < rows.count {
                position += 1
                return rows[position - 1]
            }
            guard !isOver else { return nil }
            try await fetch()
            guard !rows.isEmpty else { return nil }
            position = 1
            return rows[0]
        }

        /// The next row; nil after the last.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(PostgresError) -> Row? {
            try await next()
        }

        private mutating func fetch() async throws(PostgresError) {
            var steps: [Step] = []
            let name = stream.cursor
            if !isDeclared {
                steps.append(
                    try Step(SQL(programText: "DECLARE \(name) NO SCROLL CURSOR FOR ") + stream.sql, isPrepared: false)
                )
                isDeclared = true
            }
            steps.append(Step(command: "FETCH FORWARD \(stream.chunk) FROM \(name)"))
            let results = try await stream.transaction.send(steps)
            rows = results.last?.rows ?? []
            if rows.count < stream.chunk {
                isOver = true
                _ = try await stream.transaction.send([Step(command: "CLOSE \(name)")])
            }
        }
    }
}
