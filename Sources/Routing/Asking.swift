import Domain

extension Deliberation {
    /// Undecided between roads or assets: which one is meant, the nearest preselected.
    func asking(_ row: [Outcome]) -> Decision {
        if let kind = row.first?.routingCase.asset?.kind { return asking(kind, row) }
        var choices: [ResponsibilityQuestion.Choice] = []
        for outcome in row {
            guard let road = outcome.routingCase.road else { continue }
            let label = roadLabel(road, outcome)
            // Two segments of one road are one choice; the nearer one stands for both.
            guard !choices.contains(where: { $0.label == label && $0.lead == outcome.lead }) else { continue }
            choices.append(.init(key: road.id, label: label, lead: outcome.lead, metres: road.metres))
        }
        let text = choices.count == 2 ? FixedTexts.whichOfTwoRoads : FixedTexts.whichRoad
        let question = ResponsibilityQuestion(
            kind: .road,
            text: text,
            choices: choices,
            preselected: choices.first?.key,
            allowsDoNotKnow: true
        )
        return undecided(question: question, residentText: text, judged: row.first)
    }

    /// Undecided between assets of one kind: each is a choice of its own, because the crew must find it.
    private func asking(_ kind: AssetKind, _ row: [Outcome]) -> Decision {
        let choices = row.compactMap { outcome -> ResponsibilityQuestion.Choice? in
            guard let asset = outcome.routingCase.asset else { return nil }
            let owner = bodies.lead(asset.owner) ?? outcome.lead
            return .init(
                key: asset.id,
                label: owner == .undecided ? asset.title : label(asset.title, of: owner),
                lead: outcome.lead,
                metres: asset.metres
            )
        }
        let question = ResponsibilityQuestion(
            kind: .asset,
            text: kind.which,
            choices: choices,
            preselected: choices.first?.key,
            allowsDoNotKnow: true
        )
        return undecided(question: question, residentText: kind.which, judged: row.first)
    }

    /// Undecided between municipalities: on a border the question is the resident's, elsewhere a person of the hub finds out too.
    func asking(municipality outcomes: [Outcome]) -> Decision {
        let choices = zip(places.towns, outcomes).compactMap { town, outcome in
            town.id.map { id in
                ResponsibilityQuestion.Choice(
                    key: id.rawValue,
                    label: bodies.lead(id.rawValue).flatMap(bodies.name)?.plain ?? LocalizedText(same: id.rawValue),
                    lead: outcome.lead,
                    metres: town.metres
                )
            }
        }
        let onBorder = places.standing == .contested
        let question = ResponsibilityQuestion(
            kind: .municipality,
            text: onBorder ? FixedTexts.onBorder : FixedTexts.whichMunicipality,
            choices: choices,
            preselected: places.standing == .unknown ? nil : choices.first?.key,
            allowsDoNotKnow: true
        )
        return undecided(
            question: question,
            residentText: onBorder ? FixedTexts.onBorder : FixedTexts.findingOut(by: query.answerBy),
            judged: outcomes.first
        )
    }

    /// Nobody yet and no question that would help: a person of the hub finds out.
    func nobody(flags: [String], judged: Outcome? = nil) -> Decision {
        undecided(
            question: nil,
            residentText: FixedTexts.findingOut(by: query.answerBy),
            judged: judged,
            flags: flags
        )
    }

    private func undecided(
        question: ResponsibilityQuestion?,
        residentText: LocalizedText,
        judged: Outcome?,
        flags more: [String] = []
    ) -> Decision {
        let marks = (flags + more).withoutRepeats
        return Decision(
            lead: .undecided,
            mode: .take,
            alsoTold: judged.map { alsoTold(in: $0.routingCase, lead: .undecided) } ?? [],
            confidence: .ask,
            rung: query.rung,
            ruleID: judged?.lead == .undecided ? judged?.rule?.rule.id : nil,
            ruleVersion: rules.set.version,
            generation: query.place.generation,
            part: query.part,
            publicType: query.publicType,
            municipality: places.towns.count == 1 ? places.towns[0].id : nil,
            question: question,
            residentText: residentText,
            staffText: StaffText.undecided(deliberation: self, question: question, flags: marks),
            flags: marks,
            asOf: query.at
        )
    }

    /// `Regional Road 25 (the Region)`: roads of one name and two owners are common.
    private func roadLabel(_ road: NearbyRoad, _ outcome: Outcome) -> LocalizedText {
        let owner = outcome.routingCase.roadOwner.flatMap { bodies.lead($0) } ?? outcome.lead
        guard owner != .undecided else { return LocalizedText(same: road.name) }
        return label(LocalizedText(same: road.name), of: owner)
    }

    private func label(_ name: LocalizedText, of owner: Lead) -> LocalizedText {
        let called = bodies.called(owner)
        return name.map { name, language in "\(name) (\(called[language]))" }
    }

    /// The decision before any version of the agreement is in force.
    static func withoutAgreement(_ query: DecisionQuery) -> Decision {
        Decision(
            lead: .undecided,
            mode: .take,
            confidence: .ask,
            rung: query.rung,
            ruleID: nil,
            ruleVersion: "",
            generation: query.place.generation,
            part: query.part,
            publicType: query.publicType,
            residentText: FixedTexts.findingOut(by: query.answerBy),
            staffText: LocalizedText(
                english: "No version of the agreement is in force at this instant.",
                french: "Aucune version de l’entente n’est en vigueur à cet instant."
            ),
            flags: [Decision.Flag.noRule],
            asOf: query.at
        )
    }
}
