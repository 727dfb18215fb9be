import Domain
import Testing

@Suite("Places that are not clear")
struct AmbiguityTests {
    private let overlap = Region.place(.contested([Region.area("elmsbridge"), Region.area("cobbleford")]))
    private let gap = Region.place(
        .gap(nearest: [
            NearestArea(area: Region.area("brindle-bay"), metres: 20.1),
            NearestArea(area: Region.area("cobbleford"), metres: 21),
        ])
    )

    @Test("in an overlap the municipality is asked, the stated order's first preselected")
    func overlapAsks() {
        let decision = Region.decide("bylaw.noise", overlap)
        #expect(decision.lead == .undecided)
        #expect(decision.question?.kind == .municipality)
        #expect(decision.question?.choices.map(\.key) == ["elmsbridge", "cobbleford"])
        #expect(decision.question?.preselected == "elmsbridge")
        #expect(decision.residentText.english == "This place is on a border. Which municipality do you mean?")
    }

    @Test("in an overlap nothing is asked when both give the same lead")
    func overlapAgrees() {
        let decision = Region.decide("police.nonemerg", overlap)
        #expect(decision.lead == .tenant("maplewater"))
        #expect(decision.question == nil)
        #expect(decision.confidence == .likely)
        #expect(decision.flags == ["contested_place"])
    }

    @Test("the answer settles an overlap, and the other one is named with its reason")
    func overlapAnswered() {
        let decision = Region.decide("bylaw.noise", overlap, municipality: "cobbleford")
        #expect(decision.lead == .tenant("cobbleford"))
        #expect(decision.confidence == .certain)
        #expect(decision.rejected.map(\.lead) == [.tenant("elmsbridge")])
    }

    @Test("\"I do not know\" in an overlap goes by the stated order, marked for staff")
    func overlapNotKnown() {
        let decision = Region.decide("bylaw.weeds", overlap, municipality: DecisionQuery.doNotKnow)
        #expect(decision.lead == .tenant("elmsbridge"))
        #expect(decision.flags == ["answered_do_not_know"])
        #expect(decision.residentText.english == "This place is on the border. By agreement the Town looks after it.")
    }

    @Test("in a gap a person of the hub finds out, with the day in words in both languages")
    func gapWaits() {
        let decision = Region.decide("bylaw.noise", gap, answerBy: Region.day("2026-12-01"))
        #expect(decision.lead == .undecided)
        #expect(
            decision.residentText
                == LocalizedText(
                    english: "We will find out who is responsible. You will hear from us by December 1, 2026.",
                    french:
                        "Nous trouverons qui est responsable. Vous aurez de nos nouvelles d’ici le 1er décembre 2026."
                )
        )
        #expect(decision.question?.choices.map(\.metres) == [20.1, 21])
        // Nobody knows, so "I do not know" is no answer; it stays with triage.
        let unsure = Region.decide("bylaw.noise", gap, municipality: DecisionQuery.doNotKnow)
        #expect(unsure.lead == .undecided)
    }

    @Test("in a gap a regional matter is the Region's all the same")
    func gapAgrees() {
        let decision = Region.decide("health.food", gap)
        #expect(decision.lead == .tenant("maplewater"))
        #expect(decision.flags == ["gap_place"])
    }

    @Test("the road counts in a gap, not the missing polygon")
    func gapWithRoad() {
        let place = Region.place(gap.municipality, roads: [Region.regional])
        #expect(Region.decide("road.surface", place).lead == .tenant("maplewater"))
    }

    @Test("outside everything people are told whom to ask, and no reference is invented")
    func outside() {
        let place = PlaceFacts(
            coordinate: nil,
            areas: [],
            municipality: .outside(nearest: []),
            upperTier: .outside(nearest: []),
            roads: [],
            toleranceMetres: 20
        )
        let decision = Region.decide("road.surface", place)
        #expect(decision.lead == .partner("municipal-finder"))
        #expect(decision.mode == .refer)
        #expect(decision.flags == ["outside"])
        #expect(
            decision.residentText.english
                == "This place is outside our region. The 211 information line can tell you who looks after it: 211."
        )
        // What does not depend on the region is answered there too.
        #expect(Region.decide("spill.pollution", place).lead == .partner("spills-action-centre"))
    }

    @Test("without a place the municipality is asked, none preselected")
    func unknownPlace() {
        let decision = Region.decide("corp.foi", .unknown(), rung: .nothing)
        #expect(decision.lead == .undecided)
        #expect(decision.question?.choices.count == 5)
        #expect(decision.question?.preselected == nil)
        #expect(decision.residentText.english == "We will find out who is responsible.")
        let answered = Region.decide("corp.foi", .unknown(), municipality: "elmsbridge", rung: .nothing)
        #expect(answered.lead == .tenant("elmsbridge"))
        #expect(answered.confidence == .certain)
    }

    @Test("without a place a matter that is the Region's everywhere is the Region's, though never certain")
    func unknownPlaceAgrees() {
        let decision = Region.decide("paramedic.info", .unknown(), rung: .nothing)
        #expect(decision.lead == .tenant("maplewater"))
        #expect(decision.confidence == .likely)
    }

    @Test("without a place somebody may name the enclave and is referred to it")
    func unknownPlaceEnclave() {
        let decision = Region.decide("paramedic.info", .unknown(), municipality: "greyhaven", rung: .nothing)
        #expect(decision.lead == .partner("greyhaven"))
    }

    @Test(
        "a telephone number is only a hint: it preselects, it never decides",
        arguments: [
            EvidenceRung.dialledExchange, .callerExchange,
        ]
    )
    func hint(rung: EvidenceRung) {
        let decision = Region.decide("bylaw.noise", Region.place("elmsbridge"), rung: rung)
        #expect(decision.lead == .undecided)
        #expect(decision.question?.preselected == "elmsbridge")
        #expect(decision.question?.choices.count == 5)
        let confirmed = Region.decide("bylaw.noise", Region.place("elmsbridge"), municipality: "elmsbridge", rung: rung)
        #expect(confirmed.lead == .tenant("elmsbridge"))
        // The person knows better than the exchange.
        let corrected = Region.decide("bylaw.noise", Region.place("elmsbridge"), municipality: "fallow", rung: rung)
        #expect(corrected.lead == .tenant("fallow"))
    }

    @Test(
        "evidence caps what a decision may claim",
        arguments: [
            (EvidenceRung.asset, DecisionConfidence.certain), (.mapPoint, .certain), (.civicAddress, .certain),
            (.intersection, .certain), (.postalCode, .likely), (.contactAddress, .likely),
        ]
    )
    func confidence(rung: EvidenceRung, confidence: DecisionConfidence) {
        #expect(Region.decide("waste.collect", Region.place("elmsbridge"), rung: rung).confidence == confidence)
    }

    @Test("an answer that names a road far away is ignored and marked, never obeyed")
    func foreignRoad() {
        let place = Region.place("brindle-bay", roads: [Region.regional])
        let decision = Region.decide("road.surface", place, road: "hw7-1")
        #expect(decision.lead == .tenant("maplewater"))
        #expect(decision.flags == ["choice_ignored"])
    }

    @Test("an answer that names another municipality than the map is ignored and marked")
    func foreignMunicipality() {
        let decision = Region.decide("bylaw.noise", Region.place("brindle-bay"), municipality: "fallow")
        #expect(decision.lead == .tenant("brindle-bay"))
        #expect(decision.flags == ["choice_ignored"])
    }

    @Test("an unknown service part waits in triage, marked")
    func unknownPart() {
        let decision = Region.decide("moon.cheese", Region.place("brindle-bay"))
        #expect(decision.lead == .undecided)
        #expect(decision.flags == ["unknown_part"])
    }

    @Test("before the first version of the agreement nobody is named")
    func beforeAgreement() {
        let decision = Region.decide(
            "road.surface",
            Region.place("brindle-bay"),
            at: Region.instant("2019-06-01T12:00:00Z")
        )
        #expect(decision.lead == .undecided)
        #expect(decision.ruleVersion == "")
    }

    @Test("a municipality that is neither tenant nor partner is nobody's silently: it waits in triage, marked")
    func unknownMunicipality() {
        let decision = Region.decide("bylaw.noise", Region.place("atlantis"))
        #expect(decision.lead == .undecided)
        #expect(decision.flags == ["unknown_body"])
    }
}
