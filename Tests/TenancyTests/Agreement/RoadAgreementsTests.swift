import Domain
import Foundation
import Tenancy
import Testing

@Suite("Reading agreements about roads by distance")
struct RoadAgreementsTests {
    private static let file = """
        agreements:
          - id: townline
            road: townline
            length_km: 9
            parts: ["road.*"]
            explanation: { en: "{full_body} keeps {road} at km {km}.", fr: "{full_body} entretient {road} au km {km}." }
            source: s. 29.1
            stretches:
              - { id: west, from_km: 0, to_km: 4, body: tenant:town, cost: { en: own cost, fr: à ses frais } }
              - id: east
                from_km: 4
                to_km: 9
                body: tenant:region
                department: roads
                valid_from: 2004-03-01
              - { id: east-before, from_km: 4, to_km: 9, body: road_owner, valid_until: 2004-02-29 }
        """

    private static func faults(_ from: String, _ to: String) throws -> [String] {
        #expect(file.contains(from), "the sample has no \(from)")
        let text = file.replacing(from, with: to)
        return try AgreementReadingTests.read(further: ["boundary-roads.yml": text]).faults.map(\.description)
    }

    @Test("stretches become rows with their kilometres, days and place in the file")
    func reads() throws {
        let reading = try AgreementReadingTests.read(further: ["boundary-roads.yml": Self.file])
        #expect(reading.faults == [])
        let set = try #require(reading.ruleSets.first)
        #expect(set.rules.map(\.id) == ["region", "town"])
        let rows = set.everyRule.suffix(3)
        #expect(rows.map(\.id) == ["west", "east", "east-before"])
        let east = try #require(rows.dropFirst().first)
        #expect(east.conditions.roads == ["townline"])
        #expect(east.conditions.kilometres == RuleKilometres(from: 4, to: 9, isLast: true))
        #expect(east.conditions.validFrom?.description == "2004-03-01")
        #expect(east.department == "roads")
        #expect(east.row == "boundary-roads.yml:10")
        #expect(set.roadAgreements.first?.stretches.first?.cost?.french == "à ses frais")
        #expect(try JSONDecoder().decode(RuleSet.self, from: JSONEncoder().encode(set)) == set)
    }

    @Test("a region without such roads needs no file, and versions kept before there were any are read")
    func none() throws {
        let set = try #require(try AgreementReadingTests.read().ruleSets.first)
        #expect(set.roadAgreements == [])
        var json = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(set)) as? [String: Any]
        )
        json["road_agreements"] = nil
        #expect(try JSONDecoder().decode(RuleSet.self, from: JSONSerialization.data(withJSONObject: json)) == set)
    }

    @Test(
        "every slip is told with its line and what would be right",
        arguments: [
            ("to_km: 4,", "to_km: 4.5,", "boundary-roads.yml:10:9: km 4 to 4.5 of townline is in west (line 9) too"),
            ("to_km: 4,", "to_km: 3.2,", "nobody keeps km 3.2 to 4 of townline"),
            ("to_km: 9\n", "to_km: 8\n", "nobody keeps km 8 to 9 of townline on 2004-03-01"),
            ("to_km: 9\n", "to_km: 12\n", "the road is 9.0 km long, so no stretch ends at km 12.0"),
            ("2004-02-29", "2004-03-15", "km 4 to 9 of townline is in east (line 10) too"),
            ("2004-02-29", "2004-02-15", "nobody keeps km 4 to 9 of townline on 2004-02-16"),
            ("from_km: 0, to_km: 4", "from_km: 4, to_km: 0", "no kilometre is from 4.0 to 0.0"),
            ("tenant:town,", "tenant:twon,", "\"twon\" is no tenant of the hub; did you mean town?"),
            ("body: road_owner", "body: road_onwer", "did you mean road_owner?"),
            ("id: east-before", "id: west", "the row west is already on line 9"),
            ("id: west", "id: region", "boundary-roads.yml:9: the row region is already at rules.yml:5"),
            ("length_km: 9", "length_km: 0", "\"length_km\" must be more than 0"),
            ("    length_km: 9\n", "", "the key \"length_km\" is missing"),
            ("department: roads", "department: raods", "\"raods\" is no department of region; did you mean roads?"),
            ("body: road_owner", "body: road_owner, whole_width: false", "half the width needs \"side\""),
            ("body: road_owner", "body: road_owner, side: town", "a side needs \"whole_width: false\""),
            ("{km}.\"", "{kn}.\"", "\"{kn}\" is no blank that can be filled; did you mean km?"),
            ("from_km: 4\n", "from_kn: 4\n", "unknown key \"from_kn\"; did you mean from_km?"),
        ]
    )
    func slips(from: String, to: String, fault: String) throws {
        let faults = try Self.faults(from, to)
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }

    @Test("two halves of one stretch do not meet, and a missing half is a gap of its side")
    func halves() throws {
        let halves = """
            { id: west-town, from_km: 0, to_km: 4, body: tenant:town, whole_width: false, side: town }
                  - { id: west-region, from_km: 0, to_km: 4, body: tenant:region, whole_width: false, side: town2 }
            """
        let row = "{ id: west, from_km: 0, to_km: 4, body: tenant:town, cost: { en: own cost, fr: à ses frais } }"
        let faults = try Self.faults(row, halves)
        #expect(faults.contains { $0.contains("\"town2\" is neither a tenant nor a municipality") }, "\(faults)")
        #expect(try Self.faults(row, halves.replacing("side: town2", with: "side: region")) == [])
        #expect(
            try Self.faults(row, halves.replacing("side: town2", with: "side: town")).contains {
                $0.contains("is in west-town")
            }
        )
        let oneHalf = try Self.faults(row, halves.split(separator: "\n")[0].description)
        #expect(oneHalf == [], "one side alone is whole for its side")
    }
}
