/// Where a database is and as whom to enter it.
public struct ConnectionSettings: Sendable, Hashable {
    /// How far the way to the server is protected (libpq's `sslmode`).
    public enum TLS: String, Sendable, Hashable, CaseIterable {
        /// Never encrypted; right for a Unix socket.
        case disable
        /// Encrypted when the server offers it; protects from nobody who can change packets.
        case prefer
        /// Encrypted, certificate not checked.
        case require
        /// Encrypted, certificate signed by the root.
        case verifyCA = "verify-ca"
        /// Encrypted, certificate signed by the root and made out to the host.
        case verifyFull = "verify-full"
    }

    /// Host name or address; a path beginning with `/` is the directory of a Unix socket.
    public var host: String

    /// Port; for a Unix socket the number in its file name.
    ///
    /// Default 5432.
    public var port: Int

    /// Database.
    public var database: String

    /// Role to log in as.
    public var user: String

    /// Password; nil when the server asks for none.
    public var password: String?

    /// Protection of the way.
    ///
    /// Default `prefer`.
    public var tls: TLS

    /// File with the certificates trusted as roots; nil for libpq's default (`~/.postgresql/root.crt`).
    public var tlsRootCertificate: String?

    /// Name shown in `pg_stat_activity`.
    ///
    /// Default `hub311`.
    public var applicationName: String

    /// Time allowed for connecting, in seconds; at least 2.
    ///
    /// Default 5.
    public var connectSeconds: Int

    /// Time allowed for one statement, in milliseconds; 0 for no limit beyond the role's own.
    ///
    /// Default 0.
    public var statementMilliseconds: Int

    /// Server parameters set when the session starts, such as `search_path`.
    public var parameters: [String: String]

    /// Settings with the defaults named above.
    public init(
        host: String,
        port: Int = 5432,
        database: String,
        user: String,
        password: String? = nil,
        tls: TLS = .prefer,
        tlsRootCertificate: String? = nil,
        applicationName: String = "hub311",
        connectSeconds: Int = 5,
        statementMilliseconds: Int = 0,
        parameters: [String: String] = [:]
    ) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.password = password
        self.tls = tls
        self.tlsRootCertificate = tlsRootCertificate
        self.applicationName = applicationName
        self.connectSeconds = connectSeconds
        self.statementMilliseconds = statementMilliseconds
        self.parameters = parameters
    }

    /// The same place for another role.
    public func with(user: String, password: String?) -> ConnectionSettings {
        var copy = self
        copy.user = user
        copy.password = password
        return copy
    }

    /// The same place, another database of it.
    public func with(database: String) -> ConnectionSettings {
        var copy = self
        copy.database = database
        return copy
    }

    /// libpq's keywords and values (PostgreSQL documentation, 34.1.2 "Parameter Key Words").
    var keywords: [(String, String)] {
        var pairs = [
            ("host", host),
            ("port", String(port)),
            ("dbname", database),
            ("user", user),
            ("sslmode", tls.rawValue),
            ("application_name", applicationName),
            ("connect_timeout", String(max(connectSeconds, 2))),
            ("client_encoding", "UTF8"),
            ("gssencmode", "disable"),
        ]
        if let password { pairs.append(("password", password)) }
        if let tlsRootCertificate { pairs.append(("sslrootcert", tlsRootCertificate)) }
        var all = parameters
        if statementMilliseconds > 0 { all["statement_timeout"] = String(statementMilliseconds) }
        // Blanks separate options, a backslash keeps one inside (PostgreSQL documentation, 34.1.2, "options").
        let options = all.sorted { $0.key < $1.key }.map { name, value in
            let escaped = value.map { $0 == " " || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
            return "-c \(name)=\(escaped)"
        }
        if !options.isEmpty { pairs.append(("options", options.joined(separator: " "))) }
        return pairs
    }
}

extension ConnectionSettings: CustomStringConvertible, CustomDebugStringConvertible {
    /// Role, host, port and database; never the password.
    public var description: String {
        "\(user)@\(host):\(port)/\(database)"
    }

    /// Role, host, port and database; never the password.
    public var debugDescription: String {
        description
    }
}

extension ConnectionSettings {
    /// Reads a connection URI (`postgresql://user:password@host:port/database?sslmode=verify-full`).
    ///
    /// Parameters known: `sslmode`, `sslrootcert`, `host` (socket directory), `application_name`, `connect_timeout`.
    /// - Throws: ``PostgresError/connectionFailed(reason:)`` naming the part that is wrong, never the password.
    public init(uri: String) throws(PostgresError) {
        self = try ConnectionURI.read(uri)
    }
}
