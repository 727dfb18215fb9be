import Foundation
public import Postgres

/// The numbered SQL files this program knows, for the hub's schema and for a tenant's.
public struct MigrationFiles: Sendable {
    /// Steps of the schema `hub`.
    public let hub: MigrationRunner

    /// Steps of every tenant's schema.
    public let tenant: MigrationRunner

    /// Files put together by hand; tests make newer and broken ones.
    ///
    /// - Throws: ``MigrationError`` when two have the same number.
    public init(hub: [Migration], tenant: [Migration]) throws(MigrationError) {
        self.hub = try MigrationRunner(hub)
        self.tenant = try MigrationRunner(tenant)
    }

    /// The files that belong to this program.
    ///
    /// - Throws: when the program's resources are missing.
    public static func ofThisProgram() throws -> MigrationFiles {
        try MigrationFiles(hub: read("hub"), tenant: read("tenant"))
    }

    /// Number of the newest step of a tenant's schema; 0 without any.
    public var newestOfTenant: Int { tenant.migrations.last?.number ?? 0 }

    /// Number of the newest step of the hub's schema; 0 without any.
    public var newestOfHub: Int { hub.migrations.last?.number ?? 0 }

    private static func read(_ folder: String) throws -> [Migration] {
        let directory = Bundle.module.bundleURL.appending(path: "Migrations/\(folder)")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path(percentEncoded: false))
        return try names.filter { $0.hasSuffix(".sql") }.sorted().map { name in
            try Migration(name: name, text: String(contentsOf: directory.appending(path: name), encoding: .utf8))
        }
    }
}
