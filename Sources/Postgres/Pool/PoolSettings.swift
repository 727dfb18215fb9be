/// How many sessions a pool keeps and for how long.
public struct PoolSettings: Sendable, Hashable {
    /// Most sessions open at a time.
    ///
    /// Default 3.
    public var maximumConnections: Int

    /// Longest wait for a session before ``PostgresError/poolTimeout``.
    ///
    /// Default 2 s.
    public var waitLimit: Duration

    /// A session unused for so long is closed.
    ///
    /// Default 60 s.
    public var idleLimit: Duration

    /// A session this old is closed when it comes back: a session's memory at the server grows with the tables it has
    /// seen.
    ///
    /// Default 30 min.
    public var ageLimit: Duration

    /// Settings with the defaults named above.
    public init(
        maximumConnections: Int = 3,
        waitLimit: Duration = .seconds(2),
        idleLimit: Duration = .seconds(60),
        ageLimit: Duration = .seconds(1800)
    ) {
        self.maximumConnections = max(maximumConnections, 1)
        self.waitLimit = waitLimit
        self.idleLimit = idleLimit
        self.ageLimit = ageLimit
    }
}

/// How a pool stands at an instant.
public struct PoolMetrics: Sendable, Hashable {
    /// Sessions lent out.
    public var inUse = 0

    /// Sessions open and free.
    public var idle = 0

    /// Sessions being opened.
    public var opening = 0

    /// Callers waiting for a session.
    public var waiting = 0

    /// Most sessions allowed.
    public var maximum = 0
}
