public import Postgres

/// Where the database is, under which names its roles go, and how many sessions may be open.
public struct DatabaseSettings: Sendable {
    /// Server, database and protection of the way; user and password in it are not used.
    public var server: ConnectionSettings

    /// Names of the roles.
    public var roles: RoleNames

    /// What the roles' passwords are derived from.
    public var secret: DeploymentSecret

    /// How many sessions may be open, and for how long.
    public var limits: SessionLimits

    /// Settings of one deployment.
    public init(
        server: ConnectionSettings,
        roles: RoleNames,
        secret: DeploymentSecret,
        limits: SessionLimits = SessionLimits()
    ) {
        self.server = server
        self.roles = roles
        self.secret = secret
        self.limits = limits
    }

    /// How a role logs in.
    func login(as role: String) -> ConnectionSettings {
        server.with(user: role, password: secret.password(of: role))
    }
}

/// How many sessions the service may have open with the database.
public struct SessionLimits: Sendable, Hashable {
    /// Most sessions of one tenant.
    ///
    /// Default 3.
    public var perTenant: Int

    /// Most sessions for the hub's own tables.
    ///
    /// Default 6.
    public var hub: Int

    /// Most sessions altogether; keep it below the server's `max_connections` less a reserve.
    ///
    /// Default 60.
    public var all: Int

    /// Longest wait for a session before ``StorageError/overloaded``.
    ///
    /// Default 1.5 s.
    public var wait: Duration

    /// A session unused for so long is closed.
    ///
    /// Default 60 s.
    public var idle: Duration

    /// A session this old is closed when it comes back.
    ///
    /// Default 30 min.
    public var age: Duration

    /// Limits with the defaults named above.
    public init(
        perTenant: Int = 3,
        hub: Int = 6,
        all: Int = 60,
        wait: Duration = .milliseconds(1500),
        idle: Duration = .seconds(60),
        age: Duration = .seconds(1800)
    ) {
        self.perTenant = perTenant
        self.hub = hub
        self.all = all
        self.wait = wait
        self.idle = idle
        self.age = age
    }

    func pool(_ most: Int) -> PoolSettings {
        PoolSettings(maximumConnections: most, waitLimit: wait, idleLimit: idle, ageLimit: age)
    }
}
