public import Domain
import Foundation
import Postgres

extension Generations {
    /// Adds assets to a generation, once.
    public func addAssets(_ assets: [StoredAsset], to id: GenerationID) async throws {
        for batch in assets.batches(size: \.geometry.count) {
            try await transaction.queue(
                """
                INSERT INTO hub.asset
                    (generation, asset_id, kind, owner, operator, details, geometry)
                SELECT \(Int32(id.rawValue)), asset_id, kind, owner, operator, details,
                    postgis.st_geomfromwkb(shape, 4326)
                FROM unnest(
                    \(batch.map(\.id)), \(batch.map(\.kind.rawValue)), \(batch.map(\.owner)),
                    \(batch.map(\.operatorID)), \(batch.map(\.details.value)), \(batch.map { Data($0.geometry) })
                ) AS asset (asset_id, kind, owner, operator, details, shape)
                """
            )
        }
    }

    /// All assets of a generation, by id.
    public func assets(of id: GenerationID) async throws -> [StoredAsset] {
        var assets: [StoredAsset] = []
        let rows = try transaction.stream(
            """
            SELECT asset_id, kind, owner, operator, details, postgis.st_asbinary(geometry) AS shape
            FROM hub.asset
            WHERE generation = \(id.rawValue)
            ORDER BY asset_id
            """
        )
        for try await row in rows {
            assets.append(
                StoredAsset(
                    id: try row.decode("asset_id"),
                    kind: try row.word("kind"),
                    owner: try row.decode("owner"),
                    operatorID: try row.decode("operator", as: String?.self),
                    details: try row.json("details"),
                    geometry: try row.decode("shape")
                )
            )
        }
        return assets
    }
}
