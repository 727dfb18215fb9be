public import Domain

/// What preparing a database did and found.
public struct PreparationReport: Sendable, Hashable {
    /// Steps of the hub's schema applied now, in order.
    public let applied: [String]

    /// What stands open although it should not, as ``DatabaseAdministration/audit()`` finds it.
    public let gaps: [String]
}

/// What became of one tenant in a run of migrations.
public struct TenantMigration: Sendable, Hashable {
    /// The tenant.
    public let code: TenantCode

    /// Steps applied now, in order; empty when it was up to date.
    public let applied: [String]

    /// What went wrong, in one sentence; nil when nothing did.
    public let fault: String?
}

/// What a run of migrations over all tenants did.
public struct MigrationReport: Sendable, Hashable {
    /// Tenants looked at, by code.
    public let tenants: [TenantMigration]

    /// Tenants known to be up to date without looking.
    public let skipped: Int

    /// Tenants left out because one before them failed; the next run takes them up.
    public let left: Int

    /// The first fault; nil when all went well.
    public var firstFault: TenantMigration? { tenants.first { $0.fault != nil } }
}

/// How the schemas of a database stand towards this program.
public struct DatabaseStatus: Sendable, Hashable {
    /// Number of the newest step in the hub's schema; nil when the database was never prepared.
    public let hub: Int?

    /// Number of the newest step this program knows for the hub's schema.
    public let newestOfHub: Int

    /// Number of the newest step this program knows for a tenant's schema.
    public let newestOfTenant: Int

    /// Every tenant's schema with the number of its newest step, by code.
    public let tenants: [TenantSchemaStatus]

    /// What stands open although it should not.
    public let gaps: [String]
}

/// How one tenant's schema stands.
public struct TenantSchemaStatus: Sendable, Hashable {
    /// The tenant.
    public let code: TenantCode

    /// Number of its newest step; 0 when none was applied.
    public let version: Int

    /// What went wrong at the last try; nil when nothing did.
    public let fault: String?
}

/// Why a database cannot be used.
public enum AdministrationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The server is too old.
    case serverTooOld(version: String)

    /// PostGIS is not installed on the server's machine.
    case postgisMissing

    /// PostGIS is there, but in another schema than ours.
    case postgisElsewhere(schema: String)

    /// The role given may not do what is needed.
    case notAllowed(what: String)

    /// A tenant's schema has steps this program does not know.
    case tenantIsNewer(code: TenantCode, version: Int, newestKnown: Int)

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .serverTooOld(let version):
            "PostgreSQL \(version) is too old; version 15 or newer is needed."
        case .postgisMissing:
            "The database server has no PostGIS; install it (Debian: postgresql-15-postgis-3) or ask for it."
        case .postgisElsewhere(let schema):
            "PostGIS is in schema \(schema); it must be in schema postgis (CREATE EXTENSION postgis SCHEMA postgis)."
        case .notAllowed(let what):
            "The role given may not do this: \(what). Give a superuser for the first start."
        case .tenantIsNewer(let code, let version, let newest):
            "The schema of \(code) has step \(version), this program knows up to \(newest). Start a newer program."
        }
    }
}
