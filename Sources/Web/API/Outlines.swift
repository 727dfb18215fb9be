import Crypto
import Domain
import Foundation
import Hub
import NIOCore

/// Outlines made ready for maps, kept in memory for the generation in force: each layer once in each of five details.
///
/// Points are snapped to a grid of half a screen pixel and those that then add nothing are dropped. Snapping depends on nothing but the
/// point, so two areas that share a border still share it, which cutting corners ring by ring would not keep.
actor Outlines {
    /// How fine the drawing is.
    enum Detail: Int, Sendable, Hashable {
        case region = 8
        case county = 10
        case town = 12
        case quarter = 14
        case street = 17

        /// The coarsest detail that is fine enough.
        init(zoom: Int) {
            self =
                switch zoom {
                case ...8: .region
                case ...10: .county
                case ...12: .town
                case ...14: .quarter
                default: .street
                }
        }

        /// Width of the grid in billionths of a degree: half a pixel of 256-pixel tiles.
        var step: Int64 { Int64(360e9 / Double(512 << rawValue)) }
    }

    /// One area, drawn.
    struct Feature: Sendable {
        let box: MapBox
        let json: ByteBuffer
    }

    /// One layer, drawn.
    struct Drawn: Sendable {
        let features: [Feature]
        let digest: String

        /// Entity tag of the part inside a window.
        func tag(_ box: MapBox?) -> String {
            guard let box else { return "\"\(digest)\"" }
            return "\"\(digest)-\(box.west)-\(box.south)-\(box.east)-\(box.north)\""
        }
    }

    private struct Key: Hashable {
        let layer: LayerName
        let detail: Detail
    }

    private let read: ReadBoundaryShapes
    private var generation: GenerationID?
    private var drawings: [Key: Task<Drawn, any Error>] = [:]

    init(_ surroundings: Surroundings) {
        read = ReadBoundaryShapes(surroundings)
    }

    /// A layer in a detail; whoever asks while it is being drawn waits for the same drawing.
    func drawn(_ layer: LayerName, _ wanted: GenerationID, detail: Detail) async throws -> Drawn {
        if generation != wanted {
            generation = wanted
            drawings = [:]
        }
        let key = Key(layer: layer, detail: detail)
        if let known = drawings[key] { return try await known.value }
        let read = read
        let drawing = Task { try await Self.draw(read(layer, of: wanted), layer: layer, wanted, step: detail.step) }
        drawings[key] = drawing
        do {
            return try await drawing.value
        } catch {
            if generation == wanted { drawings[key] = nil }
            throw error
        }
    }

    @concurrent
    private static func draw(
        _ shapes: [BoundaryShape],
        layer: LayerName,
        _ generation: GenerationID,
        step: Int64
    ) async throws -> Drawn {
        let features = shapes.compactMap { shape -> Feature? in
            guard let first = shape.polygons.first?.first?.first else { return nil }
            var box = MapBox(
                west: first.longitudeNano,
                south: first.latitudeNano,
                east: first.longitudeNano,
                north: first.latitudeNano
            )
            for ring in shape.polygons.compactMap(\.first) { for place in ring { box.include(place) } }
            return Feature(box: box, json: JSONText.of { $0.feature(shape, step: step) })
        }
        var hash = SHA256()
        for feature in features { hash.update(data: feature.json.readableBytesView) }
        let digest = hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
        return Drawn(features: features, digest: "\(generation)-\(digest)")
    }
}

/// Snaps a ring to the grid and drops what adds nothing.
enum Snap {
    /// The ring on the grid, closed; nil when too little is left of it to be a ring.
    static func ring(_ ring: [Coordinate], step: Int64) -> [(longitude: Int64, latitude: Int64)]? {
        var kept: [(longitude: Int64, latitude: Int64)] = []
        for place in ring {
            let point = (longitude: snap(place.longitudeNano, step), latitude: snap(place.latitudeNano, step))
            if let last = kept.last, last == point { continue }
            if kept.count >= 2, isBetween(kept[kept.count - 2], kept[kept.count - 1], point) { kept.removeLast() }
            kept.append(point)
        }
        return kept.count >= 4 ? kept : nil
    }

    private static func snap(_ nano: Int64, _ step: Int64) -> Int64 {
        let half = step / 2
        return (nano + (nano < 0 ? -half : half)) / step * step
    }

    /// Whether the middle point lies on the straight line between the others; also true for a spike that turns back.
    private static func isBetween(
        _ a: (longitude: Int64, latitude: Int64),
        _ b: (longitude: Int64, latitude: Int64),
        _ c: (longitude: Int64, latitude: Int64)
    ) -> Bool {
        let (left, right) = (
            (b.longitude - a.longitude).multipliedFullWidth(by: c.latitude - a.latitude),
            (b.latitude - a.latitude).multipliedFullWidth(by: c.longitude - a.longitude)
        )
        return left == right
    }
}

extension JSONText {
    /// A feature; an area smaller than a pixel is drawn as it is rather than not at all.
    fileprivate mutating func feature(_ shape: BoundaryShape, step: Int64) {
        var polygons = shape.polygons.compactMap { Self.polygon($0, step: step) }
        if polygons.isEmpty { polygons = shape.polygons.compactMap { Self.polygon($0, step: 1) } }
        object { json in
            json.member("type", "Feature")
            json.member("id", shape.area.id.rawValue)
            json.object("properties") { json in
                json.member("id", shape.area.id.rawValue)
                json.member("layer", shape.area.layer.rawValue)
                json.member("name", shape.area.name)
                json.always("jurisdiction_id", shape.area.jurisdictionID?.rawValue)
            }
            json.object("geometry") { json in
                json.member("type", "MultiPolygon")
                json.array("coordinates", polygons) { json, rings in
                    json.array(rings) { json, ring in
                        json.array(ring) { json, point in
                            json.raw(
                                "[\(DecimalDegrees.text(of: point.longitude)),\(DecimalDegrees.text(of: point.latitude))]"
                            )
                        }
                    }
                }
            }
        }
    }

    /// The rings that are left of a polygon; nil when its outer one vanished: an islet smaller than a pixel.
    private static func polygon(
        _ rings: [[Coordinate]],
        step: Int64
    ) -> [[(longitude: Int64, latitude: Int64)]]? {
        guard let first = rings.first, let outer = Snap.ring(first, step: step) else { return nil }
        return [outer] + rings.dropFirst().compactMap { Snap.ring($0, step: step) }
    }
}
