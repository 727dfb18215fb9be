import Addresses
import Domain
import Foundation
import Geo
import Hub
import Logging
import Storage
import Tenancy

/// Loads the files of a region into a hub that has none yet, and makes the key that its operator begins with.
struct FirstStart {
    let administration: DatabaseAdministration
    let databases: TenantDatabases
    let tenants: String
    let geography: String
    let keyFile: URL
    let log: Logger

    /// Does what has not been done; a start that was killed in the middle is taken up by the next.
    func callAsFunction(now: Date) async throws {
        let register = try await databases.withHub { try await Jurisdictions($0).all() }
        let hasHub = register.contains { ($0.tier == .hub || register.count == 1) && $0.configurationVersion != nil }
        if !hasHub {
            try await applyTenants(now: now)
        }
        let generation = try await databases.withHub { transaction in
            try await Generations(transaction).current(at: now)
        }
        if generation == nil { try await importGeography(now: now) }
        let addresses = try await databases.withHub { try await AddressSets($0).current(at: now) }
        if addresses == nil { try await importAddresses(now: now) }
        try await loadTelephone(now: now)
        if !FileManager.default.fileExists(atPath: keyFile.path) { try await makeKey(now: now) }
    }

    private func applyTenants(now: Date) async throws {
        guard FileManager.default.fileExists(atPath: tenants) else {
            log.warning("no tenants' files; hub311 tenant apply brings them", metadata: ["folder": "\(tenants)"])
            return
        }
        let region = RegionFiles(tenants)
        guard region.faults.isEmpty else {
            for fault in region.faults { Progress.say(fault) }
            throw FaultyRegion(folder: tenants, count: region.faults.count)
        }
        try await ApplyTenants(administration: administration, databases: databases)(
            region.tenants,
            agreement: region.agreement,
            by: "first start",
            now: now
        ) { log.notice("files applied", metadata: ["change": "\($0.line)"]) }
        if let telephone = region.telephone {
            _ = try await ApplyTelephoneSettings(databases: databases)(telephone, by: "first start", now: now)
        }
    }

    /// Numbers, exchanges and their registers of `--geo`, in days of the hub's own zone.
    private func loadTelephone(now: Date) async throws {
        let register = try await databases.withHub { try await Jurisdictions($0).all() }
        guard let hub = register.first(where: { $0.tier == .hub }) ?? register.first,
            let zone = TimeZone(identifier: hub.timeZone)
        else { return }
        let folder = URL(fileURLWithPath: geography, isDirectory: true)
        let loaded = try await LoadTelephoneFolder(databases: databases)(
            folder,
            zone: zone,
            by: "first start",
            now: now
        )
        if !loaded.isEmpty {
            log.notice("telephone registers loaded", metadata: ["files": "\(loaded.joined(separator: ", "))"])
        }
    }

    private func importGeography(now: Date) async throws {
        let folder = URL(fileURLWithPath: geography, isDirectory: true)
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
            .filter { $0.hasSuffix(".geojson") || $0.hasSuffix(".geojsonl") || $0.hasSuffix(".geojson.gz") }
            .sorted()
        guard !files.isEmpty else {
            log.warning("no boundaries; hub311 geo import brings them", metadata: ["folder": "\(geography)"])
            return
        }
        func path(_ file: String) -> String { folder.appendingPathComponent(file).path }
        let decisions = BoundaryDecisionFile.load(path("decisions.yml"))
        let isDecided = FileManager.default.fileExists(atPath: path("decisions.yml"))
        if isDecided, !decisions.faults.isEmpty {
            for fault in decisions.faults { Progress.say(fault.description) }
            throw FaultyRegion(folder: geography, count: decisions.faults.count)
        }
        let draft = try await GenerationDraft.read(
            areas: files.filter { !$0.hasPrefix("road") && !$0.hasPrefix("asset") }.map(path),
            roads: files.filter { $0.hasPrefix("road") }.map(path),
            assets: files.filter { $0.hasPrefix("asset") }.map(path),
            decisions: decisions.decisions
        )
        let importing = ImportGeneration(databases: databases)
        let obstacles = draft.report.obstacles
        let generation = try await importing(
            areas: draft.areas,
            roads: draft.roads,
            decided: draft.decided,
            assets: draft.assets,
            note: "first start: \(files.joined(separator: ", "))",
            report: draft.report,
            passed: obstacles.isEmpty,
            now: now
        )
        for obstacle in obstacles { Progress.say(obstacle) }
        if obstacles.isEmpty { try await importing.activate(generation, at: now, by: "first start", now: now) }
    }

    /// `addresses….csv` of the folder, with `address-aliases.csv` and `address-communities.csv` where they are.
    private func importAddresses(now: Date) async throws {
        let folder = URL(fileURLWithPath: geography, isDirectory: true)
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        let registers = files.filter { $0.hasPrefix("addresses") && ($0.hasSuffix(".csv") || $0.hasSuffix(".csv.gz")) }
        guard !registers.isEmpty else { return }
        let boundaries = Geography(databases: databases)
        _ = try await boundaries.reload(at: now)
        let report = try await ImportAddresses(databases: databases, boundaries: boundaries.index)(
            ImportAddresses.Order(
                sources: try registers.map { ImportAddresses.Source(path: path($0), columns: try AddressColumns()) },
                aliases: files.contains("address-aliases.csv") ? path("address-aliases.csv") : nil,
                communities: files.contains("address-communities.csv") ? path("address-communities.csv") : nil,
                note: "first start: \(registers.joined(separator: ", "))"
            ),
            now: now
        )
        if report.rejected > 0 { Progress.say(report.description) }
        guard report.passed else { return }
        try await ImportAddresses.activate(report.set, at: now, by: "first start", now: now, in: databases)
    }

    /// One key for every jurisdiction, in a file that only the service's user reads; revoke it once there are others.
    private func makeKey(now: Date) async throws {
        let secret = try await ManageKeys(databases: databases).create(
            label: "first start",
            jurisdictions: [],
            rights: [.submit, .update],
            by: "first start",
            now: now
        )
        _ = FileManager.default.createFile(
            atPath: keyFile.path,
            contents: Data((secret.text + "\n").utf8),
            attributes: [.posixPermissions: 0o600]
        )
    }
}

/// The files of a region have faults, so the hub does not start with them.
struct FaultyRegion: Error, CustomStringConvertible {
    let folder: String
    let count: Int

    var description: String { "\(count) faults in \(folder), each named above; mend them and start again" }
}
