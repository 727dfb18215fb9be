import Domain

/// A list of service types that tenants adopt: `tenants/templates/<code>.yml`.
struct CatalogueTemplate {
    /// Its code, the file's name.
    let code: String

    /// Its entries, in order.
    let entries: [CatalogueEntry]
}

/// One dated entry of a catalogue as its file wrote it, and what it means.
struct CatalogueEntry {
    /// The code.
    let code: ServiceCode

    /// Keys and values, each with its place.
    let node: YamlNode

    /// Names of the groups it may be listed in.
    let groups: [String: LocalizedText]

    /// The template it comes from; nil for a tenant's own type.
    let template: String?

    /// What it means; nil when it has faults.
    let service: Service?

    /// Reads an entry; nil, with a fault, when it has no code.
    init?(_ node: YamlNode, groups: [String: LocalizedText], template: String?, _ faults: FaultList) {
        let service = ServiceReader(groups: groups).read(node, faults)
        guard let code = service?.code ?? node.child("service_code")?.scalar.flatMap({ try? ServiceCode($0) }) else {
            return nil
        }
        self.code = code
        self.node = node
        self.groups = groups
        self.template = template
        self.service = service
    }

    /// Where its code stands.
    var codeNode: YamlNode { node.child("service_code") ?? node }

    /// This entry with the keys of another mapping in place of its own.
    func overlaid(with other: YamlNode, groups own: [String: LocalizedText], _ faults: FaultList) -> CatalogueEntry? {
        CatalogueEntry(
            node.overlaid(with: other),
            groups: groups.merging(own) { _, own in own },
            template: template,
            faults
        )
    }
}
