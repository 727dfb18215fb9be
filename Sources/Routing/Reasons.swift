import Domain

/// Why the other bodies that came into question do not lead: each once, the strongest claim first.
struct Reasons {
    let outcome: Outcome
    let deliberation: Deliberation

    private var bodies: Bodies { deliberation.bodies }

    func rejected() -> [RejectedCandidate] {
        var found: [RejectedCandidate] = []
        func add(_ lead: Lead?, rule: String? = nil, _ reason: @autoclosure () -> LocalizedText) {
            guard let lead, lead != .undecided, lead != outcome.lead,
                !found.contains(where: { $0.lead == lead })
            else { return }
            found.append(RejectedCandidate(lead: lead, ruleID: rule, reason: reason()))
        }
        for tied in outcome.tied {
            add(resolve(tied.rule), rule: tied.rule.id, sameRank(tied.rule))
        }
        ownersOfOtherSpots(add)
        otherMunicipalities(add)
        assetOwner(add)
        roadOwner(add)
        enclave(add)
        if let rule = outcome.rule {
            for weaker in outcome.runnersUp {
                add(resolve(weaker.rule), rule: weaker.rule.id, lessSpecific(weaker, than: rule))
            }
            for other in deliberation.rules.rules[deliberation.query.part] ?? [] where other.rank >= rule.rank {
                guard let when = otherTime(other.rule) else { continue }
                add(resolve(other.rule), rule: other.rule.id, when)
            }
        }
        return found
    }

    private typealias Add = (Lead?, String?, @autoclosure () -> LocalizedText) -> Void

    private func resolve(_ rule: ResponsibilityRule) -> Lead? {
        bodies.resolve(rule.lead, in: outcome.routingCase)
    }

    private func sameRank(_ rule: ResponsibilityRule) -> LocalizedText {
        LocalizedText(
            english: "Row \(rule.id) has the same rank; the larger tier takes it.",
            french: "La ligne \(rule.id) a le même rang; le palier supérieur s’en charge."
        )
    }

    private func ownersOfOtherSpots(_ add: Add) {
        guard let town = deliberation.places.towns.first else { return }
        for spot in deliberation.spots.ruledOut {
            let other = deliberation.judge(town, spot)
            add(other.lead, other.rule?.rule.id, notMeant(spot))
        }
    }

    private func notMeant(_ spot: Spot) -> LocalizedText {
        if let asset = spot.asset {
            return LocalizedText(
                english: "It would lead for \(asset.label.english), which is not the one meant.",
                french: "Cet organisme serait responsable de ceci, qui n’est pas visé : \(asset.label.french)."
            )
        }
        let road = spot.road?.name ?? ""
        return LocalizedText(
            english: "It would lead on \(road), which is not the road meant.",
            french: "Cet organisme serait responsable sur \(road), qui n’est pas la route visée."
        )
    }

    private func assetOwner(_ add: Add) {
        guard let asset = outcome.routingCase.asset else { return }
        add(
            bodies.lead(asset.owner),
            nil,
            LocalizedText(
                english: "It owns \(asset.label.english), but by agreement another body looks after it.",
                french: "Cet organisme en est propriétaire, mais selon l’entente un autre s’en occupe : "
                    + "\(asset.label.french)."
            )
        )
    }

    private func otherMunicipalities(_ add: Add) {
        let covering = deliberation.query.place.municipality.covering
        let near = deliberation.query.place.municipality.nearest.map(\.area)
        for area in covering + near {
            guard let lead = bodies.lead(of: area), lead.bodyID != outcome.routingCase.municipality?.rawValue else {
                continue
            }
            add(
                lead,
                nil,
                LocalizedText(
                    english: "The place also touches \(area.name), but the case was decided for another municipality.",
                    french:
                        "L’endroit touche aussi \(area.name), mais le cas a été tranché pour une autre municipalité."
                )
            )
        }
    }

    private func roadOwner(_ add: Add) {
        guard let road = outcome.routingCase.road, let owner = outcome.routingCase.roadOwner else { return }
        let part = deliberation.rules.definitions[deliberation.query.part]?.name ?? LocalizedText(same: "")
        add(
            bodies.lead(owner),
            nil,
            LocalizedText(
                english: "It owns \(road.name), but by agreement another body looks after \(part.english) there.",
                french: "\(road.name) lui appartient, mais selon l’entente un autre organisme y est chargé de ceci : "
                    + "\(part.french)."
            )
        )
    }

    private func enclave(_ add: Add) {
        guard let municipality = outcome.routingCase.municipality, !outcome.routingCase.isMember else { return }
        let place =
            bodies.lead(municipality.rawValue).flatMap(bodies.name)?.plain
            ?? LocalizedText(same: municipality.rawValue)
        for body in bodies.tenants.values.sorted(by: { $0.id < $1.id }) where body.tier == .upper {
            add(
                .tenant(body.id),
                nil,
                LocalizedText(
                    english: "\(place.english) is not part of it.",
                    french: "\(place.french) n’en fait pas partie."
                )
            )
        }
    }

    private func lessSpecific(_ weaker: CompiledRules.Ranked, than winner: CompiledRules.Ranked) -> LocalizedText {
        let level = Specificity.Level.allCases.first { winner.rank.weight($0) > weaker.rank.weight($0) }
        let name = level?.name ?? LocalizedText(same: "")
        return LocalizedText(
            english: "Row \(weaker.rule.id) is more general: row \(winner.rule.id) names \(name.english).",
            french: "La ligne \(weaker.rule.id) est plus générale : la ligne \(winner.rule.id) précise \(name.french)."
        )
    }

    /// Nil unless the row would hold on some other day only.
    private func otherTime(_ rule: ResponsibilityRule) -> LocalizedText? {
        let day = deliberation.day
        guard outcome.routingCase.meets(rule.conditions, onAnyDay: true) else { return nil }
        if let until = rule.conditions.validUntil, until < day {
            let words = FixedTexts.inWords(until)
            return LocalizedText(
                english: "Row \(rule.id) was in force until \(words.english).",
                french: "La ligne \(rule.id) était en vigueur jusqu’au \(words.french)."
            )
        }
        if let from = rule.conditions.validFrom, day < from {
            let words = FixedTexts.inWords(from)
            return LocalizedText(
                english: "Row \(rule.id) takes effect on \(words.english).",
                french: "La ligne \(rule.id) entre en vigueur le \(words.french)."
            )
        }
        return nil
    }
}
