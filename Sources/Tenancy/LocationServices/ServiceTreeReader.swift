import Domain

/// Reads the tree of service URNs: each with its name, who answers for it, and the services below it.
final class ServiceTreeReader {
    private let faults: FaultList
    private let names: AgreementNames
    private var lines: [ServiceURN: Int] = [:]

    init(faults: FaultList, names: AgreementNames) {
        self.faults = faults
        self.names = names
    }

    /// The services under a key, each exactly one label below another one.
    func nodes(_ map: YamlMapping, _ key: String, below parent: ServiceURN?) -> [ServiceNode] {
        map.list(key).compactMap { node($0, below: parent) }
    }

    private func node(_ item: YamlNode, below parent: ServiceURN?) -> ServiceNode? {
        guard let map = YamlMapping(item, in: item.file, faults) else { return nil }
        let urn = map.requiredChecked("urn", as: ServiceURN.self)
        let name = map.requiredLocalized("name", atMost: 120)
        let basis = basis(map)
        if let urn {
            if let first = lines[urn] { map.fault("urn", "\(urn) is already on line \(first)") }
            lines[urn] = item.mark.line
            if urn.parent != parent {
                map.fault("urn", "\(urn) must be \(parent.map { "\($0) and one more label" } ?? "a name without dots")")
            }
        }
        let children = nodes(map, "children", below: urn)
        map.finish()
        guard let urn, let name, let basis else { return nil }
        return ServiceNode(urn: urn, name: name, basis: basis, children: children)
    }

    /// `service_part: road.surface`, or `answered_by: municipality` or `hub`.
    private func basis(_ map: YamlMapping) -> ServiceNode.Basis? {
        let part = map.checked("service_part", as: ServicePart.self)
        if let part, !names.parts.isEmpty, !names.parts.contains(part) {
            let hint = NearMiss.hint(part.rawValue, among: names.parts.map(\.rawValue))
            map.fault("service_part", "\(part) is no part of taxonomy.yml\(hint)")
        }
        let answeredBy = map.text("answered_by", atMost: 40)
        switch (part, answeredBy) {
        case (let part?, nil): return .part(part)
        case (nil, "municipality"?): return .municipality
        case (nil, "hub"?): return .hub
        case (nil, let word?):
            map.fault("answered_by", FaultText.unknown(word, "way of answering", among: ["municipality", "hub"]))
        case (nil, nil):
            guard !map.has("service_part"), !map.has("answered_by") else { return nil }
            map.fault(at: map.mark, "a service needs a service_part, or answered_by: municipality or hub")
        case (_?, _?): map.fault("answered_by", "a service has either a service_part or answered_by, not both")
        }
        return nil
    }
}
