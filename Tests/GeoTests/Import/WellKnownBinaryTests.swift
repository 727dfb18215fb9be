import Domain
import Testing

@testable import Geo

@Suite("Well-known binary") struct WellKnownBinaryTests {
    @Test("brings every billionth of a degree back", arguments: [1, 2, 3] as [UInt64]) func roundTrip(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        func anywhere() -> Coordinate {
            at(
                Int64.random(in: -180_000_000_000...180_000_000_000, using: &generator),
                Int64.random(in: -90_000_000_000...90_000_000_000, using: &generator)
            )
        }
        let geometry = AreaGeometry(
            polygons: (0..<3).map { _ in
                AreaGeometry.Polygon(rings: (0..<2).map { _ in (0..<500).map { _ in anywhere() } })
            }
        )
        #expect(try WellKnownBinary.geometry(of: WellKnownBinary.bytes(of: geometry)) == geometry)
        let lines = (0..<4).map { _ in (0..<100).map { _ in anywhere() } }
        #expect(try WellKnownBinary.lines(of: WellKnownBinary.bytes(of: lines)) == lines)
    }

    @Test("reads what PostGIS gives: SRID and either byte order") func postgis() throws {
        // SELECT ST_AsEWKB('SRID=4326;POLYGON((0 0,1 0,1 1,0 0))'::geometry, 'XDR' and 'NDR')
        let big: [UInt8] =
            [0, 0x20, 0, 0, 3, 0, 0, 0x10, 0xE6, 0, 0, 0, 1, 0, 0, 0, 4]
            + Self.doubles([0, 0, 1, 0, 1, 1, 0, 0], big: true)
        let little: [UInt8] =
            [1, 3, 0, 0, 0x20, 0xE6, 0x10, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]
            + Self.doubles([0, 0, 1, 0, 1, 1, 0, 0], big: false)
        let degree: Int64 = 1_000_000_000
        let expected = polygon([(0, 0), (degree, 0), (degree, degree)])
        #expect(try WellKnownBinary.geometry(of: big) == expected)
        #expect(try WellKnownBinary.geometry(of: little) == expected)
    }

    @Test("refuses bytes that are cut, lengthened, false or something else") func refuses() throws {
        let bytes = WellKnownBinary.bytes(of: box(0, 0, 9, 9))
        for end in 0..<bytes.count {
            #expect(throws: WellKnownBinary.Invalid.self) { try WellKnownBinary.geometry(of: Array(bytes[..<end])) }
        }
        #expect(throws: WellKnownBinary.Invalid.length) { try WellKnownBinary.geometry(of: bytes + [0]) }
        #expect(throws: WellKnownBinary.Invalid.type(5)) {
            try WellKnownBinary.geometry(of: WellKnownBinary.bytes(of: [[at(0, 0), at(1, 1)]]))
        }
        // A count of four thousand million must not reserve anything.
        #expect(throws: WellKnownBinary.Invalid.length) {
            try WellKnownBinary.geometry(of: [1, 6, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])
        }
    }

    private static func doubles(_ values: [Double], big: Bool) -> [UInt8] {
        values.flatMap { value in
            withUnsafeBytes(of: big ? value.bitPattern.bigEndian : value.bitPattern.littleEndian) { Array($0) }
        }
    }
}
