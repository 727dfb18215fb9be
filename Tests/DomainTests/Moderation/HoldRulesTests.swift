import Domain
import Foundation
import Testing

@Suite("What holds a text back")
struct HoldRulesTests {
    @Test(
        "finds rude words and what tells of a person, in both languages, and nothing in plain reports",
        arguments: [
            // text, reasons
            ("A deep hole by the curb, 40 cm across, since 2025-11-02", []),
            ("Un nid-de-poule devant le 1234, rue King, près du lampadaire 88213", []),
            ("Highway 407 at Line 12, unit 204, lot 123, pole 4471", []),
            ("Le camion est en retard; une tapette à souris traîne", []),
            ("My reference was BB-7K3QF-2M9V and nobody came", []),
            ("The assistant classed it as a shitake stand in Scunthorpe", []),
            ("this is bullshit, fix it", [.profanity]),
            ("FUCK this road", [.profanity]),
            ("sh1t everywhere", [.profanity]),
            ("fuuuuck", [.profanity]),
            ("C'est de la merde, tabarnak!", [.profanity]),
            ("L’enculé du 12 a encore jeté ses ordures", [.profanity]),
            ("un gros tas de MERDES de chien", [.profanity]),
            ("Call me at 705-555-0123", [.contact]),
            ("écrivez à jean.tremblay@exemple.ca", [.contact]),
            ("my SIN is 130 692 544", [.socialInsurance]),
            ("numéro 130-692-545 du lampadaire", []),
            ("card 4111 1111 1111 1111 was found here", [.card, .contact]),
            ("the truck had plate CKBW 482", [.plate]),
            ("black van BDKL 771 dumping", [.plate]),
            ("plaque K57 XDP, camion blanc", [.plate]),
            ("licence abc123 parked on the lawn", [.plate]),
        ] as [(String, Set<HoldRules.Reason>)]
    )
    func finds(text: String, reasons: Set<HoldRules.Reason>) {
        #expect(HoldRules().reasons(to: text) == reasons, "\(text)")
    }

    @Test("A tenant's own words hold, and the ones it allows do not")
    func ownWords() {
        let rules = HoldRules(
            ModerationSettings(holdWordsEnglish: ["crook"], holdWordsFrench: ["gros cave"], allowedWords: ["Moron"])
        )
        #expect(rules.reasons(to: "The mayor is a crook") == [.profanity])
        #expect(rules.reasons(to: "Le maire est un GROS  CAVE.") == [.profanity])
        #expect(rules.reasons(to: "The culvert at Moron Creek") == [])
        #expect(HoldRules().reasons(to: "The culvert at Moron Creek") == [.profanity])
    }

    @Test("What is withheld is stored as words and read back, and unknown words withhold nothing")
    func withheldWords() throws {
        let withheld = Withheld([.photo(2), .description, .address])
        #expect(withheld.words == ["description", "address", "photo:2"])
        #expect(Withheld(words: withheld.words + ["photo:-1", "voice"]) == withheld)
        let coded = try JSONDecoder().decode(Withheld.self, from: JSONEncoder().encode(withheld))
        #expect(coded == withheld)
        #expect(withheld.shown(["a", "b", "c"]) == ["a", "b"])
    }

    @Test("A decision goes from held to released or rejected and back, and one that changes nothing is refused")
    func publication() throws {
        var state = Publication.held
        try state.reject()
        #expect(throws: Publication.NothingToDecide.self) { try state.reject() }
        try state.release()
        #expect(state == .released)
        #expect(throws: Publication.NothingToDecide.self) { try state.release() }
        try state.reject()
        #expect(state == .rejected)
    }
}
