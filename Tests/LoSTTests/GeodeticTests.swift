import Domain
import Testing

@testable import LoST

@Suite("Places of the profile geodetic-2d")
struct GeodeticTests {
    private typealias Samples = LoSTSamples

    @Test(
        "F12, F14: every shape is read",
        arguments: [
            (Samples.point("44.13 -79.20005"), "point"),
            (Samples.point(" 44.13\n -79.20005 "), "point"),
            (Samples.point("4.413e1 -79.20005"), "point"),
            (Samples.point("44.13 -79.2 350.5", system: #"srsName="urn:ogc:def:crs:EPSG::4979""#), "point"),
            // The samples of the RFC have two colons in the wrong place.
            (Samples.point("44.13 -79.2", system: #"srsName="urn:ogc:def::crs:EPSG::4326""#), "point"),
            (
                Samples.polygon("<g:pos>44 -79</g:pos><g:pos>44 -78</g:pos><g:pos>45 -78</g:pos><g:pos>44 -79</g:pos>"),
                "polygon"
            ),
            (Samples.polygon("<g:posList>44 -79 44 -78 45 -78 44 -79</g:posList>"), "polygon"),
            (
                Samples.polygon(
                    #"<g:posList srsDimension="3">44 -79 1 44 -78 1 45 -78 1 44 -79 1</g:posList>"#,
                    system: #"srsName="urn:ogc:def:crs:EPSG::4979""#
                ), "polygon"
            ),
            (Samples.circle("30"), "circle"),
            (
                "<s:Ellipse \(Samples.shapes) \(Samples.gml) \(Samples.wgs84)><g:pos>44 -79</g:pos>"
                    + "<s:semiMajorAxis \(Samples.metres)>30</s:semiMajorAxis><s:semiMinorAxis \(Samples.metres)>10</s:semiMinorAxis>"
                    + "<s:orientation \(Samples.degrees)>43</s:orientation></s:Ellipse>", "ellipse"
            ),
            (
                "<s:ArcBand \(Samples.shapes) \(Samples.gml) \(Samples.wgs84)><g:pos>44 -79</g:pos>"
                    + "<s:innerRadius \(Samples.metres)>100</s:innerRadius><s:outerRadius \(Samples.metres)>200</s:outerRadius>"
                    + "<s:startAngle \(Samples.degrees)>266</s:startAngle><s:openingAngle \(Samples.degrees)>120</s:openingAngle></s:ArcBand>",
                "arcBand"
            ),
        ]
    )
    func shapesAreRead(shape: String, kind: String) throws {
        guard case .geodetic(let read) = try Samples.content(shape) else {
            Issue.record("\(shape) is no place")
            return
        }
        let name =
            switch read {
            case .point: "point"
            case .polygon: "polygon"
            case .circle: "circle"
            case .ellipse: "ellipse"
            case .arcBand: "arcBand"
            }
        #expect(name == kind)
    }

    @Test("a point keeps its place to the billionth of a degree, and drops its altitude")
    func exactPoint() throws {
        let place = try Coordinate(latitudeText: "44.130000001", longitudeText: "-79.200050009")
        #expect(try Samples.content(Samples.point("44.130000001 -79.200050009")) == .geodetic(.point(place)))
        let high = Samples.point("44.130000001 -79.200050009 12", system: #"srsName="urn:ogc:def:crs:EPSG::4979""#)
        #expect(try Samples.content(high) == .geodetic(.point(place)))
    }

    @Test(
        "E2, E3, E4: what is no place on the earth is locationInvalid",
        arguments: [
            // shape, what the message names
            (Samples.point("91 0"), "latitude 91"), (Samples.point("0 180.1"), "longitude 180.1"),
            (Samples.point("NaN 0"), "NaN"), (Samples.point("INF 0"), "INF"), (Samples.point("0x10 0"), "0x10"),
            (Samples.point("44.1,-79.2"), "1 numbers"), (Samples.point("44,1 -79,2"), "44,1"),
            (Samples.point("44.1"), "1 numbers"), (Samples.point("44.1 -79.2 300"), "3 numbers"),
            (Samples.point(""), "0 numbers"),
            (Samples.point("44 -79", system: #"srsName="urn:ogc:def:crs:EPSG::4979""#), "2 numbers"),
            (Samples.point("44 -79", system: #"srsName="urn:ogc:def:crs:EPSG::26917""#), "coordinate system"),
            (Samples.point("1e999 0"), "no number"),
            ("<g:Point \(Samples.gml)/>", "one pos"),
            (Samples.polygon("<g:posList>44 -79 44 -78 45 -78 45 -79</g:posList>"), "not closed"),
            (Samples.polygon("<g:posList>44 -79 44 -78 44 -79</g:posList>"), "3 positions"),
            (Samples.polygon("<g:posList>44 -79 44 -78 45 44 -79</g:posList>"), "7 numbers"),
            (Samples.polygon("<g:posList>44 -79 44 -78 95 -78 44 -79</g:posList>"), "latitude 95"),
            (Samples.polygon(""), "0 positions"),
            (Samples.polygon("<g:posList>44 -79 44 -78 45 -78 44 -79</g:posList><g:pos>1 1</g:pos>"), "either"),
            ("<g:Polygon \(Samples.gml)/>", "one exterior"),
            (Samples.circle("-1"), "negative"), (Samples.circle("wide"), "no number"),
            (Samples.circle("2000000"), "longer"),
            (Samples.circle("30", unit: #"uom="urn:ogc:def:uom:EPSG::9002""#), "unit"),
            (
                "<s:Ellipse \(Samples.shapes) \(Samples.gml)><g:pos>44 -79</g:pos><s:semiMajorAxis>10</s:semiMajorAxis>"
                    + "<s:semiMinorAxis>30</s:semiMinorAxis><s:orientation>43</s:orientation></s:Ellipse>",
                "longer than"
            ),
            (
                "<s:ArcBand \(Samples.shapes) \(Samples.gml)><g:pos>44 -79</g:pos><s:innerRadius>300</s:innerRadius>"
                    + "<s:outerRadius>200</s:outerRadius><s:startAngle>0</s:startAngle><s:openingAngle>20</s:openingAngle></s:ArcBand>",
                "longer than"
            ),
            ("<g:LineString \(Samples.gml)><g:posList>44 -79 44 -78</g:posList></g:LineString>", "holds a Point"),
        ]
    )
    func invalid(shape: String, named: String) {
        #expect { try Samples.content(shape) } throws: { error in
            guard let fault = error as? LoSTError else { return false }
            return fault.kind == .locationInvalid && fault.message.contains(named)
        }
    }

    @Test("what is written is read again as it was", arguments: 0..<5)
    func roundTrip(number: Int) throws {
        let centre = try Samples.place(44.25, -79.125)
        let ring = [
            try Samples.place(44, -79), try Samples.place(44, -78), try Samples.place(45, -78),
            try Samples.place(44, -79),
        ]
        let shapes: [GeodeticShape] = [
            .point(centre), .polygon([ring]), .circle(centre: centre, radius: 12.5),
            .ellipse(centre: centre, major: 30, minor: 10.25, orientation: 43),
            .arcBand(centre: centre, inner: 100, outer: 200, start: 266, opening: 120),
        ]
        let asked = LoSTRequest.findService(
            FindService(locations: [RequestLocation(id: "a", shapes[number])], service: "urn:service:municipal")
        )
        let read = try LoSTRequest(parsing: try asked.bytes())
        #expect(read == asked)
        guard case .findService(let find) = read else { return }
        #expect(try find.locations[0].content() == .geodetic(shapes[number]))
    }
}
