import Configuration
import Foundation
import Logging
import Postgres
import PostgresServer
import Storage

/// Where this deployment keeps things and how its database is reached, read from the environment and the command line.
struct Deployment: Sendable {
    /// Directory of the hub's own database, photos and secret.
    let data: URL
    /// A server of the operator's own, from HUB_DATABASE_URL; nil: the program keeps its own below ``data``.
    let external: ConnectionSettings?
    /// Folder of departments' files, from HUB_CONNECTORS; by default below ``data``.
    let connectors: URL
    /// What every role's password is derived from.
    let secret: DeploymentSecret
    /// Names of the roles.
    let roles: RoleNames
    /// Sizes of the pools.
    let limits: SessionLimits

    init(_ options: DeploymentOptions) throws {
        let reader = ConfigReader(provider: EnvironmentVariablesProvider())
        data = try options.data
        connectors =
            reader.string(forKey: "hub.connectors").map {
                URL(fileURLWithPath: $0, isDirectory: true).standardizedFileURL
            }
            ?? data.appendingPathComponent("connectors", isDirectory: true)
        external = try reader.string(forKey: "hub.database.url", isSecret: true).map { try ConnectionSettings(uri: $0) }
        roles = try RoleNames(prefix: reader.string(forKey: "hub.role.prefix") ?? "hub311")
        if let text = reader.string(forKey: "hub.secret", isSecret: true) {
            secret = try DeploymentSecret(text)
        } else {
            secret = try SecretFile(data.appendingPathComponent("secret")).readOrMake()
        }
        var limits = SessionLimits()
        limits.perTenant = reader.int(forKey: "hub.pool.tenant") ?? limits.perTenant
        limits.hub = reader.int(forKey: "hub.pool.hub") ?? limits.hub
        limits.all = reader.int(forKey: "hub.pool.all") ?? limits.all
        self.limits = limits
    }

    /// Settings of the server this program keeps itself.
    var embedded: ServerSettings {
        ServerSettings(directory: data.appendingPathComponent("database").path)
    }

    /// Photos as files.
    var photos: URL { data.appendingPathComponent("photos", isDirectory: true) }

    /// Compiled boundary indexes, kept for the next start.
    var indexes: URL { data.appendingPathComponent("index", isDirectory: true) }

    /// Settings for serving and for administration over a server that answers.
    func database(at address: ServerAddress?) throws -> (administrator: ConnectionSettings, settings: DatabaseSettings)
    {
        let administrator: ConnectionSettings
        if let external {
            administrator = external
        } else if let address {
            administrator = ConnectionSettings(
                host: address.socketDirectory,
                port: address.port,
                database: "hub311",
                user: address.superuser,
                password: address.password,
                tls: .disable
            )
        } else {
            throw DatabaseAway(data: data)
        }
        let settings = DatabaseSettings(server: administrator, roles: roles, secret: secret, limits: limits)
        return (administrator, settings)
    }
}

/// There is no database to work with.
struct DatabaseAway: Error, CustomStringConvertible {
    let data: URL

    var description: String {
        "no database: neither HUB_DATABASE_URL is set nor does a hub run over \(data.path); start one with hub311 serve"
    }
}
