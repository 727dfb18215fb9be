import Domain
import Foundation
import Geo
import Hub
import Storage
import Tenancy
import TestSupport
import Testing

/// The repository's own region, `tenants/` and `geo/`, put into a test's database as `hub311 serve` does at its first start.
enum RegionFiles {
    /// Top of the repository.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appending(path: "../../..").standardized.path

    /// What `tenants/` holds.
    static let tenants = TenantFolder.load("\(root)/tenants")

    /// Sets everything up and loads it into memory.
    ///
    /// - Parameter policies: What a tenant allows, when a test wants it otherwise than its files.
    static func load(
        into hub: TestHub,
        _ surroundings: Surroundings,
        policies: (Tenant) -> TenantPolicies = { $0.policies }
    ) async throws {
        try #require(tenants.faults.isEmpty)
        let now = surroundings.now()
        let departments = tenants.configurations.map {
            ($0.tenant.id, Set($0.tenant.departments.map(\.code.rawValue)))
        }
        let agreement = AgreementReading(
            folder: "\(root)/tenants/agreement",
            tenants: Dictionary(uniqueKeysWithValues: departments)
        )
        try await ApplyTenants(administration: hub.administration, databases: hub.databases)(
            zip(tenants.configurations, hub.codes).map { files, code in
                withCode(code, files, policies: policies(files.tenant))
            },
            agreement: agreement.ruleSets,
            by: "test",
            now: now
        ) { _ in }
        let importing = ImportGeneration(databases: hub.databases)
        let generation = try await importing(
            areas: try await BoundaryImport().read(path: "\(root)/geo/boundaries.geojson").features,
            roads: try await RoadImport().read(path: "\(root)/geo/roads.geojson").roads,
            assets: try await AssetImport().read(path: "\(root)/geo/assets.geojson").assets,
            note: "test",
            report: ["passed"],
            passed: true,
            now: now
        )
        try await importing.activate(generation, at: now, by: "test", now: now)
        if let telephone = RegionFolder.load("\(root)/tenants").telephone {
            _ = try await ApplyTelephoneSettings(databases: hub.databases)(telephone, by: "test", now: now)
        }
        _ = try await LoadTelephoneFolder(databases: hub.databases)(
            URL(fileURLWithPath: "\(root)/geo"),
            zone: try #require(TimeZone(identifier: "America/Toronto")),
            by: "test",
            now: now
        )
        try await surroundings.directory.reload()
        try await RefreshFromDatabase(surroundings).once()
    }

    /// Codes are roles of the whole server, so each test has its own.
    static func withCode(
        _ code: TenantCode,
        _ files: TenantConfiguration,
        policies: TenantPolicies? = nil
    ) -> TenantConfiguration {
        let tenant = files.tenant
        return TenantConfiguration(
            tenant: Tenant(
                id: tenant.id,
                code: code,
                tier: tenant.tier,
                name: tenant.name,
                timeZone: tenant.timeZone,
                languages: tenant.languages,
                contact: tenant.contact,
                callNumber: tenant.callNumber,
                hosts: tenant.hosts,
                brand: tenant.brand,
                departments: tenant.departments,
                policies: policies ?? tenant.policies,
                succeeds: tenant.succeeds,
                signIn: tenant.signIn
            ),
            catalogue: files.catalogue,
            calendar: files.calendar,
            forwarding: files.forwarding
        )
    }
}
