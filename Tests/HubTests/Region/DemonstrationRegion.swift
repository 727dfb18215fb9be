import Domain
import Foundation
import Geo
import Hub
import Logging
import Postgres
import Storage
import Tenancy
import TestSupport

/// The demonstration region on a database of its own: this repository's tenants, agreement and boundaries, and a clock that stands.
struct DemonstrationRegion: Sendable {
    let surroundings: Surroundings
    let administration: DatabaseAdministration
    let settings: DatabaseSettings
    let cluster: TestCluster
    let clock: FixedClock
    let folder: URL

    var databases: TenantDatabases { surroundings.databases }

    /// Root of the repository, found from this file.
    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A tenant by its id.
    func tenant(_ id: String) async throws -> HostedTenant {
        guard let tenant = try await surroundings.directory.tenant(JurisdictionID(trusted: id)) else {
            throw Missing(what: "tenant \(id)")
        }
        return tenant
    }

    /// The hub's own jurisdiction.
    func hub() async throws -> HostedTenant { try await surroundings.directory.hub() }

    /// The same region as another process sees it, with nothing in memory yet.
    func restarted() async throws -> DemonstrationRegion {
        let fresh = try Self.surroundings(databases, clock: clock, folder: folder)
        try await RefreshFromDatabase(fresh).once()
        return DemonstrationRegion(
            surroundings: fresh,
            administration: administration,
            settings: settings,
            cluster: cluster,
            clock: clock,
            folder: folder
        )
    }

    /// Puts another version of a tenant's files in force, without the rights of an administrator.
    func put(_ configuration: TenantConfiguration) async throws {
        let digest = try ApplyTenants.digest(of: configuration)
        let now = clock.now
        try await databases.withHub { transaction in
            let jurisdictions = Jurisdictions(transaction)
            try await jurisdictions.putConfiguration(
                of: configuration.tenant.id,
                version: 2,
                digest: digest,
                configuration,
                now: now
            )
        }
        try await RefreshFromDatabase(surroundings).once()
    }

    /// Names systems outside for a tenant.
    func forward(_ id: String, to targets: [ForwardingTarget]) async throws {
        let old = try await tenant(id).configuration
        try await put(
            TenantConfiguration(
                tenant: old.tenant,
                catalogue: old.catalogue,
                calendar: old.calendar,
                forwarding: targets
            )
        )
    }

    /// Runs statements as the superuser, for looking behind the scenes.
    func asSuperuser<Value>(_ body: (PostgresConnection) async throws -> Value) async throws -> Value {
        try await cluster.withSession(cluster.settings(database: settings.server.database), body)
    }

    static func surroundings(_ databases: TenantDatabases, clock: FixedClock, folder: URL) throws -> Surroundings {
        Surroundings(
            settings: HubSettings(
                publicBaseURL: URL(string: "https://311.maplewater.example") ?? folder,
                apiContact: "api@maplewater311.example"
            ),
            databases: databases,
            directory: TenantDirectory(databases: databases),
            geography: Geography(databases: databases),
            agreement: CurrentAgreement(),
            photos: try PhotoStore(directory: folder.appendingPathComponent("photos")),
            connectors: ConnectorSettings(
                secret: { $0.hasPrefix("HUB_SECRET") ? "a-secret-of-the-tests-\($0)" : nil },
                replyKey: Data(repeating: 7, count: 32),
                folder: folder.appendingPathComponent("connectors")
            ),
            now: clock.reader,
            outboxClock: { .fixed(clock.now) },
            log: Logger(label: "hub.tests") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}

/// Something a test counts on is not there.
struct Missing: Error, CustomStringConvertible {
    let what: String
    var description: String { "missing: \(what)" }
}

/// Runs a test with the demonstration region on a copy of a prepared database; the clock begins on a Tuesday morning in June.
func withRegion<Value>(
    at clock: FixedClock = FixedClock(),
    perTenant: Int = 4,
    _ body: (DemonstrationRegion) async throws -> Value
) async throws -> Value {
    let cluster = try await TestCluster.shared()
    let template = try await RegionTemplate.shared()
    return try await cluster.withDatabase(template: template) { database in
        let settings = try RegionTemplate.settings(cluster, database, perTenant: perTenant)
        let databases = TenantDatabases(settings)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hub-tests-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let surroundings = try DemonstrationRegion.surroundings(databases, clock: clock, folder: folder)
            try await RefreshFromDatabase(surroundings).once()
            let value = try await body(
                DemonstrationRegion(
                    surroundings: surroundings,
                    administration: try DatabaseAdministration(administrator: cluster.settings(), settings: settings),
                    settings: settings,
                    cluster: cluster,
                    clock: clock,
                    folder: folder
                )
            )
            await databases.close()
            return value
        } catch {
            await databases.close()
            throw error
        }
    }
}

/// The prepared database that tests copy, made once per process.
enum RegionTemplate {
    private static let making = Task { try await make() }

    static func shared() async throws -> String { try await making.value }

    static func settings(_ cluster: TestCluster, _ database: String, perTenant: Int = 4) throws -> DatabaseSettings {
        DatabaseSettings(
            server: cluster.settings(database: database),
            roles: try RoleNames(prefix: "hubregion"),
            secret: try DeploymentSecret("a secret of the tests, which protects nothing at all"),
            limits: SessionLimits(perTenant: perTenant, wait: .seconds(30))
        )
    }

    private static func make() async throws -> String {
        let cluster = try await TestCluster.shared()
        // Roles belong to the whole server: test processes prepare one after the other.
        return try await cluster.withSession(cluster.settings()) { session in
            try await session.execute("SELECT pg_advisory_lock(311)")
            let database = try await cluster.makeDatabase()
            let settings = try settings(cluster, database)
            let administration = try DatabaseAdministration(administrator: cluster.settings(), settings: settings)
            let now = FixedClock("2026-01-05T14:00:00Z").now
            _ = try await administration.prepare(now: now)
            let databases = TenantDatabases(settings)
            try await fill(databases, administration, now: now)
            await databases.close()
            // Every copy logs in with the same roles; the service allows each a few sessions, tests side by side need more.
            for row in try await session.query("SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'hubregion%'") {
                let role = try row.decode("name", as: String.self)
                try await session.execute("ALTER ROLE \(identifier: role) CONNECTION LIMIT -1")
            }
            return database
        }
    }

    private static func fill(
        _ databases: TenantDatabases,
        _ administration: DatabaseAdministration,
        now: Date
    ) async throws {
        let root = DemonstrationRegion.repository
        let region = RegionFolder.load(root.appendingPathComponent("tenants").path)
        guard region.faults.isEmpty else { throw Missing(what: "tenants without faults: \(region.faults)") }
        try await ApplyTenants(administration: administration, databases: databases)(
            region.tenants,
            agreement: region.agreement,
            by: "test",
            now: now
        ) { _ in }
        let areas = try await BoundaryImport().read(path: root.appendingPathComponent("geo/boundaries.geojson").path)
        let roads = try await RoadImport().read(path: root.appendingPathComponent("geo/roads.geojson").path)
        let assets = try await AssetImport().read(path: root.appendingPathComponent("geo/assets.geojson").path)
        let importing = ImportGeneration(databases: databases)
        let generation = try await importing(
            areas: areas.features,
            roads: roads.roads,
            assets: assets.assets,
            note: "test",
            report: [areas.report, roads.report],
            passed: true,
            now: now
        )
        try await importing.activate(generation, at: now, by: "test", now: now)
        if let telephone = region.telephone {
            _ = try await ApplyTelephoneSettings(databases: databases)(telephone, by: "test", now: now)
        }
        _ = try await LoadTelephoneFolder(databases: databases)(
            root.appendingPathComponent("geo"),
            zone: TimeZone(identifier: "America/Toronto") ?? .gmt,
            by: "test",
            now: now
        )
    }
}
