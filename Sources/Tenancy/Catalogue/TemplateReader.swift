import Domain
import Foundation

/// Reads all templates of `tenants/templates`.
struct TemplateReader {
    let faults: FaultList

    /// Templates by code.
    func read(directory: String, shownAs shown: String) -> [String: CatalogueTemplate] {
        var templates: [String: CatalogueTemplate] = [:]
        var picking: [(map: YamlMapping, code: String)] = []
        for name in FolderListing.files(directory, ext: "yml") {
            let file = YamlFile(name: "\(shown)/\(name)", faults: faults)
            guard let root = file.read(path: "\(directory)/\(name)"),
                let map = YamlMapping(root, in: file.name, faults)
            else { continue }
            let code = String(name.dropLast(4))
            if let written = map.requiredText("template", atMost: 60), written != code {
                map.fault(
                    "template",
                    "the template calls itself \"\(FaultText.shown(written))\" but its file is \(name)"
                )
            }
            _ = map.requiredLocalized("title", atMost: 200)
            if map.has("from") {
                picking.append((map, code))
            } else {
                templates[code] = CatalogueTemplate(code: code, entries: entries(map, code))
                map.finish()
            }
        }
        for (map, code) in picking {
            templates[code] = CatalogueTemplate(code: code, entries: picked(map, code, from: templates))
            map.finish()
        }
        return templates
    }

    private func entries(_ map: YamlMapping, _ template: String) -> [CatalogueEntry] {
        let groups = GroupReader().read(map)
        _ = map.required("services")
        return map.list("services").compactMap { CatalogueEntry($0, groups: groups, template: template, faults) }
    }

    private func picked(
        _ map: YamlMapping,
        _ code: String,
        from templates: [String: CatalogueTemplate]
    ) -> [CatalogueEntry] {
        let whole = map.requiredText("from", atMost: 60)
        _ = map.required("adopt")
        let codes = map.texts("adopt")
        guard let whole else { return [] }
        guard let template = templates[whole] else {
            map.fault(
                "from",
                FaultText.unknown(whole, "template with services of its own", among: Array(templates.keys))
            )
            return []
        }
        let known = Set(template.entries.map(\.code.rawValue))
        for code in codes where !known.contains(code.text) {
            map.fault(at: code.mark, FaultText.unknown(code.text, "service of \(whole)", among: Array(known)))
        }
        let wanted = Set(codes.map(\.text))
        return template.entries.filter { wanted.contains($0.code.rawValue) }
    }
}

/// Reads `groups: [{ code, name }]`.
struct GroupReader {
    /// Names by code.
    func read(_ map: YamlMapping) -> [String: LocalizedText] {
        var groups: [String: LocalizedText] = [:]
        for node in map.list("groups") {
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { continue }
            let code = entry.requiredChecked("code", as: DepartmentCode.self)?.rawValue
            let name = entry.requiredLocalized("name", atMost: 100)
            entry.finish()
            guard let code, let name else { continue }
            if groups[code] != nil {
                entry.fault("code", "the group \(code) is listed twice")
            }
            groups[code] = name
        }
        return groups
    }
}
