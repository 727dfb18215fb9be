import Domain

/// Reads `ladder`: each step by share of the time allowed or by minutes without an answer.
struct LadderReader {
    /// The tenant's own roles; a step that tells a role nobody holds would tell nobody.
    let roles: [NamedRole]

    /// Where the tenant stands; a town alone has no hub above it.
    let tier: Tier

    /// The ladder.
    func read(_ map: YamlMapping) -> EscalationLadder {
        var rungs: [EscalationLadder.Rung] = []
        for node in map.list("ladder") {
            guard let entry = YamlMapping(node, in: node.file, map.faults), let rung = rung(entry) else { continue }
            let twice = rungs.contains { other in
                other.trigger == rung.trigger
                    && (other.priorities.isEmpty || rung.priorities.isEmpty
                        || !Set(other.priorities).isDisjoint(with: rung.priorities))
            }
            if twice {
                entry.fault(at: entry.mark, "the step \(rung.trigger.name) is there twice; list whom it tells together")
            }
            rungs.append(rung)
        }
        return EscalationLadder(rungs: rungs)
    }

    private func rung(_ map: YamlMapping) -> EscalationLadder.Rung? {
        let percent = map.integer("at_percent", in: 1...1_000)
        let minutes = map.integer("unanswered_minutes", in: 1...10_080)
        if map.has("at_percent") == map.has("unanswered_minutes") {
            map.fault(at: map.mark, "a step needs exactly one of at_percent, unanswered_minutes")
        }
        let priorities = TargetReader.priorities("for", in: map)
        let tells = map.list("tell", orOne: true).compactMap { node -> RoleAddress? in
            guard let role = map.checked(node, called: "a role", as: RoleAddress.self) else { return nil }
            guard role == .owner || role.isOfHub || roles.contains(where: { $0.role == role }) else {
                let known = ["owner"] + roles.map(\.role.rawValue)
                map.faults.add(
                    node.file,
                    node.mark,
                    FaultText.unknown(role.rawValue, "role of this file", among: known)
                )
                return nil
            }
            return role
        }
        let tellsRequester = map.flag("tell_requester", default: false)
        if tells.isEmpty, !tellsRequester, !map.has("tell") {
            map.fault(at: map.mark, "a step tells somebody: tell: [supervisor] or tell_requester: true")
        }
        map.finish()
        let trigger: EscalationLadder.Trigger? = percent.map { .percent($0) } ?? minutes.map { .unansweredMinutes($0) }
        return trigger.map {
            EscalationLadder.Rung($0, priorities: priorities, tells: tells, tellsRequester: tellsRequester)
        }
    }
}
