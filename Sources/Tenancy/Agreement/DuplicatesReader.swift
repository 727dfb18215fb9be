import Domain

/// Reads `duplicates.yml`: when two reports count as of the same matter, agreed for the whole region.
struct DuplicatesReader {
    let faults: FaultList
    let names: AgreementNames

    func read(_ node: YamlNode) -> DuplicateRules? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let before = faults.count
        let standard = DuplicateRules.standard
        let metres = map.integer("within_metres", in: 1...DuplicateRules.mostMetres, default: standard.metres)
        let days = map.integer("recently_closed_days", in: 0...365, default: standard.recentlyClosedDays)
        var seen: [String: Int] = [:]
        let rows = map.list("rows").compactMap { row($0, &seen) }
        map.finish()
        guard faults.count == before else { return nil }
        return DuplicateRules(metres: metres, recentlyClosedDays: days, rows: rows)
    }

    private func row(_ node: YamlNode, _ seen: inout [String: Int]) -> DuplicateRules.Row? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let parts = map.texts("parts", orOne: true).compactMap { text, mark -> ServicePart? in
            let part = ServicePart(trusted: text)
            guard names.parts.contains(part) else {
                let hint = NearMiss.hint(text, among: names.parts.map(\.rawValue))
                map.fault(at: mark, "\"\(FaultText.shown(text))\" is no part of the taxonomy\(hint)")
                return nil
            }
            note(text, mark, &seen, in: map)
            return part
        }
        let types = map.texts("types", orOne: true).compactMap { text, mark -> ServiceCode? in
            guard let type = ServiceCode(rawValue: text) else {
                map.fault(
                    at: mark,
                    "\"\(FaultText.shown(text))\" is no service code; must be \(ServiceCode.form.english)"
                )
                return nil
            }
            note(text, mark, &seen, in: map)
            return type
        }
        let isEmpty = !map.has("parts") && !map.has("types")
        if !map.has("within_metres") { _ = map.required("within_metres") }
        let metres = map.integer("within_metres", in: 1...DuplicateRules.mostMetres)
        let days = map.integer("recently_closed_days", in: 0...365)
        let together = map.flag("together", default: false)
        map.finish()
        if isEmpty { faults.add(node.file, node.mark, "a row names \"parts\" or \"types\"; this one names neither") }
        guard let metres, !parts.isEmpty || !types.isEmpty else { return nil }
        return DuplicateRules.Row(
            parts: parts,
            types: types,
            metres: metres,
            recentlyClosedDays: days,
            countsTogether: together
        )
    }

    /// A part or type named by two rows would be decided by their order alone.
    private func note(_ text: String, _ mark: YamlMark, _ seen: inout [String: Int], in map: YamlMapping) {
        if let line = seen[text] {
            map.fault(at: mark, "\"\(FaultText.shown(text))\" is named by the row on line \(line) already")
        }
        seen[text] = mark.line
    }
}
