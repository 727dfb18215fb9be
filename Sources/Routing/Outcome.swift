import Domain

/// What the agreement says of one fully stated case.
struct Outcome {
    let routingCase: RoutingCase

    /// Who leads; undecided when no rule holds or the place does not say whom the rule means.
    let lead: Lead

    /// The rule that decided; nil when the place alone did.
    let rule: CompiledRules.Ranked?

    /// Rules of the same rank that lost to a larger tier; a published agreement has none.
    let tied: [CompiledRules.Ranked]

    /// Rules that hold but are less specific, most specific first.
    let runnersUp: [CompiledRules.Ranked]

    let flags: [String]
}

extension CompiledRules {
    /// Judges one case: the most specific rule that holds, else the place's own body, else nobody yet.
    func judge(_ routingCase: RoutingCase, bodies: Bodies) -> Outcome {
        let holding = holding(in: routingCase)
        guard let first = holding.first else {
            return judgeWithoutRule(routingCase, bodies: bodies)
        }
        var best = first
        let equals = holding.prefix { $0.rank == first.rank }
        var flags: [String] = []
        if equals.count > 1 {
            flags.append(Decision.Flag.equalRank)
            func size(_ ranked: Ranked) -> Int {
                bodies.resolve(ranked.rule.lead, in: routingCase).map(bodies.size) ?? -1
            }
            // `equals` is in the order of rule ids, and only a larger body displaces an earlier row: no toss.
            for candidate in equals where size(candidate) > size(best) { best = candidate }
        }
        let lead = bodies.resolve(best.rule.lead, in: routingCase)
        if lead == nil { flags.append(Decision.Flag.unknownBody) }
        return Outcome(
            routingCase: routingCase,
            lead: lead ?? .undecided,
            rule: best,
            tied: equals.filter { $0.rule.id != best.rule.id },
            runnersUp: Array(holding.dropFirst(equals.count)),
            flags: flags
        )
    }

    private func judgeWithoutRule(_ routingCase: RoutingCase, bodies: Bodies) -> Outcome {
        let lead: Lead?
        if let municipality = routingCase.municipality {
            lead = routingCase.isMember ? nil : bodies.lead(municipality.rawValue)
        } else {
            lead = elsewhere.map { .partner($0.id) }
        }
        let missing = routingCase.isMember ? Decision.Flag.noRule : Decision.Flag.unknownBody
        return Outcome(
            routingCase: routingCase,
            lead: lead ?? .undecided,
            rule: nil,
            tied: [],
            runnersUp: [],
            flags: lead == nil ? [missing] : [Decision.Flag.outside]
        )
    }
}
