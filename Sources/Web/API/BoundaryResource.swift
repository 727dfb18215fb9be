import Crypto
import Domain
import Foundation
import Hub
import Hummingbird
import NIOCore

/// `GET /api/v1/boundaries`: the outlines of a layer as GeoJSON (RFC 7946), as coarse as the zoom allows.
struct BoundaryResource: Sendable {
    private let surroundings: Surroundings
    private let outlines: Outlines

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        outlines = Outlines(surroundings)
    }

    func answer(_ request: Request) async throws -> Response {
        var parameters = try APIParameters(request)
        let layer: LayerName? = parameters.checked("layer")
        let box = parameters.box()
        let zoom = parameters.zoom()
        if let layer, surroundings.geography.generation != nil, !surroundings.geography.layers.contains(layer) {
            let known = surroundings.geography.layers.map(\.rawValue).joined(separator: ", ")
            parameters.fail("layer", .unknown, "one of \(known)", "l’une de \(known)")
        }
        try parameters.check()
        guard let generation = surroundings.geography.generation else {
            return Response(json: Self.collection([], in: nil), headers: [.cacheControl: "no-cache"])
        }
        let drawn = try await outlines.drawn(layer ?? .municipality, generation, detail: Outlines.Detail(zoom: zoom))
        let tag = drawn.tag(box)
        let headers: HTTPFields = [.eTag: tag, .cacheControl: "public, max-age=300"]
        if request.headers[.ifNoneMatch]?.contains(tag) == true {
            return Response(status: .notModified, headers: headers)
        }
        var response = Response(json: Self.collection(drawn.features, in: box), headers: headers)
        response.headers[.contentType] = "application/geo+json; charset=utf-8"
        return response
    }

    private static func collection(_ features: [Outlines.Feature], in box: MapBox?) -> ByteBuffer {
        let shown = box.map { box in features.filter { $0.box.touches(box) } } ?? features
        return JSONText.of(capacity: shown.reduce(64) { $0 + $1.json.readableBytes + 1 }) { json in
            json.object { json in
                json.member("type", "FeatureCollection")
                json.array("features", shown) { $0.raw($1.json) }
            }
        }
    }
}

/// A window of a map in whole billionths of a degree.
struct MapBox: Sendable, Hashable {
    var west: Int64
    var south: Int64
    var east: Int64
    var north: Int64

    func touches(_ other: MapBox) -> Bool {
        west <= other.east && other.west <= east && south <= other.north && other.south <= north
    }

    mutating func include(_ place: Coordinate) {
        west = min(west, place.longitudeNano)
        east = max(east, place.longitudeNano)
        south = min(south, place.latitudeNano)
        north = max(north, place.latitudeNano)
    }
}

extension APIParameters {
    /// `bbox` as RFC 7946 orders it: west, south, east, north.
    fileprivate mutating func box() -> MapBox? {
        guard let text = word("bbox") else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        if parts.count == 4,
            let southWest = try? Coordinate(latitudeText: parts[1], longitudeText: parts[0]),
            let northEast = try? Coordinate(latitudeText: parts[3], longitudeText: parts[2]),
            southWest.latitudeNano <= northEast.latitudeNano, southWest.longitudeNano <= northEast.longitudeNano
        {
            return MapBox(
                west: southWest.longitudeNano,
                south: southWest.latitudeNano,
                east: northEast.longitudeNano,
                north: northEast.latitudeNano
            )
        }
        fail(
            "bbox",
            .malformed,
            "west,south,east,north in degrees, such as -79.5,44,-78.5,44.5",
            "ouest,sud,est,nord en degrés, comme -79.5,44,-78.5,44.5"
        )
        return nil
    }

    /// `zoom` of a web map; the whole region fits at 9.
    fileprivate mutating func zoom() -> Int {
        guard let text = word("zoom") else { return 10 }
        guard let zoom = Int(text), (0...22).contains(zoom) else {
            fail("zoom", .outOfRange, "a whole number from 0 to 22", "un nombre entier de 0 à 22")
            return 10
        }
        return zoom
    }
}
