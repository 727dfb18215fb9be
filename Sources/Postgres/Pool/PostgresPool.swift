import Synchronization

/// Sessions of one role in one database, lent to one caller at a time.
///
/// A session goes back to the next caller only when it is open and in no transaction; any other is closed. Waiting is
/// in order of arrival and limited in time. Not an actor: the books of all pools under a cap change together, in
/// critical sections of some hundred nanoseconds (see `PoolLedger`), so that a place can move between pools.
public final class PostgresPool: Sendable, Identifiable {
    /// Tells pools apart.
    public struct ID: Sendable, Hashable {
        let number: Int
    }

    private static let lastNumber = Atomic(0)

    /// Number of this pool in the process.
    public let id: ID

    /// Where and as whom its sessions are opened.
    public let connection: ConnectionSettings

    /// Sizes and limits.
    public let settings: PoolSettings

    private let cap: ConnectionCap

    /// - Parameter cap: shared with other pools; without one only the pool's own maximum counts.
    public init(_ connection: ConnectionSettings, settings: PoolSettings = PoolSettings(), cap: ConnectionCap? = nil) {
        let id = ID(number: Self.lastNumber.add(1, ordering: .relaxed).newValue)
        self.id = id
        self.connection = connection
        self.settings = settings
        self.cap = cap ?? ConnectionCap(limit: settings.maximumConnections)
        self.cap.update { $0.books[id] = PoolLedger.Book(settings: settings) }
    }

    deinit {
        // The sessions close themselves when the last reference goes.
        _ = cap.update { $0.close(id) }
    }

    /// Lends a session for the time of the closure.
    /// - Throws: ``PostgresError/poolTimeout``, ``PostgresError/connectionFailed(reason:)`` and others before the
    ///   closure runs; then what the closure throws.
    public func withConnection<Value>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let session = try await lease()
        do {
            let value = try await body(session.connection)
            await giveBack(session)
            return value
        } catch {
            await giveBack(session)
            throw error
        }
    }

    /// Runs the closure as one transaction on a lent session.
    public func withTransaction<Value>(
        _ kind: TransactionKind = .readWrite,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in
            try await connection.withTransaction(kind, body)
        }
    }

    /// How the pool stands now.
    public var metrics: PoolMetrics {
        cap.update { ledger in
            let book = ledger.books[id]
            return PoolMetrics(
                inUse: book?.inUse ?? 0,
                idle: book?.idle.count ?? 0,
                opening: book?.opening ?? 0,
                waiting: ledger.waiters.count { $0.pool == id },
                maximum: settings.maximumConnections
            )
        }
    }

    /// Refuses new callers, fails those waiting, closes what is idle; what is lent out is closed when it comes back.
    public func close() async {
        for session in cap.update({ $0.close(id) }) { await session.connection.close() }
    }

    /// Closes what has been idle too long, here and in the pools under the same cap.
    public func reap() async {
        await cap.reap()
    }

    /// Closes idle sessions every few seconds until the task is cancelled.
    ///
    /// One runner per cap is enough.
    public func run() async {
        await cap.run()
    }

    private func lease() async throws(PostgresError) -> PooledSession {
        while true {
            switch await place() {
            case .session(let session):
                if await session.connection.isReusable { return session }
                // The server hung up while it lay idle: closed, and another try.
                await discard(session)
            case .mayOpen(let other):
                if let other { await other.connection.close() }
                return try await open()
            case .failed(let error):
                throw error
            }
        }
    }

    /// A session or the right to open one, at once or after waiting in line.
    private func place() async -> PoolWaiter.Outcome {
        let waiter = PoolWaiter(pool: id, since: .now)
        let outcome = cap.update { ledger in
            let outcome = ledger.take(for: id)
            if outcome == nil { ledger.waiters.append(waiter) }
            return outcome
        }
        if let outcome { return outcome }
        let alarm = Readiness.shared.alarm(at: waiter.since.advanced(by: settings.waitLimit)) {
            waiter.outcome.resolve(.failed(.poolTimeout))
        }
        let result = await withTaskCancellationHandler {
            await waiter.outcome.value()
        } onCancel: {
            waiter.outcome.resolve(.failed(.cancelled))
        }
        Readiness.shared.withdraw(alarm)
        cap.update { $0.leave(waiter) }
        return result
    }

    private func open() async throws(PostgresError) -> PooledSession {
        do {
            let opened = try await PostgresConnection.connect(connection)
            cap.update { $0.opened(by: id) }
            return PooledSession(connection: opened, openedAt: .now, idleSince: .now)
        } catch {
            cap.update { $0.openingFailed(by: id) }
            throw error
        }
    }

    private func giveBack(_ session: PooledSession) async {
        let isReusable = await session.connection.isIdle
        let over = cap.update { $0.giveBack(session, to: id, isReusable: isReusable, now: .now) }
        if let over { await over.connection.close() }
    }

    private func discard(_ session: PooledSession) async {
        _ = cap.update { $0.giveBack(session, to: id, isReusable: false, now: .now) }
        await session.connection.close()
    }
}
