import Crypto
import Domain
import Foundation
import Hub
import NIOCore

/// Outlines made ready for maps, kept in memory for the generation in force: each layer in the details that were asked for, up to a bound.
///
/// Points are snapped to a grid of half a screen pixel and those that then add nothing are dropped. Snapping depends on nothing but the
/// point, so two areas that share a border still share it, which cutting corners ring by ring would not keep.
actor Outlines {
    /// One area, drawn.
    struct Feature: Sendable {
        let id: AreaID
        let box: MapBox
        let json: ByteBuffer
    }

    /// One layer, drawn.
    struct Drawn: Sendable {
        let features: [Feature]
        let digest: String

        /// Bytes of its features.
        let bytes: Int
    }

    private struct Key: Hashable {
        let layer: LayerName
        let detail: MapDetail
    }

    private let read: ReadBoundaryShapes
    private var generation: GenerationID?
    private var drawings: [Key: Task<Drawn, any Error>] = [:]
    /// Sizes of what is drawn, the one used longest ago first.
    private var sizes: [(key: Key, bytes: Int)] = []
    private let mostBytes: Int

    /// - Parameter mostBytes: How much is kept; the drawing asked for last always is.
    init(_ surroundings: Surroundings, mostBytes: Int = 96 << 20) {
        read = ReadBoundaryShapes(surroundings)
        self.mostBytes = mostBytes
    }

    /// A layer in a detail; whoever asks while it is being drawn waits for the same drawing.
    func drawn(_ layer: LayerName, _ wanted: GenerationID, detail: MapDetail) async throws -> Drawn {
        if generation != wanted {
            generation = wanted
            (drawings, sizes) = ([:], [])
        }
        let key = Key(layer: layer, detail: detail)
        if let known = drawings[key] {
            let drawn = try await known.value
            keep(key, drawn, of: wanted)
            return drawn
        }
        let read = read
        let drawing = Task { try await Self.draw(read(layer, of: wanted), layer: layer, wanted, step: detail.step) }
        drawings[key] = drawing
        do {
            let drawn = try await drawing.value
            keep(key, drawn, of: wanted)
            return drawn
        } catch {
            if generation == wanted { drawings[key] = nil }
            throw error
        }
    }

    /// Notes that a drawing was used, and drops those used longest ago when there is too much.
    private func keep(_ key: Key, _ drawn: Drawn, of wanted: GenerationID) {
        guard generation == wanted else { return }
        sizes.removeAll { $0.key == key }
        sizes.append((key, drawn.bytes))
        while sizes.count > 1, sizes.reduce(0, { $0 + $1.bytes }) > mostBytes {
            drawings[sizes.removeFirst().key] = nil
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
            return Feature(id: shape.area.id, box: box, json: JSONText.of { $0.feature(shape, step: step) })
        }
        var hash = SHA256()
        for feature in features { hash.update(data: feature.json.readableBytesView) }
        let digest = hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
        return Drawn(
            features: features,
            digest: "\(generation)-\(digest)",
            bytes: features.reduce(0) { $0 + $1.json.readableBytes }
        )
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
