import Synchronization

/// The most sessions all pools together may have open, shared out fairly.
///
/// Keep it below the server's `max_connections` less its reserved ones.
public final class ConnectionCap: Sendable {
    /// Most sessions at a time.
    public let limit: Int

    private let ledger: Mutex<PoolLedger>

    /// - Parameters:
    ///   - limit: most sessions at a time over all pools.
    ///   - patience: how long a caller of one pool waits before another pool's returned session is closed for it.
    public init(limit: Int, patience: Duration = .milliseconds(250)) {
        self.limit = max(limit, 1)
        self.ledger = Mutex(PoolLedger(limit: max(limit, 1), patience: patience))
    }

    /// Sessions open or being opened, over all pools.
    public var used: Int {
        ledger.withLock { $0.used }
    }

    /// Callers waiting, over all pools.
    public var waiting: Int {
        ledger.withLock { $0.waiters.count }
    }

    /// Closes what has been idle for longer than its pool allows; all pools of the cap.
    public func reap() async {
        let over = update { $0.reap(.now) }
        for session in over { await session.connection.close() }
    }

    /// Closes idle sessions every few seconds until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(5))
            await reap()
        }
    }

    func update<Value: Sendable>(_ change: (inout sending PoolLedger) -> sending Value) -> Value {
        ledger.withLock { change(&$0) }
    }
}
