import Domain

/// Reads `agreement/telephone.yml`: where calls are answered, and by which gateway old numbers are reached.
///
/// ```yaml
/// contact_centre: sip:desk@contact.example
/// desks:
///   some-town: sip:desk@some-town.example
/// gateway: gateway.example:5060
/// ```
struct TelephoneReader {
    let faults: FaultList

    /// Settings; nil when there is a fault.
    ///
    /// - Parameter tenants: the tenants of the hub; a desk belongs to one of them.
    func read(_ node: YamlNode, tenants: Set<JurisdictionID>) -> TelephoneSettings? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let centre = map.requiredChecked("contact_centre", as: CallAddress.self)
        var desks: [JurisdictionID: CallAddress] = [:]
        if let entries = map.mapping("desks") {
            for entry in entries.allEntries() {
                guard let id = JurisdictionID(rawValue: entry.key), tenants.contains(id) else {
                    let hint = NearMiss.hint(entry.key, among: Set(tenants.map(\.rawValue)))
                    entries.fault(
                        at: entry.mark,
                        "\"\(FaultText.shown(entry.key))\" is no tenant of this region\(hint)"
                    )
                    continue
                }
                desks[id] = map.checked(entry.value, called: entry.key, as: CallAddress.self)
            }
            entries.finish()
        }
        let gateway = map.text("gateway", atMost: 100)
        if let gateway, CallAddress(rawValue: "sip:\(gateway)") == nil || gateway.contains("@") {
            map.fault("gateway", "\"gateway\" is a host with or without port, such as gateway.example:5060")
        }
        map.finish()
        return centre.map { TelephoneSettings(contactCentre: $0, desks: desks, gateway: gateway) }
    }
}
