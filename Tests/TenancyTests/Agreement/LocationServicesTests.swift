import Domain
import Foundation
import Tenancy
import Testing

@Suite("Reading lost.yml")
struct LocationServicesTests {
    private static let text = """
        server: lost.example.org
        public_url: https://www.example.org/
        expires_hours: 12
        civic: { country: ca, provinces: [ON, Ontario] }
        sip:
          region: sip:311@calls.example.org
        services:
          - urn: urn:service:municipal
            name: { en: All, fr: Tout }
            answered_by: municipality
            children:
              - urn: urn:service:municipal.road
                name: { en: Road, fr: Route }
                service_part: road.surface
        peers:
          - server: lost.other.example
            url: https://lost.other.example/lost
            default: true

        """

    private static func read(_ from: String = "", _ to: String = "") throws -> AgreementReading {
        #expect(from.isEmpty || text.contains(from))
        let changed = from.isEmpty ? text : text.replacingOccurrences(of: from, with: to)
        return try AgreementReadingTests.read(further: ["lost.yml": changed])
    }

    @Test("the tree, the peers and what every mapping says are part of each version")
    func reads() throws {
        let reading = try Self.read()
        #expect(reading.faults == [])
        let services = try #require(reading.ruleSets.first?.locationServices)
        #expect(services.server.rawValue == "lost.example.org")
        #expect(services.publicURL == "https://www.example.org")
        #expect(services.country == "CA" && services.provinces == ["ON", "Ontario"] && services.expiresHours == 12)
        #expect(services.serviceNumber == "311" && services.countryCode == "1" && services.peerSeconds == 3)
        #expect(services.peers.map(\.isDefault) == [true])
        let road = ServiceURN(trusted: "urn:service:municipal.road")
        #expect(services.node(road)?.basis == .part(ServicePart(trusted: "road.surface")))
        #expect(services.nearest(ServiceURN(trusted: "urn:service:municipal.road.deck.rail"))?.urn == road)
        #expect(services.nearest(ServiceURN(trusted: "urn:service:municipality")) == nil)
        // Stored as JSON with the version, and read again.
        let stored = try JSONEncoder().encode(reading.ruleSets[0])
        #expect(try JSONDecoder().decode(RuleSet.self, from: stored) == reading.ruleSets[0])
    }

    @Test("an agreement without the file has no LoST, and is stored as it was before there was any")
    func without() throws {
        let reading = try AgreementReadingTests.read()
        #expect(reading.ruleSets.first?.locationServices == nil)
        let stored = String(decoding: try JSONEncoder().encode(reading.ruleSets[0]), as: UTF8.self)
        #expect(!stored.contains("location_services"))
    }

    @Test(
        "every slip is told with its line and what would be right",
        arguments: [
            ("lost.example.org", "localhost", "lost.yml:1:9: \"server\" is \"localhost\"; must be a dotted name"),
            ("https://www", "http://www", "lost.yml:2:13: \"public_url\""),
            ("expires_hours: 12", "expires_hours: 0", "lost.yml:3:16: \"expires_hours\" is 0; must be from 1 to 720"),
            (
                "  region: sip", "  regoin: sip",
                "lost.yml:6:3: \"regoin\" is neither a tenant nor a partner; did you mean region?"
            ),
            ("sip:311@calls", "tel:311@calls", "must begin with sip:"),
            (
                "urn:service:municipal.road", "urn:service:urban.road",
                "lost.yml:12:14: urn:service:urban.road must be urn:service:municipal and one more label"
            ),
            ("urn:service:municipal.road", "urn:service:municipal.a.b", "and one more label"),
            (
                "urn:service:municipal.road", "municipal.road",
                "lost.yml:12:14: \"urn\" is \"municipal.road\"; must be a URN"
            ),
            (
                "service_part: road.surface", "service_part: road.surfce",
                "lost.yml:14:23: road.surfce is no part of taxonomy.yml; did you mean road.surface?"
            ),
            ("answered_by: municipality", "answered_by: town", "lost.yml:10:18: \"town\" is no way of answering"),
            ("answered_by: municipality", "answerd_by: municipality", "did you mean answered_by?"),
            ("    service_part: road.surface", "    service_part: road.surface\n        answered_by: hub", "not both"),
            ("url: https://lost", "url: http://lost", "lost.yml:17:10: \"url\""),
            ("default: true", "default: false", "a peer needs covers, services or default: true"),
            ("default: true", "covers: [nowhere]", "\"nowhere\" is no municipality among the partners"),
            ("server: lost.other.example", "server: lost.example.org", "is this server itself"),
            ("services:\n", "sevices:\n", "unknown key \"sevices\"; did you mean services?"),
        ]
    )
    func slips(from: String, to: String, fault: String) throws {
        let faults = try Self.read(from, to).faults.map(\.description)
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }
}
