import Domain

/// Reads a tenant's `services.yml`: what it adopts from templates, what it changes, what it has of its own.
struct CatalogueReader {
    let tenant: Tenant
    let templates: [String: CatalogueTemplate]
    let faults: FaultList

    /// Reads the file; entries in the order templates, own types, each followed by its later versions.
    func read(_ map: YamlMapping) -> [CatalogueEntry] {
        let groups = GroupReader().read(map)
        var entries = adopted(map)
        override(map, groups, &entries)
        entries += own(map, groups, adopted: entries)
        map.finish()
        if entries.isEmpty, faults.isEmpty {
            map.fault(at: map.mark, "the catalogue is empty; adopt a template or list services")
        }
        return inOrder(entries)
    }

    // MARK: Adopting

    private func adopted(_ map: YamlMapping) -> [CatalogueEntry] {
        var entries: [CatalogueEntry] = []
        for node in map.list("adopt", orOne: true) {
            guard let adopt = YamlMapping(node, in: node.file, faults) else { continue }
            let name = adopt.requiredText("template", atMost: 60)
            let except = adopt.texts("except")
            let hasOnly = adopt.has("only")
            let only = adopt.texts("only")
            let department = adopt.checked("department", as: DepartmentCode.self)
            let departments = departmentMap(adopt)
            adopt.finish()
            guard let name else { continue }
            guard let template = templates[name] else {
                adopt.fault("template", FaultText.unknown(name, "template", among: Array(templates.keys)))
                continue
            }
            let known = Set(template.entries.map(\.code.rawValue))
            for code in except + only where !known.contains(code.text) {
                adopt.fault(at: code.mark, FaultText.unknown(code.text, "service of \(name)", among: Array(known)))
            }
            let left = Set(except.map(\.text))
            let kept = hasOnly ? Set(only.map(\.text)) : known
            let wanted = template.entries.filter { kept.contains($0.code.rawValue) && !left.contains($0.code.rawValue) }
            let placed = wanted.compactMap { moved($0, department: department, departments: departments) }
            checkDepartments(placed, adopt, name)
            for entry in placed
            where entries.contains(where: { $0.code == entry.code && $0.template != entry.template }) {
                adopt.fault(
                    "template",
                    "\(entry.code) is adopted from two templates; leave it out of one with \"except\""
                )
            }
            entries += placed
        }
        return entries
    }

    private func departmentMap(_ adopt: YamlMapping) -> [DepartmentCode: DepartmentCode] {
        guard let map = adopt.mapping("departments") else { return [:] }
        var renamed: [DepartmentCode: DepartmentCode] = [:]
        for entry in map.allEntries() {
            guard let from = try? DepartmentCode(entry.key) else {
                map.fault(at: entry.mark, "\"\(FaultText.shown(entry.key))\" must be \(DepartmentCode.form.english)")
                continue
            }
            renamed[from] = map.checked(entry.key, as: DepartmentCode.self)
        }
        return renamed
    }

    private func moved(
        _ entry: CatalogueEntry,
        department: DepartmentCode?,
        departments: [DepartmentCode: DepartmentCode]
    ) -> CatalogueEntry? {
        guard let written = entry.service?.department else { return entry }
        let wanted = departments[written] ?? department ?? written
        guard wanted != written, let node = entry.node.child("department") else { return entry }
        let value = YamlNode(file: node.file, mark: node.mark, content: .scalar(wanted.rawValue, isQuoted: false))
        let patch = YamlNode(
            file: entry.node.file,
            mark: entry.node.mark,
            content: .mapping([YamlNode.Entry(key: "department", mark: node.mark, value: value)])
        )
        return entry.overlaid(with: patch, groups: [:], faults)
    }

    /// One fault for each department that a template counts on and the tenant does not have.
    private func checkDepartments(_ entries: [CatalogueEntry], _ adopt: YamlMapping, _ template: String) {
        var missing: [DepartmentCode: [ServiceCode]] = [:]
        for entry in entries {
            guard let department = entry.service?.department, tenant.department(department) == nil else { continue }
            missing[department, default: []].append(entry.code)
        }
        for (department, codes) in missing {
            let shown = codes.prefix(3).map(\.rawValue).joined(separator: ", ") + (codes.count > 3 ? " …" : "")
            adopt.fault(
                "template",
                "\(template) gives \(shown) to the department \"\(department)\", which \(tenant.id) does not have; "
                    + "add it to tenant.yml, or name another with departments: { \(department): … }"
            )
        }
    }

    // MARK: Changing

    private func override(_ map: YamlMapping, _ groups: [String: LocalizedText], _ entries: inout [CatalogueEntry]) {
        for node in map.list("overrides") {
            guard let change = YamlMapping(node, in: node.file, faults) else { continue }
            guard let code = change.requiredChecked("service_code", as: ServiceCode.self) else { continue }
            guard let last = entries.lastIndex(where: { $0.code == code }) else {
                let known = Set(entries.map(\.code.rawValue))
                change.fault("service_code", FaultText.unknown(code.rawValue, "adopted service", among: Array(known)))
                continue
            }
            let base = entries[last]
            if base.template != nil, base.node.child("emergency") != nil, change.has("emergency") {
                change.fault(
                    "emergency",
                    "\(code) has its 911 advice from \(base.template ?? "its template"); a tenant can neither change nor shorten it"
                )
                continue
            }
            let isNewVersion =
                node.child("valid_from").map { $0.scalar != base.node.child("valid_from")?.scalar } ?? false
            var start = base
            if isNewVersion, let open = base.withoutEnd(faults) {
                start = open
            }
            guard let entry = start.overlaid(with: node, groups: groups, faults) else { continue }
            checkDepartment(of: entry)
            if isNewVersion {
                entries.insert(entry, at: last + 1)
            } else {
                entries[last] = entry
            }
        }
    }

    // MARK: Its own

    private func own(
        _ map: YamlMapping,
        _ groups: [String: LocalizedText],
        adopted: [CatalogueEntry]
    ) -> [CatalogueEntry] {
        let shared = adopted.reduce(into: [String: LocalizedText]()) { $0.merge($1.groups) { first, _ in first } }
        let known = shared.merging(groups) { _, own in own }
        var entries: [CatalogueEntry] = []
        for node in map.list("services") {
            guard let entry = CatalogueEntry(node, groups: known, template: nil, faults) else { continue }
            checkDepartment(of: entry)
            let place = entry.codeNode
            if let prefix = entry.code.tenantCode, prefix != tenant.code {
                faults.add(
                    place.file,
                    place.mark,
                    "\(entry.code) carries the code of another tenant; this one is \(tenant.code)"
                )
            }
            if let template = templates.values.first(where: { $0.entries.contains { $0.code == entry.code } }) {
                faults.add(
                    place.file,
                    place.mark,
                    "\(entry.code) means a type of the template \(template.code) in every tenant; adopt and override it, "
                        + "or use \(tenant.code):… for another matter"
                )
            }
            entries.append(entry)
        }
        return entries
    }

    private func checkDepartment(of entry: CatalogueEntry) {
        guard let department = entry.service?.department, tenant.department(department) == nil else { return }
        let place = entry.node.child("department") ?? entry.node
        let known = tenant.departments.map(\.code.rawValue)
        faults.add(
            place.file,
            place.mark,
            FaultText.unknown(department.rawValue, "department of \(tenant.id)", among: known)
        )
    }

    private func inOrder(_ entries: [CatalogueEntry]) -> [CatalogueEntry] {
        var order: [ServiceCode] = []
        var versions: [ServiceCode: [CatalogueEntry]] = [:]
        for entry in entries {
            if versions[entry.code] == nil { order.append(entry.code) }
            versions[entry.code, default: []].append(entry)
        }
        return order.flatMap { versions[$0] ?? [] }
    }
}

extension CatalogueEntry {
    /// This entry without a last day, for a later version to begin from.
    fileprivate func withoutEnd(_ faults: FaultList) -> CatalogueEntry? {
        guard case .mapping(let entries) = node.content, node.child("valid_until") != nil else { return self }
        let kept = entries.filter { $0.key != "valid_until" }
        return CatalogueEntry(
            YamlNode(file: node.file, mark: node.mark, content: .mapping(kept)),
            groups: groups,
            template: template,
            faults
        )
    }
}
