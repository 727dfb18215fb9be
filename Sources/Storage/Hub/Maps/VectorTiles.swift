public import Domain
import Postgres

/// Vector tiles of a boundary generation, drawn by PostGIS (`ST_AsMVTGeom`, `ST_AsMVT`).
///
/// Each text is a whole Mapbox Vector Tile 2.1; joined one after the other they are one tile with all their layers, since a tile is a
/// protobuf message whose only field repeats. Coordinates are snapped to 4096 steps a tile, so areas that share a border share it still.
public struct VectorTiles {
    let transaction: HubTransaction

    /// Tiles out of the hub's tables.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Areas, one layer of the tile for each boundary layer: `id`, `name`, `layer` and, where one is linked, `jurisdiction_id`.
    ///
    /// Shapes are cut to the tile and 128 steps around it in degrees before they are projected: a province's outline costs a street tile
    /// nothing then. Before that they are snapped to a quarter of a step, which drops most points of a world tile unprojected.
    public func areas(
        _ layers: [LayerName],
        of generation: GenerationID,
        in tile: TileAddress
    ) async throws -> [UInt8] {
        let rows = try await transaction.all(
            """
            WITH reach AS (
                SELECT postgis.st_tileenvelope(\(Int32(tile.zoom)), \(Int32(tile.column)), \(Int32(tile.row))) AS square,
                    postgis.st_transform(
                        postgis.st_tileenvelope(
                            \(Int32(tile.zoom)), \(Int32(tile.column)), \(Int32(tile.row)), margin => 0.03125
                        ),
                        4326
                    ) AS box
            ),
            drawn AS (
                SELECT layer, area_id AS id, name, jurisdiction_id,
                    postgis.st_asmvtgeom(
                        postgis.st_transform(
                            postgis.st_clipbybox2d(
                                postgis.st_snaptogrid(geometry, \(Self.quarterStep(tile.zoom))),
                                postgis.box2d(box)
                            ),
                            3857
                        ),
                        postgis.box2d(square), 4096, 64, true
                    ) AS geometry
                FROM hub.boundary_area
                CROSS JOIN reach
                WHERE generation = \(generation.rawValue)
                    AND layer = ANY (\(layers.map(\.rawValue)))
                    AND geometry OPERATOR(postgis.&&) box
                ORDER BY layer, area_id, part
            )
            SELECT layer, postgis.st_asmvt(drawn, layer, 4096, 'geometry') AS tile
            FROM drawn
            WHERE geometry IS NOT NULL
            GROUP BY layer
            ORDER BY layer
            """
        )
        return try rows.reduce(into: []) { tile, row in tile += try row.decode("tile", as: [UInt8].self) }
    }

    /// Roads in the layer `roads`: `id`, `name`, `owner`, `owner_kind`, `road_class`.
    public func roads(of generation: GenerationID, in tile: TileAddress) async throws -> [UInt8] {
        let row = try await transaction.first(
            """
            WITH reach AS (
                SELECT postgis.st_tileenvelope(\(Int32(tile.zoom)), \(Int32(tile.column)), \(Int32(tile.row))) AS square,
                    postgis.st_transform(
                        postgis.st_tileenvelope(
                            \(Int32(tile.zoom)), \(Int32(tile.column)), \(Int32(tile.row)), margin => 0.03125
                        ),
                        4326
                    ) AS box
            ),
            drawn AS (
                SELECT segment_id AS id, name, owner, owner_kind, road_class,
                    postgis.st_asmvtgeom(
                        postgis.st_transform(geometry, 3857), postgis.box2d(square), 4096, 64, true
                    ) AS geometry
                FROM hub.road_segment
                CROSS JOIN reach
                WHERE generation = \(generation.rawValue)
                    AND geometry OPERATOR(postgis.&&) box
                ORDER BY position
            )
            SELECT postgis.st_asmvt(drawn, 'roads', 4096, 'geometry') AS tile
            FROM drawn
            WHERE geometry IS NOT NULL
            """
        )
        return try row?.decode("tile", as: [UInt8]?.self) ?? []
    }

    /// A quarter of a tile's step in degrees of longitude.
    private static func quarterStep(_ zoom: Int) -> Double {
        360 / Double(1 << zoom) / 4096 / 4
    }
}
