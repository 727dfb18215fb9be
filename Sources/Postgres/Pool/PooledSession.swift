/// A session the pool owns, with its age.
struct PooledSession: Sendable {
    let connection: PostgresConnection
    let openedAt: ContinuousClock.Instant
    var idleSince: ContinuousClock.Instant

    func isPast(_ settings: PoolSettings, at now: ContinuousClock.Instant) -> Bool {
        openedAt.duration(to: now) >= settings.ageLimit
    }
}

/// Somebody in the queue for a session of one pool.
final class PoolWaiter: Sendable {
    /// What comes of waiting.
    enum Outcome: Sendable {
        /// A session, ready.
        case session(PooledSession)
        /// The right to open one, after closing this one of another pool.
        case mayOpen(instead: PooledSession?)
        case failed(PostgresError)
    }

    let pool: PostgresPool.ID
    let since: ContinuousClock.Instant
    let outcome = OneShot<Outcome>()

    init(pool: PostgresPool.ID, since: ContinuousClock.Instant) {
        self.pool = pool
        self.since = since
    }
}
