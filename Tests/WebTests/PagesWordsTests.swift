import Domain
import Foundation
import Testing

@testable import Web

/// The locale files and templates as they lie in the sources.
enum PageFiles {
    static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appending(path: "../../Sources/Web").standardized

    static func words(_ language: Language) throws -> Words {
        try Words(language: language, file: sources.appending(path: "Locales/\(language.rawValue).json"))
    }

    /// Text of every file below a folder with an ending, by its path.
    static func texts(below folder: String, ending: String) throws -> [String: String] {
        let directory = sources.appending(path: folder)
        var texts: [String: String] = [:]
        let files = FileManager.default.enumerator(atPath: directory.path)
        while let path = files?.nextObject() as? String {
            guard path.hasSuffix(ending) else { continue }
            texts[path] = try String(contentsOf: directory.appending(path: path), encoding: .utf8)
        }
        return texts
    }
}

@Suite("The words of the pages")
struct PagesWordsTests {
    @Test("are the same keys in both languages")
    func sameKeys() throws {
        let english = Set(try PageFiles.words(.english).texts.keys)
        let french = Set(try PageFiles.words(.french).texts.keys)
        #expect(english.symmetricDifference(french) == [])
        #expect(english.count > 200)
    }

    @Test("have the same blanks in both languages")
    func sameBlanks() throws {
        let french = try PageFiles.words(.french).texts
        // French joins prepositions to names, so these two stand for each other.
        let forms = ["de month": "month", "to body": "body"]
        func blanks(_ text: String) -> Set<String> {
            Set(text.matches(of: /\{([^}]*)\}/).map { String($0.1) }.map { forms[$0] ?? $0 })
        }
        for (key, text) in try PageFiles.words(.english).texts {
            #expect(blanks(text) == blanks(french[key] ?? ""), "\(key)")
        }
    }

    @Test("are all used, and every one that is used exists")
    func used() throws {
        let known = Set(try PageFiles.words(.english).texts.keys)
        var used: Set<String> = []
        for (file, text) in try PageFiles.texts(below: "Templates", ending: ".mustache") {
            for match in text.matches(of: /\{\{[#^\/]?t\.([A-Za-z0-9._-]+)\}\}/) {
                let key = String(match.1)
                #expect(known.contains(key), "\(key) in \(file)")
                used.insert(key)
            }
        }
        let code = try PageFiles.texts(below: ".", ending: ".swift").values.joined(separator: "\n")
        for match in code.matches(of: /words(?:\(language\))?\(\s*"([^"\\]+)"/) {
            #expect(known.contains(String(match.1)), "\(match.1) in the code")
            used.insert(String(match.1))
        }
        for match in code.matches(of: /plural\(\s*"([^"\\]+)"/) {
            used.formUnion(["\(match.1).one", "\(match.1).other"])
        }
        for match in code.matches(of: /"([a-z]+(?:\.[a-z-]+)+)"/) where known.contains(String(match.1)) {
            used.insert(String(match.1))
        }
        used.formUnion(Self.computed)
        #expect(known.subtracting(used).sorted() == [])
        #expect(used.subtracting(known).sorted() == [])
    }

    /// Keys that the code puts together from a closed list.
    private static var computed: Set<String> {
        var keys: [String] = []
        for step in ["what", "where", "details", "already", "check"] { keys.append("report.\(step).heading") }
        for step in ["what", "where", "details"] { keys.append("report.trail.\(step)") }
        for rule in ["anonymous", "wanted", "required"] { keys.append("report.details.contact.\(rule)") }
        for fault in ["large", "pixels", "format"] { keys.append("fault.photo.\(fault)") }
        for promise in ServiceSLA.Promise.allCases { keys.append("promise.\(promise.rawValue)") }
        for fault in ["length", "character", "check"] { keys.append("track.\(fault)") }
        for step in PublicStep.allCases { keys.append("step.\(step.rawValue)") }
        for outcome in Outcome.allCases { keys.append("outcome.\(outcome.rawValue)") }
        for reason in RequestLife.PauseReason.allCases { keys.append("pause.\(reason.rawValue)") }
        for kind in RequestEvent.Kind.allCases { keys.append("event.\(kind.rawValue)") }
        keys += ["staff.sign-in.wait.one", "staff.sign-in.wait.other"]
        for mode in ["light", "dark", "contrast"] { keys.append("design.mode.\(mode)") }
        keys += StaffWordKeys.all
        for role in Role.ofStaff { keys.append("role.\(role.rawValue)") }
        for state in Account.State.allCases { keys.append("staff.people.state.\(state.rawValue)") }
        for fault in PasswordRules.Fault.allCases { keys.append("staff.password.\(fault.rawValue)") }
        for page in ["denied", "missing", "slow", "large", "foreign", "busy", "unreadable", "broken"] {
            keys += ["error.\(page).heading", "error.\(page).text"]
        }
        for state in ["failed", "other", "running"] {
            keys += ["report.unsent.\(state).heading", "report.unsent.\(state).text"]
        }
        for level in AddressLevel.allCases { keys.append("who.level.\(level.rawValue)") }
        for kind in RoadOwnerKind.allCases { keys.append("who.owner.\(kind.rawValue)") }
        for certainty in DecisionConfidence.allCases { keys.append("who.certainty.\(certainty.rawValue)") }
        for view in WhoQuestion.View.allCases { keys.append("who.view.\(view.rawValue)") }
        for layer in [
            "municipality", "upper_tier", "ward", "police", "health_unit", "school_english_public",
            "school_english_catholic", "school_french_public", "school_french_catholic", "watershed", "distributor",
            "enclave", "fire", "first_nation", "federal",
        ] { keys.append("layer.\(layer)") }
        return Set(keys)
    }

    @Test("are typed as Canadian French is: no-break space before a colon and inside guillemets, none before ; ! ?")
    func typography() throws {
        for (key, text) in try PageFiles.words(.french).texts {
            #expect(text.firstMatch(of: /[^\u{A0}]:(\s|$)/) == nil, "\(key): \(text)")
            #expect(text.firstMatch(of: /[\s\u{A0}][;!?]/) == nil, "\(key): \(text)")
            #expect(text.firstMatch(of: /«[^\u{A0}]|[^\u{A0}]»/) == nil, "\(key): \(text)")
            #expect(!text.contains("'"), "\(key): \(text)")
        }
        for (key, text) in try PageFiles.words(.english).texts {
            #expect(!text.contains("'") && !text.contains("\""), "\(key): \(text)")
        }
    }

    @Test(
        "are the agreed ones, word for word",
        arguments: [
            ("report.what.heading", "What is the matter?", "Quel est le problème?"),
            ("report.where.heading", "Where is it?", "À quel endroit?"),
            ("report.where.position", "Use my position", "Utiliser ma position"),
            ("report.where.unknown", "I do not know", "Je ne sais pas"),
            (
                "report.check.heading", "Check your report before you send it",
                "Vérifiez votre signalement avant de l’envoyer"
            ),
            (
                "report.sent.heading", "Received. Your reference is {ref}.",
                "Reçue. Votre numéro de référence est {ref}."
            ),
            ("step.work_assigned", "Work assigned", "Travail attribué"),
            ("fault.summary", "There is a problem", "Il y a un problème"),
            (
                "track.missing", "We cannot show a request with this reference. Check each letter and number.",
                "Nous ne pouvons pas afficher de demande portant ce numéro. Vérifiez chaque lettre et chaque chiffre."
            ),
        ]
    )
    func agreed(key: String, english: String, french: String) throws {
        #expect(try PageFiles.words(.english)(key) == english)
        #expect(try PageFiles.words(.french)(key) == french)
    }

    @Test("count as each language does: nothing is plural in English and singular in French")
    func plurals() throws {
        #expect(try PageFiles.words(.english).plural("report.what.count", 0) == "0 kinds")
        #expect(try PageFiles.words(.english).plural("report.what.count", 1) == "1 kind")
        #expect(try PageFiles.words(.french).plural("report.what.count", 0) == "0 type")
        #expect(try PageFiles.words(.french).plural("report.what.count", 2) == "2 types")
    }

    @Test("never take what a person typed for a blank")
    func blanks() {
        #expect(Words.filled("{a} and {b}", ["a": "{b}", "b": "two"]) == "{b} and two")
        #expect(Words.filled("{unknown} {open", ["a": "x"]) == "{unknown} {open")
    }

    @Test(
        "write days and times as the language does, in the tenant's zone",
        arguments: [
            // instant, English, French
            (
                "2026-11-24T19:30:00Z", "2:30\u{A0}p.m. on November\u{A0}24, 2026",
                "24\u{A0}novembre 2026, 14\u{A0}h\u{A0}30"
            ),
            ("2026-04-01T04:00:00Z", "12:00\u{A0}a.m. on April\u{A0}1, 2026", "1er\u{A0}avril 2026, 0\u{A0}h"),
            (
                "2026-07-01T16:05:00Z", "12:05\u{A0}p.m. on July\u{A0}1, 2026",
                "1er\u{A0}juillet 2026, 12\u{A0}h\u{A0}05"
            ),
        ]
    )
    func dates(instant: String, english: String, french: String) throws {
        let date = try Date(instant, strategy: .iso8601)
        let zone = try #require(TimeZone(identifier: "America/Toronto"))
        #expect(PageDates(language: .english, zone: zone).moment(date) == english)
        #expect(PageDates(language: .french, zone: zone).moment(date) == french)
    }

    @Test(
        "elide the month where French does",
        arguments: [("04-01", "d’avril"), ("05-15", "de mai"), ("08-01", "d’août")]
    )
    func months(day: String, expected: String) throws {
        let zone = try #require(TimeZone(identifier: "America/Toronto"))
        #expect(PageDates(language: .french, zone: zone).monthAfterDe(try #require(MonthDay(day))) == expected)
    }
}
