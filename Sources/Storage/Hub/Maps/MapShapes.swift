public import Domain
import Postgres

/// Shapes of a generation as maps need them: one layer at a time, or what lies in a window.
public struct MapShapes {
    let transaction: HubTransaction

    /// Shapes out of the hub's tables.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// All areas of one layer of a generation, by id; parts of one area one after the other.
    public func areas(of generation: GenerationID, in layer: LayerName) async throws -> [StoredArea] {
        var areas: [StoredArea] = []
        let rows = try transaction.stream(
            """
            SELECT area_id, name, jurisdiction_id, properties, postgis.st_asbinary(geometry) AS shape
            FROM hub.boundary_area
            WHERE generation = \(generation.rawValue)
                AND layer = \(layer.rawValue)
            ORDER BY area_id, part
            """
        )
        for try await row in rows {
            areas.append(
                StoredArea(
                    layer: layer,
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
