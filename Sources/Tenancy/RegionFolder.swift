public import Domain

/// Everything a region's folder says: tenants and agreement, read and held against each other.
///
/// A town that stands alone needs no agreement: its folder is the only one, its tier is `single`, and it answers for everything in
/// its own catalogue.
public struct RegionFolder: Sendable {
    /// The tenants without a fault, the hub first.
    public let tenants: [TenantConfiguration]
    /// Versions of the agreement, by first day.
    public let agreement: [RuleSet]
    /// Everything wrong, by file and line; nothing of the folder may be applied unless this is empty.
    public let faults: [FileFault]

    /// Reads a folder; never throws, because whatever is wrong is a fault with its place.
    public static func load(_ directory: String) -> RegionFolder {
        let read = TenantFolder.load(directory)
        let folder = "\(directory)/agreement"
        if !FolderListing.isDirectory(folder), read.configurations.count == 1,
            let alone = read.configurations.first, alone.tenant.tier == .single
        {
            return RegionFolder(
                tenants: read.configurations,
                agreement: [OneMunicipality.agreement(of: alone)],
                faults: read.faults
            )
        }
        let departments = Dictionary(
            read.configurations.map { ($0.tenant.id, Set($0.tenant.departments.map(\.code.rawValue))) },
            uniquingKeysWith: { first, _ in first }
        )
        let agreement = AgreementReading(folder: folder, tenants: departments)
        return RegionFolder(
            tenants: read.configurations,
            agreement: agreement.ruleSets,
            faults: (read.faults + agreement.faults).sorted()
        )
    }
}
