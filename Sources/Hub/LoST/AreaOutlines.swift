import Crypto
import Domain
import Foundation
import Geo
import Storage

/// Outlines of the layers that say where a mapping holds, for one generation of boundaries.
///
/// The index in memory answers points and keeps no outlines; LoST gives areas out, so they are read once a generation.
struct AreaOutlines: Sendable {
    /// One area with its outline.
    struct Outline: Sendable {
        let area: CoveringArea
        let geometry: AreaGeometry
        /// Changes exactly when the outline changes.
        let fingerprint: String
    }

    let outlines: [Outline]
    private let positions: [String: Int]

    init(_ features: [BoundaryFeature]) {
        outlines = Self.merged(features).map { feature in
            Outline(
                area: feature.covering,
                geometry: feature.geometry,
                fingerprint: Self.fingerprint(of: feature.geometry)
            )
        }
        positions = Dictionary(outlines.enumerated().map { (Self.key($1.area.layer, $1.area.id), $0) }) { first, _ in
            first
        }
    }

    /// The layers a version of the agreement needs.
    static func layers(for rules: RuleSet) -> [LayerName] {
        var layers: Set<LayerName> = [.municipality, .upperTier]
        for rule in rules.everyRule {
            layers.formUnion(rule.conditions.areas.keys.compactMap(LayerName.init(rawValue:)))
            if case .areaOwner(let layer) = rule.lead { layers.insert(layer) }
        }
        return layers.sorted()
    }

    static func load(
        _ layers: [LayerName],
        of generation: GenerationID,
        from databases: TenantDatabases
    ) async throws -> AreaOutlines {
        let rows = try await databases.withHub(.readOnly) {
            try await Generations($0).areas(of: generation, in: layers)
        }
        return AreaOutlines(try rows.map { try StoredGeography.feature($0) })
    }

    subscript(_ layer: LayerName, _ id: AreaID) -> Outline? { positions[Self.key(layer, id)].map { outlines[$0] } }

    /// Areas of one layer, in the stated order.
    func areas(in layer: LayerName) -> [Outline] { outlines.filter { $0.area.layer == layer } }

    private static func key(_ layer: LayerName, _ id: AreaID) -> String { "\(layer);\(id)" }

    /// Rows of one area are its parts.
    private static func merged(_ features: [BoundaryFeature]) -> [BoundaryFeature] {
        var merged: [BoundaryFeature] = []
        for feature in features {
            if let last = merged.last, last.layer == feature.layer, last.id == feature.id {
                merged[merged.count - 1].geometry.polygons += feature.geometry.polygons
            } else {
                merged.append(feature)
            }
        }
        return merged.sorted { ($0.layer, $0.priority, $0.id) < ($1.layer, $1.priority, $1.id) }
    }

    private static func fingerprint(of geometry: AreaGeometry) -> String {
        var hash = SHA256()
        for polygon in geometry.polygons {
            for ring in polygon.rings {
                for place in ring {
                    withUnsafeBytes(of: (place.latitudeNano, place.longitudeNano)) { hash.update(bufferPointer: $0) }
                }
                hash.update(data: [0])
            }
            hash.update(data: [1])
        }
        return Data(hash.finalize()).base64EncodedString()
    }
}
