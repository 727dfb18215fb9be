/// What an embedded server needs to know.
public struct ServerSettings: Sendable, Hashable {
    /// Directory that holds everything of the server: `cluster/`, the superuser's password, the log of the start.
    public var directory: String

    /// Directory with `initdb`, `pg_ctl` and `postgres`; nil looks in Debian's place and then in ``searchPath``.
    public var binaries: String?

    /// Directories to look for the programs in when Debian's place has none; the deployment passes its PATH.
    public var searchPath: [String]

    /// Directory of the Unix socket; nil for `directory/socket`, or a short one in `/tmp` when that is too long.
    public var socketDirectory: String?

    /// Number in the socket's file name.
    ///
    /// Default 5432.
    public var port: Int

    /// User the server runs as when this program is root, which PostgreSQL refuses to be.
    ///
    /// Default `postgres`.
    public var systemUser: String

    /// Name of the database superuser.
    ///
    /// Default `postgres`.
    public var superuser: String

    /// Most sessions.
    ///
    /// Default 200.
    public var maximumConnections: Int

    /// Memory for shared buffers, in MiB.
    ///
    /// Default 256.
    public var sharedBuffers: Int

    /// False risks the data at a power cut; for tests.
    ///
    /// Default true.
    public var isDurable: Bool

    /// True when other processes start and use the same server, which nobody then may stop; for tests.
    ///
    /// Default false: a second program over the same directory is refused.
    public var isShared: Bool

    /// Settings with the defaults named above.
    public init(
        directory: String,
        binaries: String? = nil,
        searchPath: [String] = ["/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"],
        socketDirectory: String? = nil,
        port: Int = 5432,
        systemUser: String = "postgres",
        superuser: String = "postgres",
        maximumConnections: Int = 200,
        sharedBuffers: Int = 256,
        isDurable: Bool = true,
        isShared: Bool = false
    ) {
        self.directory = directory
        self.binaries = binaries
        self.searchPath = searchPath
        self.socketDirectory = socketDirectory
        self.port = port
        self.systemUser = systemUser
        self.superuser = superuser
        self.maximumConnections = maximumConnections
        self.sharedBuffers = sharedBuffers
        self.isDurable = isDurable
        self.isShared = isShared
    }
}

/// Where a running server is reached, and the superuser's way in.
public struct ServerAddress: Sendable, Hashable {
    /// Directory of the Unix socket.
    public let socketDirectory: String

    /// Number in the socket's file name.
    public let port: Int

    /// Name of the database superuser.
    public let superuser: String

    /// Password of the superuser.
    public let password: String
}

extension ServerAddress: CustomStringConvertible, CustomDebugStringConvertible {
    /// Place without the password.
    public var description: String {
        "\(superuser)@\(socketDirectory):\(port)"
    }

    /// Place without the password.
    public var debugDescription: String {
        description
    }
}
