/// How the hub reaches its mail server.
public struct SMTPSettings: Sendable, Hashable {
    /// How the connection is protected.
    public enum Security: String, Sendable, Hashable, CaseIterable {
        /// TLS from the first byte (port 465).
        case tls
        /// `STARTTLS`, and nothing is sent without it (port 587 or 25).
        case startTLS = "starttls"
        /// `STARTTLS` where the server offers it; for a relay that takes whatever comes.
        case opportunistic
        /// Plain text; only for a relay on the same machine.
        case none
    }

    /// Host name or address of the server.
    public var host: String
    /// Port.
    public var port: Int
    /// Name to log in with; nil for a relay that asks for none.
    public var user: String?
    /// Password to log in with.
    public var password: String?
    /// Protection of the connection.
    public var security: Security
    /// File with the certificates to trust instead of the system's, PEM; nil: the system's.
    public var authorities: String?
    /// Name this hub greets with (EHLO); nil: the host name of the machine.
    public var greeting: String?
    /// Seconds for connecting.
    public var connectSeconds: Int
    /// Seconds for one mail from beginning to end; well under the lease of an outbox row.
    public var mailSeconds: Int
    /// Connections at once, each on a thread of its own.
    public var connections: Int

    /// Settings; the port follows from the protection unless it is given.
    public init(
        host: String,
        port: Int? = nil,
        user: String? = nil,
        password: String? = nil,
        security: Security = .startTLS,
        authorities: String? = nil,
        greeting: String? = nil,
        connectSeconds: Int = 10,
        mailSeconds: Int = 15,
        connections: Int = 8
    ) {
        self.host = host
        self.port = port ?? (security == .tls ? 465 : security == .none ? 25 : 587)
        self.user = user
        self.password = password
        self.security = security
        self.authorities = authorities
        self.greeting = greeting
        self.connectSeconds = connectSeconds
        self.mailSeconds = mailSeconds
        self.connections = connections
    }
}
