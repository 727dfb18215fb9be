import Domain

/// Reads `roles`: who holds which role, who stands in, when they are on call and when they are away.
struct RolesReader {
    /// The tenant, whose departments may be named.
    let tenant: Tenant

    /// The roles in the order of the file.
    func read(_ map: YamlMapping) -> [NamedRole] {
        var found: [NamedRole] = []
        for node in map.list("roles") {
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { continue }
            guard let role = role(entry) else { continue }
            let twice = found.contains { other in
                other.role == role.role
                    && (other.departments.isEmpty == role.departments.isEmpty)
                    && (role.departments.isEmpty || !Set(other.departments).isDisjoint(with: role.departments))
            }
            if twice {
                entry.fault(
                    "role",
                    "the role \(role.role) is given twice for the same department; list its people together"
                )
            }
            found.append(role)
        }
        let general: [RoleAddress] = [.fallback, .owner, .supervisor, .tenantAdministrator]
        if map.has("roles"), !found.contains(where: { $0.departments.isEmpty && general.contains($0.role) }) {
            map.fault(
                "roles",
                "a role fallback without departments is missing: a person is named for every open request, whatever department has it"
            )
        }
        return found
    }

    private func role(_ map: YamlMapping) -> NamedRole? {
        let role = map.requiredChecked("role", as: RoleAddress.self)
        if role?.isOfHub == true { map.fault("role", "roles of the hub are named in the hub's own file") }
        let departments = TargetReader.departments("departments", in: map, of: tenant)
        _ = map.required("people")
        let people = map.list("people").compactMap { node -> RoleHolder? in
            YamlMapping(node, in: node.file, map.faults).flatMap(person)
        }
        map.finish()
        guard let role, !people.isEmpty else { return nil }
        return NamedRole(role: role, departments: departments, people: people)
    }

    private func person(_ map: YamlMapping) -> RoleHolder? {
        let name = map.requiredText("name", atMost: 100)
        let email = map.text("email", atMost: 254).flatMap { ContactForms.email($0, "email", in: map) }
        let phone = map.text("phone", atMost: 40).flatMap { ContactForms.phone($0, "phone", in: map) }
        let language = map.choice("language", default: tenant.languages.first ?? .english, called: "language")
        let onCall = map.mapping("on_call").map(onCall)
        let away = map.list("away").compactMap { node in
            YamlMapping(node, in: node.file, map.faults).flatMap(absence)
        }
        if !map.has("email"), !map.has("phone") {
            map.fault(at: map.mark, "a person with a role needs an email or a phone; alarms go there")
        }
        map.finish()
        guard let name else { return nil }
        return RoleHolder(name: name, email: email, phone: phone, language: language, onCall: onCall, away: away)
    }

    private func onCall(_ map: YamlMapping) -> [Weekday: [OpenSpan]] {
        var times: [Weekday: [OpenSpan]] = [:]
        for weekday in Weekday.allCases where map.has(weekday.rawValue) {
            times[weekday] = map.list(weekday.rawValue, orOne: true).compactMap { node in
                guard let text = map.text(node, called: weekday.rawValue, atMost: 40) else { return nil }
                do {
                    return try OpenSpan(text)
                } catch {
                    map.faults.add(node.file, node.mark, "\(weekday.rawValue): \(error)")
                    return nil
                }
            }
        }
        map.finish()
        return times
    }

    private func absence(_ map: YamlMapping) -> RoleHolder.Absence? {
        if !map.has("from") { _ = map.required("from") }
        if !map.has("to") { _ = map.required("to") }
        let from = map.day("from")
        let to = map.day("to")
        map.finish()
        guard let from, let to else { return nil }
        if to < from { map.fault("to", "an absence from \(from) to \(to) ends before it begins") }
        return RoleHolder.Absence(from: from, to: to)
    }
}
