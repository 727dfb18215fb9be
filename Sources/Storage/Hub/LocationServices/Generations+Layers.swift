public import Domain
import Postgres

extension Generations {
    /// Areas of some layers of a generation, by layer and id; parts of one area one after the other.
    public func areas(of id: GenerationID, in layers: [LayerName]) async throws -> [StoredArea] {
        var areas: [StoredArea] = []
        let rows = try transaction.stream(
            """
            SELECT layer, area_id, name, jurisdiction_id, properties, postgis.st_asbinary(geometry) AS shape
            FROM hub.boundary_area
            WHERE generation = \(id.rawValue)
                AND layer = ANY (\(layers.map(\.rawValue)))
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
}
