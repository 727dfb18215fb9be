import Domain

/// Reads `deadlines.yml`: standards, pauses, ladder, quiet hours, roles, weather events; every key may be left out.
struct DeadlinesReader {
    /// The tenant, whose departments the file may name.
    let tenant: Tenant

    /// Codes of its types.
    let services: Set<ServiceCode>

    /// The policy; nil, with faults, when the file cannot be one.
    func read(_ map: YamlMapping) -> DeadlinePolicy? {
        let before = map.faults.count
        let standard = DeadlinePolicy.standard
        let standards = StandardsReader(tenant: tenant, services: services).read(map)
        let pauses = map.has("pauses") ? pauses(map) : standard.pauses
        let roles = RolesReader(tenant: tenant).read(map)
        let ladder = map.has("ladder") ? LadderReader(roles: roles, tier: tenant.tier).read(map) : standard.ladder
        let quiet = map.has("quiet_hours") ? map.mapping("quiet_hours").flatMap(quietHours) : standard.quietHours
        let weather = map.has("weather_events") ? map.mapping("weather_events").flatMap(weather) : standard.weather
        let newDate = map.integer("new_date_percent", in: 101...1_000, default: standard.newDatePercent)
        map.finish()
        guard map.faults.count == before else { return nil }
        return DeadlinePolicy(
            standards: standards,
            pauses: pauses,
            ladder: ladder,
            quietHours: quiet,
            roles: roles,
            weather: weather,
            newDatePercent: newDate
        )
    }

    private func pauses(_ map: YamlMapping) -> [PauseRule] {
        var found: [PauseRule] = []
        for node in map.list("pauses") {
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { continue }
            let reason = entry.requiredChoice("reason", as: RequestLife.PauseReason.self, called: "reason to pause")
            let atMost = TargetReader.target("at_most_", in: entry)
            if atMost == nil {
                entry.fault(
                    at: entry.mark,
                    "a pause needs its longest time: at_most_days, at_most_business_days or the like"
                )
            }
            let text = entry.localized("text", atMost: 300)
            entry.finish()
            guard let reason, let atMost else { continue }
            if found.contains(where: { $0.reason == reason }) {
                entry.fault("reason", "the reason \(reason.rawValue) is listed twice")
            }
            found.append(PauseRule(reason: reason, atMost: atMost, text: text ?? PauseRule.words(reason)))
        }
        return found
    }

    /// `{ from: "21:00", to: "07:00", for: [P3, P4] }`.
    private func quietHours(_ map: YamlMapping) -> QuietHours? {
        let from = time(map, "from")
        let to = time(map, "to")
        let priorities = TargetReader.priorities("for", in: map)
        map.finish()
        guard let from, let to else { return nil }
        if from == to {
            map.fault("to", "quiet hours from \(from) to \(to) are none; leave the key out or give an end")
        }
        if priorities.contains(.p1) {
            map.fault("for", "P1 is danger and knows no quiet hours; list P2, P3 or P4")
        }
        return QuietHours(from: from, to: to, priorities: priorities.isEmpty ? [.p3, .p4] : priorities)
    }

    private func time(_ map: YamlMapping, _ key: String) -> TimeOfDay? {
        guard let text = map.requiredText(key, atMost: 20) else { return nil }
        do {
            return try TimeOfDay(text)
        } catch {
            map.fault(key, "\"\(key)\": \(error)")
            return nil
        }
    }

    /// `{ may_suspend: [winter.*], road_classes: [1, 2], at_most_days: 14 }`.
    private func weather(_ map: YamlMapping) -> WeatherRule? {
        let parts = TargetReader.parts("may_suspend", in: map)
        if parts.isEmpty {
            map.fault("may_suspend", "\"may_suspend\" names the parts of service whose clocks may stand still")
        }
        let classes = TargetReader.roadClasses("road_classes", in: map)
        let atMost = TargetReader.target("at_most_", in: map)
        if atMost == nil { map.fault(at: map.mark, "a weather event needs its longest time: at_most_days or the like") }
        map.finish()
        guard let atMost, !parts.isEmpty else { return nil }
        return WeatherRule(parts: parts, roadClasses: classes, atMost: atMost)
    }
}
