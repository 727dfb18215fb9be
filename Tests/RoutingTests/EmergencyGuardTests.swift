import Domain
import Testing

@testable import Routing

@Suite("The 911 guard")
struct EmergencyGuardTests {
    @Test(
        "hears danger in both languages, however it is written",
        arguments: [
            // English
            "There is a fire behind the arena", "FIRE!!!", "fires in two yards",
            "smoke coming out of the house next door",
            "he is not breathing", "She stopped breathing", "my dad can't breathe", "a man is bleeding on the sidewalk",
            "somebody is unconscious at the bus stop", "guy with a gun", "two men with knives",
            "gunshots on Elm Street",
            "I am being attacked by a dog", "a dog is attacking someone", "break-in now at my neighbour's",
            "someone is breaking in", "gas smell in the hallway", "it smells like gas", "I smell gas",
            "gas leak on Bay St",
            "wires down on King Street", "a wire is down", "downed power line", "the power lines fell on the road",
            "tree fell on the hydro wires", "live wire on the ground", "sparks from the transformer",
            "child left alone in a car", "baby locked in a hot vehicle", "a kid is drowning", "she took an overdose",
            "he says suicide is the only way", "I want to die", "the balcony collapsed", "the wall is collapsing",
            "explosion at the plant", "carbon monoxide alarm is going off", "our CO detector keeps beeping",
            "people trapped in the elevator", "heart attack at the rink", "ｆｉｒｅ in full width",
            "fi\u{200B}re with a hidden character",
            // French
            "Il y a un feu derrière l’aréna", "au feu!", "incendie dans l'immeuble", "L’INCENDIE s’étend",
            "des incendies",
            "de la fumée dans la maison", "il ne respire pas", "elle respire plus", "un homme saigne",
            "elle est inconsciente",
            "un homme avec une arme", "des armes à feu", "couteau à la main", "on m'attaque", "une agression en cours",
            "entrée par effraction chez le voisin", "odeur de gaz", "ça sent le gaz", "fuite de gaz",
            "un fil est tombé",
            "fils tombés sur la rue", "fil électrique par terre", "des étincelles sur le poteau", "arbre sur les fils",
            "noyade au lac", "surdose", "il parle de suicide", "je veux mourir", "effondrement du pont",
            "le toit s'effondre",
            "une explosion", "monoxyde de carbone", "enfant seul dans une auto", "bébé enfermé dans la voiture",
        ]
    )
    func hears(text: String) {
        #expect(EmergencyGuard.advice(for: text) != nil)
    }

    @Test(
        "stays silent where a word only looks like danger",
        arguments: [
            "the fire hydrant leaks", "fire hydrants are buried in snow", "I need a fire pit permit",
            "fire permit question",
            "car parked in the fire route", "where is the fire station", "the fire department visited",
            "fire extinguisher check",
            "book a fire inspection", "is there a fire ban", "fire code question", "smoke alarm in my house is old",
            "gunk in the catch basin", "nail gun noise at 6 am", "barbed wire fence", "potholes on Sparks Street",
            "unconscious bias training", "drowning in paperwork", "gas station canopy light", "someone was fired",
            "firewood pile", "the firefighters were great", "campfire songs", "overdose prevention site hours",
            "le feu de circulation est éteint", "feux de circulation en panne", "le feu rouge ne change pas",
            "feu vert trop court",
            "permis de feu", "feu de camp permis?", "feux d’artifice le 1er juillet", "feu pour piétons", "couvre-feu",
            "borne d'incendie enneigée", "bornes-fontaines d’incendie", "service d’incendie",
            "prévention des incendies",
            "avertisseur de fumée", "voie d'incendie bloquée", "dalle en béton armé", "forces armées", "nid-de-poule",
            "pothole", "missed garbage", "", "   ", "12345",
        ]
    )
    func staysSilent(text: String) {
        #expect(EmergencyGuard.advice(for: text)?.matched == nil)
    }

    @Test(
        "an exception hides only its own words",
        arguments: [
            "the fire hydrant is on fire", "feu de circulation en feu", "le poteau d'incendie a pris feu",
            "gas station: I smell gas", "smoke alarm rings, there is smoke in the kitchen",
        ]
    )
    func exceptionHidesItself(text: String) {
        #expect(EmergencyGuard.advice(for: text) != nil)
    }

    @Test("a form says number 2, a call number 1, in the project's own wording")
    func wording() {
        let written = EmergencyGuard.advice(for: "fire")
        #expect(written?.notice(.english) == "This sounds like an emergency. Call 911. This form is not read at once.")
        #expect(
            written?.notice(.french)
                == "Cela ressemble à une urgence. Composez le 911. Ce formulaire n’est pas lu immédiatement."
        )
        let spoken = EmergencyGuard.advice(for: "fire", channel: .spoken)
        #expect(
            spoken?.notice(.english)
                == "Is anyone in danger? Hang up and call 911 now. We do not pass calls to 911."
        )
    }

    @Test("a wire brings number 3 first, with the distributor of the place")
    func wire() {
        let advice = EmergencyGuard.advice(
            for: "tree on the wires",
            distributor: LocalizedText(english: "Brindle Hydro", french: "Brindle Hydro")
        )
        #expect(
            advice?.texts.first
                == LocalizedText(
                    english: "Wire down: stay at least 10 metres away. Call 911, then Brindle Hydro.",
                    french: "Fil tombé : restez à au moins 10 mètres. Composez le 911, puis appelez Brindle Hydro."
                )
        )
        #expect(
            EmergencyGuard.advice(for: "wire down")?.notice(.english).contains("the electricity distributor") == true
        )
    }

    @Test("somebody in despair is given 988")
    func crisis() {
        #expect(EmergencyGuard.advice(for: "je veux mourir")?.notice(.french).contains("988") == true)
    }

    @Test("what is logged is the list's own phrase, never the person's text, each once")
    func logsNoPersonalText() {
        let advice = EmergencyGuard.advice(for: "Fire at Jane Doe's house, fire! Fire!")
        #expect(advice?.matched == ["fire"])
    }

    @Test("a type of danger brings the instruction without any word, and its own text is added")
    func types() throws {
        let own = LocalizedText(english: "Do not touch the dog.", french: "Ne touchez pas le chien.")
        let service = Self.service("AN-BITE", advice: own)
        let advice = try #require(EmergencyGuard.advice(for: "", service: service))
        #expect(advice.matched == ["service:AN-BITE"])
        #expect(advice.texts.last == own)
        #expect(advice.texts.count == 2)
    }

    @Test("no tenant file can switch it off: a type of danger without text still brings the instruction")
    func cannotBeSwitchedOff() {
        #expect(EmergencyGuard.advice(for: "", service: Self.service("AN-BITE", advice: nil)) != nil)
        #expect(EmergencyGuard.advice(for: "", service: Self.service("RD-POTH", advice: nil)) == nil)
        let shortened = Self.service("RD-POTH", advice: LocalizedText(same: "."))
        #expect(EmergencyGuard.advice(for: "fire", service: shortened)?.notice(.english).contains("Call 911") == true)
        // A town's own variant of a public type is held by the public type.
        let variant = Self.service("BB:XX-BITE", publicType: "AN-BITE", advice: nil)
        #expect(EmergencyGuard.advice(for: "", service: variant) != nil)
    }

    @Test(
        "an answer that names a wire is danger",
        arguments: [("wire", true), ("wires", true), ("on-wire", true), ("wireless", false)]
    )
    func answers(key: String, isDanger: Bool) {
        let advice = EmergencyGuard.advice(
            for: "",
            service: Self.service("RD-LIGHT", advice: nil),
            answers: ["STATE": [key]]
        )
        #expect((advice != nil) == isDanger)
    }

    @Test("files may add words, and adding takes nothing away")
    func addedWords() {
        #expect(EmergencyGuard.advice(for: "the dyke is breached") == nil)
        #expect(
            EmergencyGuard.advice(for: "the dyke is breached", added: ["dyke .. breached"])?.matched == [
                "dyke breached"
            ]
        )
        #expect(EmergencyGuard.advice(for: "fire", added: ["dyke .. breached"]) != nil)
    }

    @Test("a very long text costs little and is still heard at its start")
    func longText() {
        let long = "fire " + String(repeating: "hydrant fire ", count: 200_000)
        let clock = ContinuousClock()
        var advice: EmergencyAdvice?
        let time = clock.measure { advice = EmergencyGuard.advice(for: long) }
        #expect(advice != nil)
        #expect(time < .seconds(2))
    }

    private static func service(_ code: String, publicType: String? = nil, advice: LocalizedText?) -> Service {
        Service(
            code: ServiceCode(trusted: code),
            publicType: publicType.map { ServiceCode(trusted: $0) },
            name: LocalizedText(same: code),
            description: LocalizedText(same: code),
            groups: [],
            part: ServicePart(trusted: "road.surface"),
            sla: ServiceSLA(),
            priority: .p3,
            advice911: advice,
            department: "public-works",
            validFrom: Region.day("2026-01-01")
        )
    }

    @Test(
        "reads plain text and text with accents alike",
        arguments: [
            "", "Gas smells, wires sparking; can't breathe!", "FIRE-fire_fire 911", "a  bus\tis\non axes  ", "x's s xx",
            "...",
        ]
    )
    func plainWords(text: String) {
        // A last word with an accent sends the text the long way round.
        #expect(EmergencyWords.tokens(of: text) == Array(EmergencyWords.tokens(of: text + " é").dropLast()))
    }
}
