import Domain

/// Reads when a row applies: its parts, its `when:` and its days.
struct RuleConditionsReader {
    let faults: FaultList
    let names: AgreementNames

    /// Asks the row for `parts`, `when`, `everywhere`, `valid_from` and `valid_until`.
    func conditions(_ map: YamlMapping) -> RuleConditions? {
        _ = map.required("parts")
        var conditions = RuleConditions(parts: parts(map))
        conditions.everywhere = map.flag("everywhere", default: false)
        conditions.validFrom = map.day("valid_from")
        conditions.validUntil = map.day("valid_until")
        if let from = conditions.validFrom, let until = conditions.validUntil, until < from {
            map.fault("valid_until", "the row ends on \(until), before it begins on \(from)")
        }
        if let when = map.mapping("when") {
            read(when, into: &conditions)
            when.finish()
        }
        return conditions.parts.isEmpty ? nil : conditions
    }

    func parts(_ map: YamlMapping) -> [PartPattern] {
        map.texts("parts", orOne: true).flatMap { text, mark in
            text.hasPrefix("group:") ? group(text, at: mark, map) : pattern(text, at: mark, map).map { [$0] } ?? []
        }
    }

    /// The parts of a group of the taxonomy, each named exactly.
    private func group(_ text: String, at mark: YamlMark, _ map: YamlMapping) -> [PartPattern] {
        let name = String(text.dropFirst(6))
        guard let parts = names.groups[name] else {
            let hint = NearMiss.hint(name, among: names.groups.keys.sorted())
            map.fault(at: mark, "\"\(FaultText.shown(name))\" is no group of taxonomy.yml\(hint)")
            return []
        }
        return parts.map { PartPattern(trusted: $0.rawValue) }
    }

    private func pattern(_ text: String, at mark: YamlMark, _ map: YamlMapping) -> PartPattern? {
        guard let pattern = PartPattern(rawValue: text) else {
            map.fault(at: mark, "\"\(FaultText.shown(text))\" must be \(PartPattern.form.english)")
            return nil
        }
        guard names.parts.isEmpty || names.parts.contains(where: { pattern.covers($0) }) else {
            let known = pattern.isExact ? names.parts.map(\.rawValue) : families
            map.fault(at: mark, "\(text) covers no part of taxonomy.yml\(NearMiss.hint(text, among: known))")
            return nil
        }
        return pattern
    }

    private var families: [String] {
        Set(names.parts.compactMap { $0.rawValue.split(separator: ".").first.map { "\($0).*" } }).sorted()
    }

    private func read(_ when: YamlMapping, into conditions: inout RuleConditions) {
        conditions.municipalities = municipalities(when)
        conditions.roads = when.texts("roads", orOne: true).map(\.text)
        conditions.kilometres = kilometres(when, roads: conditions.roads)
        conditions.roadOperator = when.choice("road_operator", as: RuleOperator.self, called: "kind of road operator")
        conditions.asset = asset(when)
        conditions.roadOwners = when.list("road_owners", orOne: true).compactMap {
            when.choice($0, called: "an entry of \"road_owners\"", as: RoadOwnerKind.self, what: "kind of road owner")
        }
        conditions.roadClasses = when.texts("road_classes", orOne: true).map(\.text)
        conditions.propertyTypes = when.texts("property_types", orOne: true).map(\.text)
        conditions.speedLimit = speed(when)
        conditions.hours = hours(when)
        conditions.season = season(when)
        if let answers = when.mapping("answers") {
            for entry in answers.allEntries() {
                let keys = answers.texts(entry.key, orOne: true).map(\.text)
                if keys.isEmpty {
                    faults.add(entry.value.file, entry.mark, "\"\(FaultText.shown(entry.key))\" lists no answer")
                }
                conditions.answers[entry.key] = keys
            }
        }
        if let areas = when.mapping("areas") {
            for entry in areas.allEntries() {
                guard LayerName(rawValue: entry.key) != nil else {
                    let shown = FaultText.shown(entry.key)
                    faults.add(entry.value.file, entry.mark, "\"\(shown)\" is no name of a layer, such as watershed")
                    continue
                }
                conditions.areas[entry.key] = answersAsAreas(areas, entry.key)
            }
        }
    }

    private func kilometres(_ when: YamlMapping, roads: [String]) -> RuleKilometres? {
        guard let map = when.mapping("kilometres") else { return nil }
        let from = map.decimal("from") ?? 0
        let to = map.decimal("to")
        map.finish()
        if roads.isEmpty {
            when.fault("kilometres", "kilometres need the road they are counted on; name it in \"roads\"")
        }
        guard from >= 0, to.map({ $0 > from }) ?? true else {
            when.fault("kilometres", "no kilometre is from \(from) to \(to ?? 0)")
            return nil
        }
        return RuleKilometres(from: from, to: to ?? 100_000, isLast: to == nil)
    }

    /// `asset: any`, or lists of what it must be.
    private func asset(_ when: YamlMapping) -> RuleAsset? {
        if let node = when.entry("asset")?.value, node.scalar == "any" { return RuleAsset() }
        guard let map = when.mapping("asset") else { return nil }
        let asset = RuleAsset(
            ids: map.texts("ids", orOne: true).map(\.text),
            owners: bodies(map, "owners"),
            operators: bodies(map, "operators"),
            classes: map.texts("classes", orOne: true).map(\.text),
            components: map.texts("components", orOne: true).map(\.text),
            operated: map.choice("operated_by", as: RuleOperator.self, called: "kind of operator")
        )
        map.finish()
        return asset
    }

    private func bodies(_ map: YamlMapping, _ key: String) -> [String] {
        let known = names.tenants.keys.map(\.rawValue) + names.partners.keys.map(\.rawValue)
        return map.texts(key, orOne: true).compactMap { text, mark in
            guard known.contains(text) else {
                let hint = NearMiss.hint(text, among: known)
                map.fault(at: mark, "\"\(FaultText.shown(text))\" is neither a tenant nor a partner\(hint)")
                return nil
            }
            return text
        }
    }

    private func answersAsAreas(_ areas: YamlMapping, _ layer: String) -> [AreaID] {
        areas.texts(layer, orOne: true).compactMap { text, mark in
            guard let id = AreaID(rawValue: text) else {
                areas.fault(at: mark, "\"\(FaultText.shown(text))\" is no area id")
                return nil
            }
            return id
        }
    }

    private func municipalities(_ when: YamlMapping) -> [JurisdictionID] {
        when.texts("municipalities", orOne: true).compactMap { text, mark in
            guard names.municipalities.contains(text) else {
                let hint = NearMiss.hint(text, among: names.municipalities)
                when.fault(
                    at: mark,
                    "\"\(FaultText.shown(text))\" is neither a tenant nor a municipality among the partners\(hint)"
                )
                return nil
            }
            return JurisdictionID(trusted: text)
        }
    }

    private func speed(_ when: YamlMapping) -> RuleSpeed? {
        guard let map = when.mapping("speed_limit") else { return nil }
        let from = map.integer("from", in: 1...200)
        let to = map.integer("to", in: 1...200)
        map.finish()
        if from == nil, to == nil { when.fault("speed_limit", "\"speed_limit\" needs from, to or both, in km/h") }
        if let from, let to, to < from { when.fault("speed_limit", "no speed is from \(from) to \(to) km/h") }
        return RuleSpeed(from: from, to: to)
    }

    private func hours(_ when: YamlMapping) -> RuleHours? {
        guard let map = when.mapping("hours") else { return nil }
        let from = time("from", map)
        let to = time("to", map)
        map.finish()
        guard let from, let to else { return nil }
        if from == to {
            when.fault("hours", "no minute is from \(from) to \(to); leave the hours out for the whole day")
        }
        return RuleHours(from: from, to: to)
    }

    private func time(_ key: String, _ map: YamlMapping) -> TimeOfDay? {
        guard let text = map.requiredText(key) else { return nil }
        do {
            return try TimeOfDay(text)
        } catch {
            map.fault(key, "\"\(key)\": \(error)")
            return nil
        }
    }

    private func season(_ when: YamlMapping) -> SeasonWindow? {
        guard let map = when.mapping("season") else { return nil }
        let from = monthDay("from", map)
        let to = monthDay("to", map)
        map.finish()
        guard let from, let to else { return nil }
        return SeasonWindow(from: from, to: to)
    }

    private func monthDay(_ key: String, _ map: YamlMapping) -> MonthDay? {
        guard let text = map.requiredText(key) else { return nil }
        guard let day = MonthDay(text) else {
            map.fault(key, "\"\(key)\" is \"\(FaultText.shown(text))\"; must be a day of the year such as 11-01")
            return nil
        }
        return day
    }
}
