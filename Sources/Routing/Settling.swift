import Domain

extension Deliberation {
    /// The decision when every case gives the same lead.
    func settled(_ outcome: Outcome) -> Decision {
        guard outcome.lead != .undecided else {
            return nobody(flags: flags + outcome.flags, judged: outcome)
        }
        var marks = flags + outcome.flags
        switch places.standing {
        case .contested where places.towns.count > 1: marks.append(Decision.Flag.contestedPlace)
        case .gap: marks.append(Decision.Flag.gapPlace)
        default: break
        }
        if let id = outcome.lead.partnerID, let partner = rules.partners[id], isUnconfirmed(partner) {
            marks.append(Decision.Flag.referralUnconfirmed)
        }
        let question = openQuestion(of: outcome)
        let rule = outcome.rule?.rule
        let staff = StaffText(outcome: outcome, deliberation: self, flags: marks)
        return Decision(
            lead: outcome.lead,
            department: rule?.department,
            mode: rule?.mode ?? (outcome.lead.tenantID == nil ? .refer : .take),
            alsoTold: alsoTold(in: outcome.routingCase, lead: outcome.lead),
            confidence: confidence(question: question),
            rung: query.rung,
            ruleID: rule?.id,
            ruleVersion: rules.set.version,
            generation: query.place.generation,
            part: query.part,
            publicType: query.publicType,
            municipality: outcome.routingCase.municipality,
            road: outcome.routingCase.road,
            question: question,
            rejected: Reasons(outcome: outcome, deliberation: self).rejected(),
            residentText: residentText(outcome),
            staffText: staff.text,
            flags: marks.withoutRepeats,
            asOf: query.at,
            asset: outcome.routingCase.asset
        )
    }

    /// What a person must still answer caps what the evidence allows; a hint that changes nothing is no longer a guess, but never certain.
    private func confidence(question: ResponsibilityQuestion?) -> DecisionConfidence {
        guard question == nil else { return .likely }
        switch places.standing {
        case .known, .outside: return query.rung.bestConfidence == .certain ? .certain : .likely
        case .chosen: return query.rung.bestConfidence == .likely ? .likely : .certain
        case .contested, .gap, .unknown, .hinted: return .likely
        }
    }

    private func isUnconfirmed(_ partner: Partner) -> Bool {
        partner.confirmed.adding(days: 366) < day
    }

    private func residentText(_ outcome: Outcome) -> LocalizedText {
        let blanks = Blanks(lead: outcome.lead, routingCase: outcome.routingCase, bodies: bodies)
        let partner = outcome.lead.partnerID.flatMap { rules.partners[$0] }
        let reason: LocalizedText
        if let rule = outcome.rule?.rule {
            let isBorder =
                places.standing == .contested && flags.contains(Decision.Flag.notKnown)
                && rule.lead == .municipality
            reason = isBorder ? FixedTexts.border : rule.explanation
        } else {
            reason = partner?.kind == .elsewhere ? FixedTexts.elsewhere : FixedTexts.outside
        }
        let sentence = blanks.fill(reason)
        guard let warning = partner?.warning else { return sentence }
        return LocalizedText(
            english: "\(warning.english) \(sentence.english)",
            french: "\(warning.french) \(sentence.french)"
        )
    }

    /// The deciding rule's own question, when the fact is missing and an answer would change the lead.
    private func openQuestion(of outcome: Outcome) -> ResponsibilityQuestion? {
        guard let question = outcome.rule?.rule.question, !isAnswered(question.about) else { return nil }
        let choices = question.choices.map { choice in
            var assumed = outcome.routingCase
            switch question.about {
            case .propertyType: assumed.propertyType = choice.key
            case .answer(let code): assumed.answers[code] = [choice.key]
            }
            return ResponsibilityQuestion.Choice(
                key: choice.key,
                label: choice.label,
                lead: rules.judge(assumed, bodies: bodies).lead
            )
        }
        guard choices.contains(where: { $0.lead != outcome.lead }) else { return nil }
        let (kind, code): (ResponsibilityQuestion.Kind, String?) =
            switch question.about {
            case .propertyType: (.propertyType, nil)
            case .answer(let code): (.answer, code)
            }
        return ResponsibilityQuestion(
            kind: kind,
            code: code,
            text: question.text,
            choices: choices,
            preselected: nil,
            allowsDoNotKnow: true
        )
    }

    private func isAnswered(_ subject: RuleQuestion.Subject) -> Bool {
        switch subject {
        case .propertyType: query.propertyType != nil
        case .answer(let code): !query.answers[code].isEmpty
        }
    }
}

extension [String] {
    /// Each text once, in the order of its first appearance.
    var withoutRepeats: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
