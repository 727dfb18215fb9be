import Domain
import Foundation
import LoST
import XML

/// Messages for tests, written out as clients write them.
enum LoSTSamples {
    static let gml = #"xmlns:g="http://www.opengis.net/gml""#
    static let shapes = #"xmlns:s="http://www.opengis.net/pidflo/1.0""#
    static let wgs84 = #"srsName="urn:ogc:def:crs:EPSG::4326""#
    static let metres = #"uom="urn:ogc:def:uom:EPSG::9001""#
    static let degrees = #"uom="urn:ogc:def:uom:EPSG::9102""#

    /// A `findService` with these locations.
    static func find(
        _ locations: String,
        service: String = "<service>urn:service:municipal.pothole</service>",
        attributes: String = "",
        rest: String = ""
    ) -> String {
        #"<findService xmlns="urn:ietf:params:xml:ns:lost1" \#(attributes)>\#(locations)\#(service)\#(rest)</findService>"#
    }

    /// A location of the geodetic profile.
    static func geodetic(_ shape: String, id: String = "l1") -> String {
        #"<location id="\#(id)" profile="geodetic-2d">\#(shape)</location>"#
    }

    static func point(_ position: String, system: String = wgs84) -> String {
        "<g:Point \(gml) \(system)><g:pos>\(position)</g:pos></g:Point>"
    }

    static func polygon(_ ring: String, system: String = wgs84) -> String {
        "<g:Polygon \(gml) \(system)><g:exterior><g:LinearRing>\(ring)</g:LinearRing></g:exterior></g:Polygon>"
    }

    static func circle(_ radius: String, unit: String = metres) -> String {
        "<s:Circle \(shapes) \(gml) \(wgs84)><g:pos>44.1 -79.2</g:pos><s:radius \(unit)>\(radius)</s:radius></s:Circle>"
    }

    /// The one location of a message, looked at.
    static func content(_ shape: String) throws(LoSTError) -> RequestLocation.Content {
        let request = try LoSTRequest(parsing: Array(find(geodetic(shape)).utf8))
        guard case .findService(let find) = request else { throw LoSTError(.internalError, "not findService") }
        return try RequestLocation.used(of: find.locations).content()
    }

    /// A place in whole and decimal degrees.
    static func place(_ latitude: Double, _ longitude: Double) throws -> Coordinate {
        try Coordinate(latitude: latitude, longitude: longitude)
    }

    /// The name of the server in these tests.
    static let server = ServerName(trusted: "lost.example.org")
}
