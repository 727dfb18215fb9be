import Domain

/// What `taxonomy.yml` holds.
struct Taxonomy {
    let parts: [PartDefinition]
    let shortNames: [JurisdictionID: BodyName]

    /// Names for several parts that rows use together: `group:carriageway`.
    let groups: [String: [ServicePart]]
}

/// Reads `taxonomy.yml`: every service part with its name and what decides about it, and the short names of bodies.
struct TaxonomyReader {
    let faults: FaultList

    func read(_ node: YamlNode, tenants: [JurisdictionID: Set<String>]) -> Taxonomy? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let shortNames = shortNames(map, tenants: tenants)
        var parts: [PartDefinition] = []
        var lines: [ServicePart: Int] = [:]
        if map.required("parts") != nil {
            for item in map.list("parts") {
                guard let part = part(item) else { continue }
                if let first = lines[part.part] {
                    faults.add(item.file, item.mark, "the part \(part.part) is already on line \(first)")
                    continue
                }
                lines[part.part] = item.mark.line
                parts.append(part)
            }
        }
        let groups = groups(map, parts: Set(parts.map(\.part)))
        map.finish()
        return Taxonomy(parts: parts, shortNames: shortNames, groups: groups)
    }

    private func groups(_ map: YamlMapping, parts: Set<ServicePart>) -> [String: [ServicePart]] {
        guard let node = map.mapping("groups") else { return [:] }
        var groups: [String: [ServicePart]] = [:]
        for entry in node.allEntries() {
            groups[entry.key] = node.texts(entry.key).compactMap { text, mark in
                let part = ServicePart(trusted: text)
                guard parts.contains(part) else {
                    let hint = NearMiss.hint(text, among: parts.map(\.rawValue))
                    map.fault(at: mark, "\"\(FaultText.shown(text))\" is no part of this taxonomy\(hint)")
                    return nil
                }
                return part
            }
        }
        return groups
    }

    private func part(_ node: YamlNode) -> PartDefinition? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let part = map.requiredChecked("part", as: ServicePart.self)
        let name = map.requiredLocalized("name", atMost: 120)
        let subject = map.choice("subject", default: PartDefinition.Subject.place, called: "subject of a part")
        map.finish()
        guard let part, let name else { return nil }
        return PartDefinition(part: part, name: name, subject: subject)
    }

    private func shortNames(_ map: YamlMapping, tenants: [JurisdictionID: Set<String>]) -> [JurisdictionID: BodyName] {
        var names: [JurisdictionID: BodyName] = [:]
        for entry in map.mapping("short_names")?.allEntries() ?? [] {
            let id = JurisdictionID(trusted: entry.key)
            guard tenants[id] != nil else {
                let hint = NearMiss.hint(entry.key, among: tenants.keys.map(\.rawValue))
                faults.add(
                    entry.value.file,
                    entry.mark,
                    "\"\(FaultText.shown(entry.key))\" is no tenant of the hub\(hint)"
                )
                continue
            }
            guard let forms = YamlMapping(entry.value, in: entry.value.file, faults) else { continue }
            let name = BodyNameReader.name(forms)
            forms.finish()
            names[id] = name
        }
        return names
    }
}

/// Reads the four forms of a body's name: `name: {en, fr}` and `name_forms: {en: {article, of, to}, fr: {article, de, a}}`.
enum BodyNameReader {
    static func name(_ map: YamlMapping) -> BodyName? {
        let plain = map.requiredLocalized("name", atMost: 120)
        let forms = map.requiredMapping("name_forms")
        let english = forms?.requiredMapping("en")
        let french = forms?.requiredMapping("fr")
        let article = (english?.requiredText("article", atMost: 120), french?.requiredText("article", atMost: 120))
        let afterDe = (english?.requiredText("of", atMost: 120), french?.requiredText("de", atMost: 120))
        let afterA = (english?.requiredText("to", atMost: 120), french?.requiredText("a", atMost: 120))
        english?.finish()
        french?.finish()
        forms?.finish()
        guard let plain, let withArticle = text(article), let afterDe = text(afterDe), let afterA = text(afterA) else {
            return nil
        }
        return BodyName(plain: plain, withArticle: withArticle, afterDe: afterDe, afterA: afterA)
    }

    private static func text(_ halves: (String?, String?)) -> LocalizedText? {
        guard let english = halves.0, let french = halves.1 else { return nil }
        return LocalizedText(english: english, french: french)
    }
}
