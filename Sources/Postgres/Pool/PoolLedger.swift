/// The books of all pools under one cap: who has how many sessions, who waits, who is next.
///
/// A plain value without clock, lock or I/O; every function is one short critical section of the cap. Rules:
/// - A returned session goes to the first waiter of its own pool, unless a waiter of another pool that needs the place
///   is older and has waited longer than `patience`; then the session is closed and its place goes there.
/// - A waiter whose pool has room gets a free place, or the place of the session idle for longest anywhere.
/// - Waiters are served in the order they came, over all pools.
struct PoolLedger {
    struct Book {
        var settings: PoolSettings
        /// Least recently used first.
        var idle: [PooledSession] = []
        var inUse = 0
        var opening = 0
        var isClosed = false

        var total: Int {
            idle.count + inUse + opening
        }

        var hasRoom: Bool {
            !isClosed && total < settings.maximumConnections
        }
    }

    let limit: Int
    let patience: Duration
    var used = 0
    var books: [PostgresPool.ID: Book] = [:]
    var waiters: [PoolWaiter] = []

    /// A session or a place at once, or nil: the caller has to wait.
    mutating func take(for pool: PostgresPool.ID) -> PoolWaiter.Outcome? {
        guard let book = books[pool], !book.isClosed else { return .failed(.poolClosed) }
        guard !waiters.contains(where: { $0.pool == pool }) else { return nil }
        if let session = books[pool]?.idle.popLast() {
            books[pool]?.inUse += 1
            return .session(session)
        }
        guard book.hasRoom else { return nil }
        if used < limit {
            used += 1
            books[pool]?.opening += 1
            return .mayOpen(instead: nil)
        }
        guard let victim = takeOldestIdle() else { return nil }
        books[pool]?.opening += 1
        return .mayOpen(instead: victim)
    }

    /// The opening succeeded.
    mutating func opened(by pool: PostgresPool.ID) {
        books[pool]?.opening -= 1
        books[pool]?.inUse += 1
    }

    /// The opening failed: the place is free again.
    mutating func openingFailed(by pool: PostgresPool.ID) {
        books[pool]?.opening -= 1
        releasePlace()
    }

    /// A session comes back.
    ///
    /// Returns it when it is to be closed.
    mutating func giveBack(
        _ session: PooledSession,
        to pool: PostgresPool.ID,
        isReusable: Bool,
        now: ContinuousClock.Instant
    ) -> PooledSession? {
        books[pool]?.inUse -= 1
        guard let book = books[pool], isReusable, !book.isClosed, !session.isPast(book.settings, at: now) else {
            forgetIfOver(pool)
            releasePlace()
            return session
        }
        while let own = waiters.firstIndex(where: { $0.pool == pool }) {
            if let other = impatientWaiter(before: own, than: pool, now: now) {
                return grantPlace(to: other) ? session : giveOn(session, pool)
            }
            let waiter = waiters.remove(at: own)
            books[pool]?.inUse += 1
            if waiter.outcome.resolve(.session(session)) { return nil }
            books[pool]?.inUse -= 1
        }
        return giveOn(session, pool, now: now)
    }

    /// Withdraws a waiter that gave up.
    mutating func leave(_ waiter: PoolWaiter) {
        waiters.removeAll { $0 === waiter }
    }

    /// Takes out what has been idle too long.
    mutating func reap(_ now: ContinuousClock.Instant) -> [PooledSession] {
        var over: [PooledSession] = []
        for (id, book) in books {
            let expired = book.idle.filter {
                $0.idleSince.duration(to: now) >= book.settings.idleLimit || $0.isPast(book.settings, at: now)
            }
            guard !expired.isEmpty else { continue }
            books[id]?.idle.removeAll { session in expired.contains { $0.connection === session.connection } }
            over += expired
        }
        for _ in over { releasePlace() }
        return over
    }

    /// Closes a pool: its waiters fail, its idle sessions are returned to be closed.
    mutating func close(_ pool: PostgresPool.ID) -> [PooledSession] {
        guard let book = books[pool] else { return [] }
        books[pool]?.isClosed = true
        books[pool]?.idle = []
        let leaving = waiters.filter { $0.pool == pool }
        waiters.removeAll { $0.pool == pool }
        for waiter in leaving { waiter.outcome.resolve(.failed(.poolClosed)) }
        forgetIfOver(pool)
        for _ in book.idle { releasePlace() }
        return book.idle
    }

    private mutating func forgetIfOver(_ pool: PostgresPool.ID) {
        if let book = books[pool], book.isClosed, book.total == 0 { books[pool] = nil }
    }

    /// Nobody of the own pool waits: somebody else who needs the place, or the shelf.
    private mutating func giveOn(
        _ session: PooledSession,
        _ pool: PostgresPool.ID,
        now: ContinuousClock.Instant? = nil
    ) -> PooledSession? {
        if used >= limit {
            while let next = waiters.first(where: { $0.pool != pool && books[$0.pool]?.hasRoom == true }) {
                if grantPlace(to: next) { return session }
            }
        }
        var idle = session
        idle.idleSince = now ?? ContinuousClock.now
        books[pool]?.idle.append(idle)
        return nil
    }

    private func impatientWaiter(
        before own: Int,
        than pool: PostgresPool.ID,
        now: ContinuousClock.Instant
    ) -> PoolWaiter? {
        guard used >= limit else { return nil }
        return waiters[..<own].first { waiter in
            waiter.pool != pool && books[waiter.pool]?.hasRoom == true && waiter.since.duration(to: now) >= patience
        }
    }

    /// Hands on a place already counted in `used`.
    ///
    /// False when the waiter had given up.
    private mutating func grantPlace(to waiter: PoolWaiter) -> Bool {
        leave(waiter)
        books[waiter.pool]?.opening += 1
        if waiter.outcome.resolve(.mayOpen(instead: nil)) { return true }
        books[waiter.pool]?.opening -= 1
        return false
    }

    /// A place is free: the first waiter whose pool has room gets it.
    private mutating func releasePlace() {
        while let next = waiters.first(where: { books[$0.pool]?.hasRoom == true }) {
            if grantPlace(to: next) { return }
        }
        used -= 1
    }

    private mutating func takeOldestIdle() -> PooledSession? {
        let oldest = books.min { left, right in
            guard let first = left.value.idle.first else { return false }
            guard let second = right.value.idle.first else { return true }
            return first.idleSince < second.idleSince
        }
        guard let oldest, !oldest.value.idle.isEmpty else { return nil }
        let session = books[oldest.key]?.idle.removeFirst()
        forgetIfOver(oldest.key)
        return session
    }
}
