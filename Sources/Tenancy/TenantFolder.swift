public import Domain

/// A `tenants/` folder read into checked values, or everything that is wrong with it.
///
/// Shape: `templates/*.yml`; one folder for each tenant, named by its jurisdiction id, with `tenant.yml`, `services.yml`, `calendar.yml` and,
/// where requests go to a system outside, `forwarding.yml`; `agreement/`, which is read elsewhere.
public struct TenantFolder: Sendable {
    /// The tenants without a fault, the hub first, then by id.
    public let configurations: [TenantConfiguration]

    /// Everything wrong, by file and line; nothing of the folder may be applied unless this is empty.
    public let faults: [FileFault]

    /// Reads a folder; never throws, because whatever is wrong is a fault with its place.
    ///
    /// - Parameter directory: path of the folder; faults name files by this path as it was given.
    public static func load(_ directory: String) -> TenantFolder {
        let shown = directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
        let faults = FaultList()
        guard FolderListing.isDirectory(shown) else {
            faults.add(FileFault(file: shown, message: "the folder is missing"))
            return TenantFolder(configurations: [], faults: faults.sorted)
        }
        let templates = TemplateReader(faults: faults).read(
            directory: shown + "/templates",
            shownAs: shown + "/templates"
        )
        for name in FolderListing.names(shown)
        where !FolderListing.isDirectory("\(shown)/\(name)") && name != "README.md" {
            faults.add(
                FileFault(
                    file: "\(shown)/\(name)",
                    message: "is no tenant's folder; files of a tenant stand in its folder"
                )
            )
        }
        let folders = FolderListing.folders(shown).filter { !["templates", "agreement"].contains($0) }
        let readings = folders.compactMap {
            TenantFiles(folder: $0, parent: shown, templates: templates, faults: faults).read()
        }
        RegionChecks(
            folder: shown,
            templates: templates,
            faults: faults,
            isComplete: readings.count == folders.count
        ).check(readings)
        PartChecks(taxonomy: shown + "/agreement/taxonomy.yml", faults: faults).check(readings)
        let configurations = readings.compactMap(\.configuration).sorted {
            ($0.tenant.tier == .hub ? 0 : 1, $0.tenant.id) < ($1.tenant.tier == .hub ? 0 : 1, $1.tenant.id)
        }
        return TenantFolder(configurations: configurations, faults: faults.sorted)
    }
}
