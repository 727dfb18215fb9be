import Domain
import Foundation
import Tenancy
import Testing

@Suite("Reading an agreement")
struct AgreementReadingTests {
    @Test("a small agreement is read whole")
    func reads() throws {
        let reading = try Self.read()
        #expect(reading.faults == [])
        let set = try #require(reading.ruleSets.first)
        #expect(set.version == "2026-01")
        #expect(set.rules.map(\.id) == ["region", "town"])
        #expect(set.rules.first?.row == "rules.yml:5")
        #expect(set.rules.first?.conditions.parts.map(\.rawValue) == ["road.surface", "road.sign"])
        #expect(set.rules.first?.conditions.speedLimit == RuleSpeed(from: 61, to: nil))
        #expect(set.shortNames.count == 1)
        #expect(set.partners.first?.name.afterDe.french == "de l’Hydro")
    }

    /// One change to one line, and the fault it must bring: file, line and the words that matter.
    struct Slip: Sendable, CustomTestStringConvertible {
        let file: String
        let from: String
        let to: String
        let fault: String
        var testDescription: String { fault }
    }

    @Test(
        "every slip is told with its line and what would be right",
        arguments: [
            Slip(
                file: "rules.yml",
                from: "road_owners",
                to: "road_owner",
                fault: "rules.yml:7:13: unknown key \"road_owner\"; did you mean road_owners?"
            ),
            Slip(
                file: "rules.yml",
                from: "[upper]",
                to: "[uper]",
                fault: "rules.yml:7:27: \"uper\" is no kind of road owner; did you mean upper?"
            ),
            Slip(
                file: "rules.yml",
                from: "tenant:region",
                to: "tenant:regoin",
                fault: "rules.yml:8:11: \"regoin\" is no tenant of the hub; did you mean region?"
            ),
            Slip(
                file: "rules.yml",
                from: "tenant:region",
                to: "tenant:hydro",
                fault: "it is a partner, write partner:hydro"
            ),
            Slip(
                file: "rules.yml",
                from: "tenant:region",
                to: "partner:region",
                fault: "it is a tenant, write tenant:region"
            ),
            Slip(
                file: "rules.yml",
                from: "lead: municipality",
                to: "lead: municipal",
                fault: "rules.yml:15:11: \"lead\" is \"municipal\"; must be municipality, road_owner"
            ),
            Slip(
                file: "rules.yml",
                from: "department: roads",
                to: "department: raods",
                fault: "\"raods\" is no department of region; did you mean roads?"
            ),
            Slip(
                file: "rules.yml",
                from: "group:way",
                to: "group:wya",
                fault: "rules.yml:6:12: \"wya\" is no group of taxonomy.yml; did you mean way?"
            ),
            Slip(
                file: "rules.yml",
                from: "[\"road.*\"]",
                to: "[road.surfcae]",
                fault: "road.surfcae covers no part of taxonomy.yml; did you mean road.surface?"
            ),
            Slip(
                file: "rules.yml",
                from: "{body}",
                to: "{bdy}",
                fault: "\"{bdy}\" is no blank that can be filled; did you mean body?"
            ),
            Slip(
                file: "rules.yml",
                from: "[town]",
                to: "[twon]",
                fault: "\"twon\" is neither a tenant nor a municipality among the partners; did you mean town?"
            ),
            Slip(file: "rules.yml", from: "2026-12-31", to: "2026-02-30", fault: "rules.yml:14:18"),
            Slip(
                file: "rules.yml",
                from: "2026-12-31",
                to: "2025-12-31",
                fault: "the row ends on 2025-12-31, before it begins on 2026-01-01"
            ),
            Slip(
                file: "rules.yml",
                from: "id: town",
                to: "id: region",
                fault: "rules.yml:12: the row region is already at rules.yml:5"
            ),
            Slip(
                file: "rules.yml",
                from: "America/Toronto",
                to: "America/Torronto",
                fault: "\"America/Torronto\" is no time zone"
            ),
            Slip(file: "rules.yml", from: "from: 61", to: "from: 610", fault: "\"from\" is 610; must be from 1 to 200"),
            Slip(
                file: "rules.yml",
                from: "source: by-law",
                to: "sauce: by-law",
                fault: "unknown key \"sauce\"; did you mean source?"
            ),
            Slip(
                file: "partners.yml",
                from: "kind: utility",
                to: "kind: utilty",
                fault: "\"utilty\" is no kind of partner; did you mean utility?"
            ),
            Slip(
                file: "partners.yml",
                from: "phone: \"1\"",
                to: "# no phone",
                fault: "a partner needs a phone or a url"
            ),
            Slip(
                file: "partners.yml",
                from: "confirmed: 2026-09-01",
                to: "confirmed: soon",
                fault: "partners.yml:12:16"
            ),
            Slip(
                file: "partners.yml",
                from: "id: hydro",
                to: "id: town",
                fault: "\"town\" is a tenant; it cannot be a partner too"
            ),
            Slip(
                file: "partners.yml",
                from: "de: de l’Hydro",
                to: "du: de l’Hydro",
                fault: "the key \"de\" is missing"
            ),
            Slip(
                file: "taxonomy.yml",
                from: "subject: road",
                to: "subject: raod",
                fault: "\"raod\" is no subject of a part; did you mean road?"
            ),
            Slip(
                file: "taxonomy.yml",
                from: "part: road.sign",
                to: "part: road.surface",
                fault: "the part road.surface is already on line"
            ),
            Slip(
                file: "taxonomy.yml",
                from: "[road.surface, road.sign]",
                to: "[road.surface, road.sgin]",
                fault: "\"road.sgin\" is no part of this taxonomy; did you mean road.sign?"
            ),
            Slip(
                file: "taxonomy.yml",
                from: "  region:",
                to: "  regoin:",
                fault: "\"regoin\" is no tenant of the hub; did you mean region?"
            ),
        ]
    )
    func slips(slip: Slip) throws {
        let reading = try Self.read { name, text in
            guard name == slip.file else { return text }
            #expect(text.contains(slip.from), "the sample has no \(slip.from)")
            guard let range = text.range(of: slip.from) else { return text }
            return text.replacingCharacters(in: range, with: slip.to)
        }
        let faults = reading.faults.map(\.description)
        #expect(faults.contains { $0.contains(slip.fault) }, "\(faults)")
    }

    @Test("faults of all files come at once")
    func allAtOnce() throws {
        let reading = try Self.read { name, text in
            text.replacing("utility", with: "utilty").replacing("[upper]", with: "[uper]")
        }
        #expect(Set(reading.faults.map(\.file)) == ["agreement/partners.yml", "agreement/rules.yml"])
    }

    @Test("an empty folder lacks its three files")
    func empty() {
        let reading = AgreementReading(folder: "/nowhere", named: "agreement", tenants: [:])
        #expect(
            reading.faults.map(\.description) == [
                "agreement/partners.yml: the file is missing", "agreement/rules.yml: the file is missing",
                "agreement/taxonomy.yml: the file is missing",
            ]
        )
    }

    @Test("two rules files of one version are one version; another version is another")
    func severalFiles() throws {
        let further = """
            version: 2026-01
            valid_from: 2026-01-01
            time_zone: America/Toronto
            rules:
              - { id: third, parts: road.surface, lead: road_owner, explanation: { en: a, fr: b }, source: x }
            """
        let other = further.replacing("version: 2026-01", with: "version: 2027-01").replacing(
            "2026-01-01",
            with: "2027-01-01"
        )
        let reading = try Self.read(further: ["rules-more.yml": further, "rules-next.yml": other])
        #expect(reading.faults == [])
        #expect(reading.ruleSets.map(\.version) == ["2026-01", "2027-01"])
        #expect(reading.ruleSets.first?.rules.map(\.id).sorted() == ["region", "third", "town"])
    }

    @Test("two versions that begin on the same day are a fault")
    func sameDay() throws {
        let other = """
            version: other
            valid_from: 2026-01-01
            time_zone: America/Toronto
            rules: []
            """
        let reading = try Self.read(further: ["rules-other.yml": other])
        #expect(reading.faults.contains { $0.message.contains("begins on 2026-01-01 too") })
    }

    // MARK: -

    static let files = [
        "taxonomy.yml": """
        short_names:
          region:
            name: { en: Region, fr: Région }
            name_forms:
              en: { article: the Region, of: of the Region, to: to the Region }
              fr: { article: la Région, de: de la Région, a: à la Région }
        groups: { way: [road.surface, road.sign] }
        parts:
          - { part: road.surface, subject: road, name: { en: the road surface, fr: la chaussée } }
          - { part: road.sign, subject: road, name: { en: signs, fr: les panneaux } }
        """,
        "partners.yml": """
        partners:
          - id: hydro
            kind: utility
            name: { en: Hydro, fr: Hydro }
            name_forms:
              en: { article: Hydro, of: of Hydro, to: to Hydro }
              fr: { article: l’Hydro, de: de l’Hydro, a: à l’Hydro }
            phone: "1"
            hours: { en: always, fr: toujours }
            text: { en: Call., fr: Appelez. }
            # checked by telephone
            confirmed: 2026-09-01
        """,
        "rules.yml": """
        version: 2026-01
        valid_from: 2026-01-01
        time_zone: America/Toronto
        rules:
          - id: region
            parts: group:way
            when: { road_owners: [upper], speed_limit: { from: 61 } }
            lead: tenant:region
            department: roads
            explanation: { en: "It is {body}'s.", fr: "C’est {body}." }
            source: by-law
          - id: town
            parts: ["road.*"]
            valid_until: 2026-12-31
            lead: municipality
            valid_from: 2026-01-01
            when: { municipalities: [town] }
            explanation: { en: "It is ours.", fr: "C’est à nous." }
            source: by-law
        """,
    ]

    static func read(
        further: [String: String] = [:],
        change: (String, String) -> String = { $1 }
    ) throws -> AgreementReading {
        let folder = FileManager.default.temporaryDirectory.appending(path: "agreement-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files.merging(further, uniquingKeysWith: { $1 }) {
            try Data(change(name, text).utf8).write(to: folder.appending(path: name))
        }
        return AgreementReading(
            folder: folder.path,
            named: "agreement",
            tenants: [JurisdictionID(trusted: "region"): ["roads"], JurisdictionID(trusted: "town"): ["works"]]
        )
    }
}
