import Foundation

/// Reads libpq's form of a connection URI (PostgreSQL documentation, 34.1.1.2).
enum ConnectionURI {
    static func read(_ text: String) throws(PostgresError) -> ConnectionSettings {
        guard let parts = URLComponents(string: text), ["postgres", "postgresql"].contains(parts.scheme) else {
            throw .connectionFailed(reason: "the database URL does not begin with postgresql://")
        }
        guard let user = parts.user, !user.isEmpty else {
            throw .connectionFailed(reason: "the database URL names no user")
        }
        let database = String(parts.path.drop { $0 == "/" })
        var settings = ConnectionSettings(
            host: parts.host?.removingPercentEncoding ?? "",
            port: parts.port ?? 5432,
            database: database.isEmpty ? user : database,
            user: user,
            password: parts.password
        )
        for item in parts.queryItems ?? [] {
            try apply(item.name, item.value ?? "", to: &settings)
        }
        if settings.host.isEmpty { settings.host = "/var/run/postgresql" }
        return settings
    }

    private static func apply(
        _ name: String,
        _ value: String,
        to settings: inout ConnectionSettings
    ) throws(PostgresError) {
        switch name {
        case "sslmode":
            guard let mode = ConnectionSettings.TLS(rawValue: value) else {
                let known = ConnectionSettings.TLS.allCases.map(\.rawValue).joined(separator: ", ")
                throw .connectionFailed(reason: "sslmode in the database URL is none of \(known)")
            }
            settings.tls = mode
        case "sslrootcert": settings.tlsRootCertificate = value
        case "host": settings.host = value
        case "application_name": settings.applicationName = value
        case "connect_timeout":
            guard let seconds = Int(value), seconds > 0 else {
                throw .connectionFailed(reason: "connect_timeout in the database URL is no number of seconds")
            }
            settings.connectSeconds = seconds
        default:
            throw .connectionFailed(reason: "parameter \(name) in the database URL is not known")
        }
    }
}
