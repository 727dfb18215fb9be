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
    /// Where calls are answered; nil without `agreement/telephone.yml`.
    public let telephone: TelephoneSettings?
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
                telephone: nil,
                faults: read.faults
            )
        }
        let departments = Dictionary(
            read.configurations.map { ($0.tenant.id, Set($0.tenant.departments.map(\.code.rawValue))) },
            uniquingKeysWith: { first, _ in first }
        )
        let agreement = AgreementReading(folder: folder, tenants: departments)
        let faults = FaultList()
        let telephone = telephone(in: folder, tenants: Set(departments.keys), faults: faults)
        return RegionFolder(
            tenants: read.configurations,
            agreement: agreement.ruleSets,
            telephone: telephone,
            faults: (read.faults + agreement.faults + faults.sorted).sorted()
        )
    }

    /// The file may be missing: then calls go to the hub's own number.
    private static func telephone(
        in folder: String,
        tenants: Set<JurisdictionID>,
        faults: FaultList
    ) -> TelephoneSettings? {
        guard FolderListing.names(folder).contains("telephone.yml") else { return nil }
        let name = "\(folder)/telephone.yml"
        return YamlFile(name: name, faults: faults).read(path: name)
            .flatMap { TelephoneReader(faults: faults).read($0, tenants: tenants) }
    }
}
