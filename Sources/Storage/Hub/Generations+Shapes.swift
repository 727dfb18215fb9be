public import Domain
import Foundation
import Postgres

extension Generations {
    /// Adds areas to a generation; areas that share layer and id become one, part by part.
    public func addAreas(_ areas: [StoredArea], to id: GenerationID) async throws {
        var parts: [PartKey: Int32] = [:]
        for batch in areas.batches(size: \.geometry.count) {
            let numbers = batch.map { area in
                let key = PartKey(layer: area.layer, id: area.id)
                parts[key, default: -1] += 1
                return parts[key, default: 0]
            }
            try await transaction.queue(
                """
                INSERT INTO hub.boundary_area
                    (generation, layer, area_id, part, name, jurisdiction_id, properties, geometry)
                SELECT \(Int32(id.rawValue)), layer, area_id, part, name, jurisdiction_id, properties,
                    postgis.st_multi(postgis.st_geomfromwkb(shape, 4326))
                FROM unnest(
                    \(batch.map(\.layer.rawValue)), \(batch.map(\.id.rawValue)), \(numbers), \(batch.map(\.name)),
                    \(batch.map(\.jurisdictionID?.rawValue)), \(batch.map(\.properties.value)),
                    \(batch.map { Data($0.geometry) })
                ) AS area (layer, area_id, part, name, jurisdiction_id, properties, shape)
                """
            )
        }
    }

    /// Adds road segments to a generation, once, in the order of the file.
    public func addRoads(_ roads: [StoredRoad], to id: GenerationID) async throws {
        var position: Int32 = 0
        for batch in roads.batches(size: \.geometry.count) {
            let positions = batch.map { _ in
                position += 1
                return position
            }
            try await transaction.queue(
                """
                INSERT INTO hub.road_segment
                    (generation, segment_id, position, name, owner, owner_kind, road_class, details, geometry)
                SELECT \(Int32(id.rawValue)), segment_id, position, name, owner, owner_kind, road_class, details,
                    postgis.st_multi(postgis.st_geomfromwkb(shape, 4326))
                FROM unnest(
                    \(batch.map(\.id)), \(positions), \(batch.map(\.name)), \(batch.map(\.owner)),
                    \(batch.map(\.ownerKind.rawValue)), \(batch.map(\.roadClass)), \(batch.map(\.details.value)),
                    \(batch.map { Data($0.geometry) })
                ) AS road (segment_id, position, name, owner, owner_kind, road_class, details, shape)
                """
            )
        }
    }

    /// All areas of a generation, by layer and id; parts of one area one after the other.
    public func areas(of id: GenerationID) async throws -> [StoredArea] {
        var areas: [StoredArea] = []
        let rows = try transaction.stream(
            """
            SELECT layer, area_id, name, jurisdiction_id, properties, postgis.st_asbinary(geometry) AS shape
            FROM hub.boundary_area
            WHERE generation = \(id.rawValue)
            ORDER BY layer, area_id, part
            """
        )
        for try await row in rows {
            areas.append(
                StoredArea(
                    layer: LayerName(trusted: try row.decode("layer")),
                    id: AreaID(trusted: try row.decode("area_id")),
                    name: try row.decode("name"),
                    jurisdictionID: try row.decode("jurisdiction_id", as: String?.self)
                        .map(JurisdictionID.init(trusted:)),
                    properties: try row.json("properties"),
                    geometry: try row.decode("shape")
                )
            )
        }
        return areas
    }

    /// All road segments of a generation, in the order of the file.
    public func roads(of id: GenerationID) async throws -> [StoredRoad] {
        var roads: [StoredRoad] = []
        let rows = try transaction.stream(
            """
            SELECT segment_id, name, owner, owner_kind, road_class, details, postgis.st_asbinary(geometry) AS shape
            FROM hub.road_segment
            WHERE generation = \(id.rawValue)
            ORDER BY position
            """
        )
        for try await row in rows {
            roads.append(
                StoredRoad(
                    id: try row.decode("segment_id"),
                    name: try row.decode("name"),
                    owner: try row.decode("owner"),
                    ownerKind: try row.word("owner_kind"),
                    roadClass: try row.decode("road_class"),
                    details: try row.json("details"),
                    geometry: try row.decode("shape")
                )
            )
        }
        return roads
    }

    private struct PartKey: Hashable {
        let layer: LayerName
        let id: AreaID
    }
}

extension Array {
    /// Runs of at most 500 elements and, but for single large ones, four million bytes.
    func batches(size: (Element) -> Int) -> [ArraySlice<Element>] {
        var batches: [ArraySlice<Element>] = []
        var start = startIndex
        var bytes = 0
        for index in indices {
            bytes += size(self[index])
            if index - start >= 500 || (bytes > 4_000_000 && index > start) {
                batches.append(self[start..<index])
                (start, bytes) = (index, size(self[index]))
            }
        }
        if start < endIndex {
            batches.append(self[start...])
        }
        return batches
    }
}
