import Crypto
import Domain
import Foundation
import Geo
import HTTPTypes
import Hub
import Hummingbird
import NIOCore

/// `GET /api/v1/boundaries`: the outlines of a layer as GeoJSON (RFC 7946), as coarse as the zoom allows.
struct BoundaryResource: Sendable {
    /// Largest answer in bytes; who wants more of a layer at once takes a window, ids or a coarser zoom.
    static let largest = 32 << 20
    /// Most ids in one question.
    static let mostIDs = 100

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
        let ids = parameters.areaIDs()
        let detail = parameters.detail()
        let index = surroundings.geography.index
        if let layer, index.generation != nil, !index.layers.contains(layer) {
            let known = index.layers.map(\.rawValue).joined(separator: ", ")
            parameters.fail("layer", .unknown, "one of \(known)", "l’une de \(known)")
        }
        try parameters.check()
        guard let generation = index.generation else {
            return Self.response([], headers: [.cacheControl: "no-cache"])
        }
        let drawn = try await outlines.drawn(layer ?? .municipality, generation, detail: detail)
        var headers: HTTPFields = [
            .eTag: Self.tag(drawn, box, ids), .cacheControl: "public, max-age=300",
        ]
        headers[.generation] = "\(generation)"
        if let tag = headers[.eTag], request.headers[.ifNoneMatch]?.contains(tag) == true {
            return Response(status: .notModified, headers: headers)
        }
        let shown = drawn.features.filter { feature in
            box.map { feature.box.touches($0) } ?? true && ids.map { $0.contains(feature.id) } ?? true
        }
        let bytes = shown.reduce(0) { $0 + $1.json.readableBytes + 1 }
        if bytes > Self.largest {
            parameters.fail(
                "bbox",
                .tooLong,
                "a smaller window, ids or a coarser zoom: this is \(bytes >> 20) MiB, at most \(Self.largest >> 20) are given",
                "une fenêtre plus petite, des ids ou une échelle plus grossière : ceci fait \(bytes >> 20) Mio, au plus \(Self.largest >> 20) sont donnés"
            )
            try parameters.check()
        }
        return Self.response(shown, headers: headers)
    }

    /// Entity tag of the part that was asked for.
    private static func tag(_ drawn: Outlines.Drawn, _ box: MapBox?, _ ids: Set<AreaID>?) -> String {
        var tag = drawn.digest
        if let box { tag += "-\(box.west)-\(box.south)-\(box.east)-\(box.north)" }
        if let ids {
            let joined = ids.map(\.rawValue).sorted().joined(separator: ";")
            tag += "-" + SHA256.hash(data: Data(joined.utf8)).prefix(6).map { String(format: "%02x", $0) }.joined()
        }
        return "\"\(tag)\""
    }

    private static let head = ByteBuffer(string: #"{"type":"FeatureCollection","features":["#)
    private static let foot = ByteBuffer(string: "]}")

    /// The collection, sent feature by feature out of what is kept: no copy of the whole is made.
    private static func response(_ features: [Outlines.Feature], headers: HTTPFields) -> Response {
        let commas = max(features.count - 1, 0)
        let length = head.readableBytes + features.reduce(commas) { $0 + $1.json.readableBytes } + foot.readableBytes
        var headers = headers
        headers[.contentType] = "application/geo+json; charset=utf-8"
        headers[.contentLength] = String(length)
        let body = ResponseBody(contentLength: length) { writer in
            var chunk = head
            for (number, feature) in features.enumerated() {
                if number > 0 { chunk.writeInteger(UInt8(ascii: ",")) }
                chunk.writeImmutableBuffer(feature.json)
                if chunk.readableBytes >= 1 << 16 {
                    try await writer.write(chunk)
                    chunk = ByteBuffer()
                }
            }
            chunk.writeImmutableBuffer(foot)
            try await writer.write(chunk)
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}

extension HTTPField.Name {
    /// Which generation of boundaries answered.
    static let generation = HTTPField.Name("Boundary-Generation") ?? .server
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

    /// `id`: one area, or several joined by semicolons, which no id holds; those that the layer lacks are left out.
    fileprivate mutating func areaIDs() -> Set<AreaID>? {
        guard let text = word("id") else { return nil }
        let pieces = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        let ids = Set(pieces.compactMap(AreaID.init(rawValue:)))
        let most = BoundaryResource.mostIDs
        guard !pieces.isEmpty, pieces.count <= most, pieces.allSatisfy({ AreaID(rawValue: $0) != nil }) else {
            fail(
                "id",
                .malformed,
                "1 to \(most) ids of areas joined by semicolons",
                "de 1 à \(most) ids de territoires séparés par des points-virgules"
            )
            return nil
        }
        return ids
    }

    /// `zoom` of a web map, or `tolerance` in metres; the whole region fits at 9.
    fileprivate mutating func detail() -> MapDetail {
        switch (word("zoom"), word("tolerance")) {
        case (nil, nil): return MapDetail(zoom: 10)
        case (let text?, nil):
            if let zoom = Int(text), (0...22).contains(zoom) { return MapDetail(zoom: zoom) }
            fail("zoom", .outOfRange, "a whole number from 0 to 22", "un nombre entier de 0 à 22")
        case (nil, let text?):
            if let metres = DecimalDegrees.nano(of: text).map({ Double($0) / 1e9 }), (0...100_000).contains(metres) {
                return MapDetail(toleranceMetres: metres)
            }
            fail(
                "tolerance",
                .outOfRange,
                "metres from 0 (as imported) to 100000",
                "en mètres, de 0 (tel qu’importé) à 100000"
            )
        case (_?, _?):
            fail("tolerance", .notAllowed, "either zoom or tolerance", "zoom ou tolerance, l’un des deux")
        }
        return .county
    }
}
