import Domain
import Foundation
import Testing

@Suite("Coordinate")
struct CoordinateTests {
    @Test(
        "reads plain decimals exactly",
        arguments: [
            ("44.2051", 44_205_100_000), ("-79.3", -79_300_000_000), ("0", 0), ("-0", 0), ("+12.5", 12_500_000_000),
            ("90", 90_000_000_000), ("0.000000001", 1), ("0.0000000004", 0),
            ("0.0000000005", 1),  // the tenth digit rounds, halves away from zero
            ("-0.0000000005", -1), ("44.1234567894999999", 44_123_456_789), ("44.1234567895", 44_123_456_790),
            ("007.5", 7_500_000_000),
        ] as [(String, Int64)]
    )
    func exact(text: String, nano: Int64) throws {
        let place = try Coordinate(latitudeText: text, longitudeText: "0")
        #expect(place.latitudeNano == nano)
    }

    @Test(
        "refuses anything but a plain decimal, and names the field",
        arguments: [
            "", " ", "abc", "NaN", "nan", "inf", "-", "+", ".", "12.", ".5", "12,5", "0x10", "1e2", "1e400", " 44",
            "44 ",
            "--4", "4-4", "1.2.3", "４４", "44\0", String(repeating: "1", count: 300), "99999999999999999999",
        ]
    )
    func refuses(text: String) {
        #expect(throws: Coordinate.Invalid.self) { try Coordinate(latitudeText: text, longitudeText: "0") }
        let fault = #expect(throws: Coordinate.Invalid.self) { try Coordinate(latitudeText: "0", longitudeText: text) }
        #expect(fault?.axis == .longitude)
        #expect(fault?.fault == .notDecimal)
        #expect((fault?.value.count ?? 0) <= 40)
    }

    @Test(
        "refuses places off the earth",
        arguments: [("90.000000001", "0"), ("-91", "0"), ("0", "180.1"), ("0", "-200")]
    )
    func offEarth(latitude: String, longitude: String) {
        let fault = #expect(throws: Coordinate.Invalid.self) {
            try Coordinate(latitudeText: latitude, longitudeText: longitude)
        }
        #expect(fault?.fault == .outOfRange)
    }

    @Test("refuses doubles that are no place", arguments: [Double.nan, .infinity, -.infinity, 1e300, 181])
    func badDoubles(value: Double) {
        #expect(throws: Coordinate.Invalid.self) { try Coordinate(latitude: 0, longitude: value) }
        #expect(throws: Coordinate.Invalid.self) { try Coordinate(latitude: value, longitude: 0) }
    }

    @Test(
        "writes the shortest plain decimal",
        arguments: [("44.20510", "44.2051"), ("-0.000000001", "-0.000000001"), ("80.0", "80")]
    )
    func text(given: String, shown: String) throws {
        #expect(try Coordinate(latitudeText: given, longitudeText: "0").latitudeText == shown)
    }

    @Test("survives a double, text and JSON unchanged")
    func roundTrip() throws {
        var state: UInt64 = 311
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let latitude = Int64(state >> 16) % 90_000_000_001 - 45_000_000_000
            let longitude = Int64(state >> 8) % 180_000_000_001 - 90_000_000_000
            let place = try Coordinate(latitudeNano: latitude, longitudeNano: longitude)
            #expect(try Coordinate(latitude: place.latitude, longitude: place.longitude) == place)
            #expect(try Coordinate(latitudeText: place.latitudeText, longitudeText: place.longitudeText) == place)
        }
        let place = try Coordinate(latitudeText: "44.123456789", longitudeText: "-179.999999999")
        #expect(try JSONDecoder().decode(Coordinate.self, from: JSONEncoder().encode(place)) == place)
    }
}
