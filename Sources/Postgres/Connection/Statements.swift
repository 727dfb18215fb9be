extension PostgresConnection {
    /// Sends one statement on its own and returns its rows.
    /// - Throws: ``PostgresError``; the connection stays usable unless the error says it was lost.
    @discardableResult
    public func query(_ sql: SQL) async throws(PostgresError) -> [Row] {
        try await perform([Step(sql)])[0].rows
    }

    /// Sends one statement on its own and returns its first row.
    public func first(_ sql: SQL) async throws(PostgresError) -> Row? {
        try await perform([Step(sql)])[0].first
    }

    /// Sends one statement on its own and returns the number of rows it concerned.
    @discardableResult
    public func execute(_ sql: SQL) async throws(PostgresError) -> Int {
        try await perform([Step(sql)])[0].affectedRows
    }

    /// BEGIN, the statements and COMMIT in one round trip; all or nothing.
    /// - Throws: the first failure, after ROLLBACK.
    @discardableResult
    public func runTransaction(_ statements: [SQL]) async throws(PostgresError) -> [PostgresResult] {
        var steps = [Step(command: "BEGIN")]
        for sql in statements { steps.append(try Step(sql)) }
        steps.append(Step(command: "COMMIT", isCommit: true))
        do {
            let results = try await perform(steps)
            return Array(results.dropFirst().dropLast())
        } catch {
            await rollBack()
            throw error
        }
    }

    /// Runs the statements of a closure as one transaction: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// Writes wait and travel with the next read or with COMMIT; a closure that only writes costs one round trip.
    /// - Throws: what the closure throws, or the ``PostgresError`` of a statement that waited, or of COMMIT.
    public nonisolated func withTransaction<Value>(
        _ kind: TransactionKind = .readWrite,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        let transaction = Transaction(on: self, kind)
        do {
            let value = try await body(transaction)
            try await transaction.commit()
            return value
        } catch {
            await transaction.rollBack()
            throw error
        }
    }

    /// Ends whatever transaction is open, also in a cancelled task; a session on which that fails is closed.
    func rollBack() async {
        guard isInTransaction else { return }
        do {
            _ = try await perform([Step(command: "ROLLBACK")], heedsCancellation: false)
        } catch {
            close()
        }
    }

    /// Sends statements as one pipeline and collects what each gave.
    func perform(_ steps: [Step], heedsCancellation: Bool = true) async throws(PostgresError) -> [PostgresResult] {
        do {
            return try await pipeline(steps, heedsCancellation: heedsCancellation)
        } catch {
            throw error.error
        }
    }
}
