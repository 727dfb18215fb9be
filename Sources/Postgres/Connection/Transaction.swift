/// One transaction; valid inside the closure it is handed to and nowhere else.
///
/// ``execute(_:)`` queues a write; queued writes travel with the next read, or with COMMIT, in one round trip. So an
/// error of a write shows at the next read or at the end of the closure, never later.
public final class Transaction {
    private enum Phase {
        case fresh
        case begun
        case failed(PostgresError)
        case over
    }

    /// Queued writes are sent on before they take more memory than this.
    private static let queueLimit = (statements: 512, bytes: 1 << 20)

    private let connection: PostgresConnection
    private let kind: TransactionKind
    private var phase = Phase.fresh
    private var queue: [Step] = []
    private var queuedBytes = 0
    private var cursors = 0

    init(on connection: PostgresConnection, _ kind: TransactionKind) {
        self.connection = connection
        self.kind = kind
    }

    /// Queues a statement whose result nobody needs.
    /// - Throws: ``PostgresError/transactionOver`` outside the closure; a bad interpolated name; the error of an
    ///   earlier statement when the queue had to be sent.
    public func execute(_ sql: SQL) async throws(PostgresError) {
        let step = try Step(sql)
        try checkUsable()
        queue.append(step)
        queuedBytes += step.size
        if queue.count >= Self.queueLimit.statements || queuedBytes >= Self.queueLimit.bytes {
            _ = try await send([])
        }
    }

    /// Sends what is queued and this statement, and returns its rows.
    public func query(_ sql: SQL) async throws(PostgresError) -> [Row] {
        try await send([Step(sql)])[0].rows
    }

    /// Sends what is queued and this statement, and returns its first row.
    public func first(_ sql: SQL) async throws(PostgresError) -> Row? {
        try await send([Step(sql)])[0].first
    }

    /// Sends what is queued and this statement, and returns the number of rows it concerned.
    public func affected(_ sql: SQL) async throws(PostgresError) -> Int {
        try await send([Step(sql)])[0].affectedRows
    }

    /// Sends what is queued and all these statements in one round trip, and returns what each gave.
    public func pipeline(_ statements: [SQL]) async throws(PostgresError) -> [PostgresResult] {
        var steps: [Step] = []
        for sql in statements { steps.append(try Step(sql)) }
        return try await send(steps)
    }

    /// Sends what is queued and waits for its outcome.
    public func flush() async throws(PostgresError) {
        if !queue.isEmpty { _ = try await send([]) }
    }

    /// Rows of a statement of any length, a chunk at a time: memory stays constant.
    ///
    /// May be left early, and other statements may run between two rows.
    public func stream(_ sql: SQL, chunk: Int = 512) throws(PostgresError) -> RowStream {
        cursors += 1
        return RowStream(transaction: self, cursor: "rows_\(cursors)", sql: sql, chunk: max(chunk, 1))
    }

    /// Sends what is queued, then the steps.
    func send(_ steps: [Step]) async throws(PostgresError) -> [PostgresResult] {
        try checkUsable()
        var all: [Step] = []
        if case .fresh = phase { all.append(Step.begin(kind)) }
        all += queue
        let skipped = all.count
        all += steps
        queue = []
        queuedBytes = 0
        phase = .begun
        do {
            return Array(try await connection.perform(all).dropFirst(skipped))
        } catch {
            phase = .failed(error)
            throw error
        }
    }

    /// The connection, for commands that cannot travel in a pipeline; what is queued has been sent.
    func connectionForCopy() async throws(PostgresError) -> PostgresConnection {
        _ = try await send([])
        return connection
    }

    /// Notes that a command outside the pipeline failed.
    func fail(_ error: PostgresError) {
        phase = .failed(error)
    }

    func commit() async throws(PostgresError) {
        if case .failed(let error) = phase { throw error }
        // Nothing was sent and nothing waits: there is no transaction to end.
        if case .fresh = phase, queue.isEmpty {
            phase = .over
            return
        }
        _ = try await send([Step.commit(isDurable: kind.writes)])
        phase = .over
    }

    func rollBack() async {
        phase = .over
        queue = []
        await connection.rollBack()
    }

    private func checkUsable() throws(PostgresError) {
        switch phase {
        case .fresh, .begun: return
        case .failed: throw .transactionFailed
        case .over: throw .transactionOver
        }
    }
}
