import Domain
import Foundation
import Geo
import LoST
import Testing

extension LoSTTests {
    @Suite("areas, asked about and given out")
    struct Areas {
        private static let byValue = #"serviceBoundary="value""#

        private static func covers(_ polygons: [[[Coordinate]]], _ place: Coordinate) throws -> Bool {
            try polygons.contains { rings in
                let shape = AreaGeometry(polygons: [AreaGeometry.Polygon(rings: rings)])
                return try !AreaOverlay.places([place], coveredBy: shape).isEmpty
            }
        }

        @Test(
            "F9: the boundary is closed, counter-clockwise, and covers the place asked about",
            arguments: [
                (44.13, -79.20005, "pothole"), (44.10002, -79.1575, "pothole"), (44.15, -79.19989, "pothole"),
                (44.1030, -79.1725, "pothole"), (44.1030, -79.1725, "park"), (44.2197, -78.8, "park"),
                (44.2197, -78.8, "pothole"), (44.22, -79.26, "pothole"), (44.22, -79.26, "park"),
                (44.12, -78.99905, "park"),
                (44.034, -79.16, "tree"), (44.2768, -79.0325, "electricity"),
            ]
        )
        func coversPlace(latitude: Double, longitude: Double, service: String) async throws {
            let place = try Coordinate(latitude: latitude, longitude: longitude)
            try await LoSTCaller.run { lost async throws in
                let answer = try await lost.find(
                    latitude,
                    longitude,
                    "urn:service:municipal.\(service)",
                    attributes: Self.byValue
                )
                #expect(!answer.mappings.isEmpty)
                for mapping in answer.mappings {
                    #expect(try Self.covers(mapping.polygons, place), "\(mapping.displayNames)")
                    for ring in mapping.polygons.joined() {
                        #expect(ring.count >= 4 && ring.first == ring.last)
                    }
                    for outline in mapping.polygons.compactMap(\.first) {
                        let turn = zip(outline, outline.dropFirst()).reduce(0.0) { sum, edge in
                            sum + (edge.0.longitude + 79) * (edge.1.latitude - 44)
                                - (edge.1.longitude + 79) * (edge.0.latitude - 44)
                        }
                        #expect(turn > 0)
                    }
                }
            }
        }

        @Test(
            "where roads decide, every place of the boundary has the mapping that was given",
            arguments: [
                (44.13, -79.20005), (44.10002, -79.1585), (44.15, -79.19989), (44.1016, -79.18), (44.2732, -79.03),
                (44.25, -78.86205), (44.1030, -79.1725), (44.22, -79.24),
            ]
        )
        func holdsEverywhere(latitude: Double, longitude: Double) async throws {
            try await LoSTCaller.run { lost async throws in
                let asked = try await lost.find(latitude, longitude, attributes: Self.byValue)
                for mapping in asked.mappings {
                    let box = try #require(
                        AreaGeometry(polygons: mapping.polygons.map { AreaGeometry.Polygon(rings: $0) }).box
                    )
                    for step in 0..<25 {
                        let north = Double(box.south) + Double(box.north - box.south) * Double(step / 5) / 4
                        let east = Double(box.west) + Double(box.east - box.west) * Double(step % 5) / 4
                        let place = try Coordinate(latitude: north / 1e9, longitude: east / 1e9)
                        guard try Self.covers(mapping.polygons, place) else { continue }
                        let there = try await lost.find(place.latitude, place.longitude)
                        #expect(Set(there.names) == Set(asked.names), "\(place)")
                    }
                }
            }
        }

        @Test("B1, B2, B3: a key opens the same area, stays, is another for another area; a made-up one opens nothing")
        func keys() async throws {
            try await LoSTCaller.run { lost async throws in
                var keys: Set<String> = []
                for (place, service) in [
                    ((44.1030, -79.1725), "park"), ((44.1285, -78.8775), "park"), ((44.13, -79.20005), "pothole"),
                    ((44.1030, -79.1725), "pothole"), ((44.22, -79.26), "pothole"),
                ] {
                    let urn = "urn:service:municipal.\(service)"
                    let value = try await lost.find(place.0, place.1, urn, attributes: Self.byValue)
                    let reference = try await lost.find(place.0, place.1, urn)
                    let key = try #require(reference.mappings.first?.key)
                    #expect(key.split(separator: ".").last?.count == 32, "128 bits that nobody can guess")
                    #expect(try await lost.find(place.0, place.1, urn).mappings.first?.key == key)
                    keys.insert(key)
                    let opened = try await lost.ask(Self.boundary(key))
                    guard case .serviceBoundary(let answer) = opened,
                        case .value(let areas)? = value.mappings.first?.boundary
                    else {
                        Issue.record("\(opened)")
                        continue
                    }
                    #expect(answer.boundary == areas)
                    let spoilt = key.dropLast() + (key.last == "0" ? "1" : "0")
                    #expect(try await lost.ask(Self.boundary(String(spoilt))).error == .notFound)
                }
                #expect(keys.count == 5)
                for made in ["x", "", ".", "bTpicmluZGxlLWJheQ.00000000000000000000000000000000"] {
                    #expect(try await lost.ask(Self.boundary(made)).error == .notFound)
                }
            }
            // Another deployment's keys open nothing here.
            let foreign = try await LoSTCaller.run(secret: Data(repeating: 8, count: 32)) {
                try #require(try await $0.find(44.1030, -79.1725).mappings.first?.key)
            }
            try await LoSTCaller.run { lost async throws in
                #expect(try await lost.ask(Self.boundary(foreign)).error == .notFound)
            }
        }

        private static func boundary(_ key: String) -> String {
            #"<getServiceBoundary xmlns="urn:ietf:params:xml:ns:lost1" key="\#(key)"/>"#
        }

        @Test(
            "F15: an area gives the mapping of each municipality it touches, once, the one that covers all of it first"
        )
        func touching() async throws {
            try await LoSTCaller.run { lost async throws in
                let urn = "urn:service:municipal.park"
                let two = LoSTCaller.polygon([(44.21, -79.2), (44.21, -79.19), (44.25, -79.19), (44.25, -79.2)])
                let both = try await lost.find(two, urn)
                // Three quarters of it lie in the second.
                #expect(both.names == ["City of Dunmore Mills", "Town of Brindle Bay"])
                let inside = try await lost.find(LoSTCaller.circle(44.1030, -79.1725, metres: 100), urn)
                #expect(inside.names == ["Town of Brindle Bay"])
                let border = try await lost.find(LoSTCaller.circle(44.2195, -79.26, metres: 200), urn)
                #expect(border.names == ["Town of Brindle Bay", "City of Dunmore Mills"])
                let all = LoSTCaller.polygon([(44, -79.35), (44, -78.6), (44.5, -78.6), (44.5, -79.35)])
                let whole = try await lost.find(all, urn)
                let municipalities: Set = [
                    "Town of Brindle Bay", "Town of Cobbleford", "City of Dunmore Mills", "Town of Elmsbridge",
                    "Township of Fallow",
                ]
                #expect(Set(whole.names).isSuperset(of: municipalities), "\(whole.names)")
                #expect(whole.names.count == Set(whole.names).count, "\(whole.names)")
                let outside = try await lost.find(LoSTCaller.circle(50, 8, metres: 5000), urn)
                #expect(outside.error == .notFound)
            }
        }

        @Test("a circle over two roads gives each road's body, the centre's first")
        func circleOverRoads() async throws {
            try await LoSTCaller.run { lost async throws in
                let town = try await lost.find(LoSTCaller.circle(44.10002, -79.1575, metres: 15))
                #expect(town.names == ["Town of Brindle Bay"])
                let wide = try await lost.find(LoSTCaller.circle(44.10002, -79.1575, metres: 400))
                #expect(wide.names == ["Town of Brindle Bay", "Regional Municipality of Maplewater"])
            }
        }

        @Test("ellipses and arc bands are areas too")
        func otherShapes() async throws {
            let open =
                #"xmlns:s="http://www.opengis.net/pidflo/1.0" xmlns:g="http://www.opengis.net/gml" srsName="urn:ogc:def:crs:EPSG::4326""#
            let metres = #"uom="urn:ogc:def:uom:EPSG::9001""#
            let degrees = #"uom="urn:ogc:def:uom:EPSG::9102""#
            @Sendable func ellipse(_ orientation: Int) -> String {
                #"<location id="e" profile="geodetic-2d"><s:Ellipse \#(open)><g:pos>44.2 -79.25</g:pos><s:semiMajorAxis \#(metres)>4000</s:semiMajorAxis><s:semiMinorAxis \#(metres)>500</s:semiMinorAxis><s:orientation \#(degrees)>\#(orientation)</s:orientation></s:Ellipse></location>"#
            }
            @Sendable func band(_ start: Int) -> String {
                #"<location id="b" profile="geodetic-2d"><s:ArcBand \#(open)><g:pos>44.2 -79.2</g:pos><s:innerRadius \#(metres)>3000</s:innerRadius><s:outerRadius \#(metres)>3500</s:outerRadius><s:startAngle \#(degrees)>\#(start)</s:startAngle><s:openingAngle \#(degrees)>40</s:openingAngle></s:ArcBand></location>"#
            }
            try await LoSTCaller.run { lost async throws in
                let urn = "urn:service:municipal.park"
                // Border at 44.22, 2.2 km north: only the long axis, pointing north, reaches it.
                #expect(try await lost.find(ellipse(0), urn).names.count == 2)
                #expect(try await lost.find(ellipse(90), urn).names == ["Town of Brindle Bay"])
                #expect(try await lost.find(band(-20), urn).names == ["City of Dunmore Mills"])
                #expect(try await lost.find(band(160), urn).names == ["Town of Brindle Bay"])
            }
        }
    }
}
