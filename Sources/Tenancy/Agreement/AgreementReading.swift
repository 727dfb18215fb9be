public import Domain
import Foundation

/// What was read of an agreement folder: the versions, and every fault with file and line.
///
/// The versions are complete only when there are no faults; nothing of a faulty agreement is published.
public struct AgreementReading: Sendable {
    /// Versions by first day.
    public let ruleSets: [RuleSet]

    /// Faults by file and line; empty when the agreement can be used.
    public let faults: [FileFault]

    /// Reads `taxonomy.yml`, `partners.yml`, every `rules*.yml` and, where they are, `lost.yml`, `boundary-roads.yml` and
    /// `duplicates.yml` of a folder.
    ///
    /// Rules files of the same version are one version together; each version is a whole agreement.
    ///
    /// - Parameters:
    ///   - folder: path of the folder, normally `tenants/agreement`.
    ///   - named: what faults call the folder; nil: as the path says.
    ///   - tenants: the tenants of the hub with the codes of their departments, so that rules can be held against them.
    public init(folder: String, named: String? = nil, tenants: [JurisdictionID: Set<String>]) {
        let faults = FaultList()
        let shown = named ?? folder
        func file(_ name: String) -> YamlNode? {
            YamlFile(name: "\(shown)/\(name)", faults: faults).read(path: "\(folder)/\(name)")
        }
        let taxonomy = file("taxonomy.yml").flatMap { TaxonomyReader(faults: faults).read($0, tenants: tenants) }
        let partners = file("partners.yml").flatMap { PartnersReader(faults: faults).read($0) } ?? []
        let known = AgreementNames(
            parts: Set(taxonomy?.parts.map(\.part) ?? []),
            groups: taxonomy?.groups ?? [:],
            partners: Dictionary(partners.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first }),
            tenants: tenants
        )
        for partner in partners where tenants[JurisdictionID(trusted: partner.id.rawValue)] != nil {
            faults.add(
                FileFault(
                    file: "\(shown)/partners.yml",
                    message: "\"\(partner.id)\" is a tenant; it cannot be a partner too"
                )
            )
        }
        let names = Self.rulesFiles(in: folder)
        if names.isEmpty {
            faults.add(FileFault(file: "\(shown)/rules.yml", message: "the file is missing"))
        }
        var reader = RulesReader(faults: faults, names: known)
        for name in names {
            guard let node = file(name) else { continue }
            reader.read(node, fileName: name)
        }
        let hasLoST = FileManager.default.fileExists(atPath: "\(folder)/lost.yml")
        let locationServices =
            hasLoST ? file("lost.yml").flatMap { LocationServicesReader(faults: faults, names: known).read($0) } : nil
        let roads = FileManager.default.fileExists(atPath: "\(folder)/\(Self.roadsFile)") ? file(Self.roadsFile) : nil
        let agreements = roads.map { node in
            RoadAgreementsReader(faults: faults, names: known, fileName: Self.roadsFile).read(node)
        }
        reader.refuse(rowsOf: agreements ?? [], in: "\(shown)/\(Self.roadsFile)")
        let hasDuplicates = FileManager.default.fileExists(atPath: "\(folder)/duplicates.yml")
        let duplicates =
            hasDuplicates
            ? file("duplicates.yml").flatMap { DuplicatesReader(faults: faults, names: known).read($0) } : nil
        ruleSets = reader.ruleSets(
            taxonomy: taxonomy,
            partners: partners,
            locationServices: locationServices,
            roadAgreements: agreements ?? []
        ).map { $0.with(duplicates) }
        self.faults = faults.sorted
    }

    /// Agreements about roads by distance along them; a region without such a road has no such file.
    private static let roadsFile = "boundary-roads.yml"

    private static func rulesFiles(in folder: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasPrefix("rules") && $0.hasSuffix(".yml") }.sorted()
    }
}

/// Everything a rule may name.
struct AgreementNames {
    let parts: Set<ServicePart>
    let groups: [String: [ServicePart]]
    let partners: [PartnerID: Partner.Kind]
    let tenants: [JurisdictionID: Set<String>]

    /// Ids that may stand for a municipality: tenants, and partners of that kind.
    var municipalities: [String] {
        tenants.keys.map(\.rawValue) + partners.filter { $0.value == .municipality }.map(\.key.rawValue)
    }
}
