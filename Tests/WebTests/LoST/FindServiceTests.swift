import Domain
import Foundation
import Hub
import LoST
import TestSupport
import Testing

extension LoSTTests {
    @Suite("findService")
    struct Finding {
        static let region = "Regional Municipality of Maplewater"
        static let brindleBay = "Town of Brindle Bay"

        @Test(
            "the lead is the one that every other channel names",
            arguments: [
                // place, service, who, in this order
                (44.13, -79.20005, "pothole", [region]),  // on the region's road
                (44.10002, -79.1575, "pothole", [brindleBay]),  // the same street, further on, the town's
                (44.13, -79.20005, "sidewalk", [brindleBay]),  // its sidewalk
                (44.1030, -79.1725, "pothole", [brindleBay]),  // a garden
                (44.15, -79.19989, "pothole", [region, brindleBay]),  // two roads, nearer first
                (44.1285, -78.8775, "waste.collection", ["Town of Cobbleford"]),
                (44.2768, -79.0325, "waste.collection", [region]),
                (44.31, -79.1, "pothole", ["Ontario highways"]),  // a province's road: a partner
                (44.2197, -78.8, "park", ["Town of Elmsbridge", "Town of Cobbleford"]),  // overlap, in the agreed order
                (44.22, -79.26, "pothole", [brindleBay]),  // a border road: its owner, whichever side
                (44.22005, -79.26, "pothole", [brindleBay]),
                (44.1030, -79.1725, "contact-centre", ["Maplewater 311"]),
            ]
        )
        func leads(latitude: Double, longitude: Double, service: String, who: [String]) async throws {
            try await LoSTCaller.run { lost async throws in
                let urn = "urn:service:municipal.\(service)"
                let answer = try await lost.find(latitude, longitude, urn)
                #expect(answer.names == who)
                #expect(answer.mappings.allSatisfy { $0.service == urn })
                guard case .findService(let found) = answer else { return }
                #expect(found.locationUsed == "l1", "F4")
                #expect(found.path.map(\.rawValue) == ["lost.maplewater311.example"], "F5")
            }
        }

        @Test("F3: a mapping gives the tenant's GeoReport base and telephone, each scheme once, and 311")
        func contact() async throws {
            try await LoSTCaller.run { lost async throws in
                let mapping = try #require(try await lost.find(44.1030, -79.1725).mappings.first)
                #expect(mapping.uris == ["tel:+17055550120", "https://hub.example/open311/v2/t/brindle-bay"])
                #expect(mapping.serviceNumber == "311")
                #expect(
                    mapping.displayNames == [
                        .init("Town of Brindle Bay", language: "en"), .init("Ville de Brindle Bay", language: "fr"),
                    ]
                )
                #expect(mapping.source.rawValue == "lost.maplewater311.example")
                let centre = try await lost.find(44.1030, -79.1725, "urn:service:municipal.contact-centre")
                #expect(
                    centre.mappings.first?.uris.first == "sip:311@calls.maplewater311.example",
                    "the one to call comes first"
                )
                let highway = try await lost.find(44.31, -79.1)
                #expect(highway.mappings.first?.uris.first == "tel:511;phone-context=+1")
            }
        }

        @Test("a deployment without TLS gives out the region's published https address")
        func publishedAddress() async throws {
            try await LoSTCaller.run(base: "http://127.0.0.1:8311") { lost async throws in
                let uris = try await lost.find(44.1030, -79.1725).mappings.first?.uris ?? []
                #expect(uris.contains("https://www.maplewater311.example/open311/v2/t/brindle-bay"))
            }
        }

        @Test("F2, F6: sourceId and lastUpdated stay, on every node; expires is not past")
        func stable() async throws {
            // A town that no test asks of under another address: the database is everybody's, and each run has a year of its own.
            let first = try await LoSTCaller.run { lost async throws in
                let mapping = try #require(try await lost.find(44.1285, -78.8775).mappings.first)
                if case .at(let date) = mapping.expires { #expect(date > lost.surroundings.now()) }
                #expect(mapping.expires != .noCache)
                let again = try #require(try await lost.find(44.1285, -78.8775).mappings.first)
                #expect(again == mapping)
                return mapping
            }
            // Another process, another year, the same database and secret.
            let later = try await LoSTCaller.run { try #require(try await $0.find(44.1285, -78.8775).mappings.first) }
            #expect(later.sourceID == first.sourceID)
            #expect(later.lastUpdated == first.lastUpdated)
            #expect(later.key == first.key)
        }

        @Test("the hour decides about noise, so that mapping is not to be kept")
        func byTheHour() async throws {
            try await LoSTCaller.run { lost async throws in
                let noise = try await lost.find(44.37001, -79.12, "urn:service:municipal.bylaw.noise")
                #expect(noise.mappings.first?.expires == .noCache)
            }
        }

        @Test(
            "E1, C7: nobody serves the place",
            arguments: [(44.2, -79.42), (44.045, -79.0), (51.5, -0.12), (-44.1, 100.7)]
        )
        func nobody(latitude: Double, longitude: Double) async throws {
            try await LoSTCaller.run { lost async throws in
                #expect(try await lost.find(latitude, longitude).error == .notFound)
            }
        }

        @Test("between two surveys the hub takes it and says that this is the default")
        func gap() async throws {
            try await LoSTCaller.run { lost async throws in
                let answer = try await lost.find(44.12, -78.99905, attributes: #"serviceBoundary="value""#)
                #expect(answer.names == ["Maplewater 311"])
                #expect(answer.warnings == [.defaultMappingReturned])
                // What every side gives alike is no default.
                let water = try await lost.find(44.12, -78.99905, "urn:service:municipal.public-health")
                #expect(water.names == [Self.region] && water.warnings.isEmpty)
            }
        }

        @Test("E7, E8, E9: unknown services, the nearest above, none")
        func services() async throws {
            try await LoSTCaller.run { lost async throws in
                #expect(try await lost.find(44.1, -79.18, "urn:service:sos").error == .serviceNotImplemented)
                #expect(try await lost.find(44.1, -79.18, "urn:service:municipality").error == .serviceNotImplemented)
                #expect(try await lost.find(44.1, -79.18, "x").error == .serviceNotImplemented)
                #expect(try await lost.find(LoSTCaller.point(44.1, -79.18), nil).error == .badRequest)
                let deep = try await lost.find(44.1, -79.18, "urn:service:municipal.winter.road.bridge.deck")
                #expect(deep.mappings.first?.service == "urn:service:municipal.winter.road")
                #expect(deep.warnings == [.serviceSubstitution])
                let shout = try await lost.find(44.1, -79.18, "urn:service:Municipal.Pothole")
                #expect(shout.mappings.first?.service == "urn:service:Municipal.Pothole" && shout.warnings.isEmpty)
            }
        }

        @Test(
            "E2 to E6: locations that cannot be, profiles nobody knows",
            arguments: [
                (LoSTCaller.point(91, 0), LoSTError.Kind.locationInvalid),
                (LoSTCaller.polygon([(44, -79), (44.1, -78.9), (44.1, -79), (44, -78.9)]), .locationInvalid),
                (LoSTCaller.polygon([(44, -79), (44, -79), (44, -79)]), .locationInvalid),  // no extent
                (LoSTCaller.point(44.1, -79.18) + LoSTCaller.point(44.1, -79.18, id: "l2"), .badRequest),
                (#"<location id="a" profile="polar"><x xmlns="urn:x"/></location>"#, .locationProfileUnrecognized),
                ("", .badRequest),
            ]
        )
        func badLocations(location: String, kind: LoSTError.Kind) async throws {
            try await LoSTCaller.run { lost async throws in
                #expect(try await lost.find(location).error == kind)
            }
        }

        @Test("Kamailio's own form of request is answered")
        func kamailio() async throws {
            try await LoSTCaller.run { lost async throws in
                let answer = try await lost.ask(
                    """
                    <?xml version="1.0"?>
                    <findService xmlns="urn:ietf:params:xml:ns:lost1" xmlns:p2="http://www.opengis.net/gml" serviceBoundary="reference" \
                    recursive="true"><location id="x7fJ2kq" profile="geodetic-2d"><Point xmlns="http://www.opengis.net/gml" \
                    srsName="urn:ogc:def:crs:EPSG::4326"><pos>44.1030 -79.1725</pos></Point></location>\
                    <service>urn:service:municipal</service></findService>
                    """
                )
                #expect(answer.names == [Self.brindleBay])
                #expect(answer.mappings.first?.uris.first == "tel:+17055550120")
            }
        }

        @Test("the place decides whose mapping is given: no town's address stands in another's")
        func twoTowns() async throws {
            try await LoSTCaller.run { lost async throws in
                for (place, own, other) in [
                    ((44.1030, -79.1725), "brindle-bay", "cobbleford"),
                    ((44.1285, -78.8775), "cobbleford", "brindle-bay"),
                ] {
                    let answer = try await lost.find(
                        place.0,
                        place.1,
                        "urn:service:municipal",
                        attributes: #"serviceBoundary="value""#
                    )
                    let text = String(decoding: try answer.bytes(), as: UTF8.self)
                    #expect(text.contains("/t/\(own)<") && !text.contains(other))
                }
            }
        }
    }
}
