public import Domain
import Postgres

/// An area as one path of a drawing.
public struct DrawnArea: Sendable, Hashable {
    /// The layer it belongs to.
    public let layer: LayerName
    /// Its id.
    public let id: AreaID
    /// What people call it.
    public let name: String
    /// SVG path data in units of the sheet.
    public let path: String
    /// Where its name may stand: a point inside what is left of it on the sheet.
    public let label: (x: Double, y: Double)

    /// Same area of the same layer with the same path.
    public static func == (left: DrawnArea, right: DrawnArea) -> Bool {
        left.layer == right.layer && left.id == right.id && left.path == right.path
    }

    /// Adds layer and id.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(layer)
        hasher.combine(id)
    }
}

/// A road as one path of a drawing.
public struct DrawnRoad: Sendable, Hashable {
    /// The official name.
    public let name: String
    /// What kind of body its owner is, as imported.
    public let ownerKind: RoadOwnerKind
    /// SVG path data in units of the sheet.
    public let path: String
}

extension MapShapes {
    /// Areas of some layers inside a window, as SVG path data made by PostGIS (`ST_AsMVTGeom` cuts and snaps, `ST_AsSVG` writes).
    public func drawing(
        of layers: [LayerName],
        generation: GenerationID,
        window: MapWindow
    ) async throws -> [DrawnArea] {
        let rows = try await transaction.all(
            """
            WITH sheet AS (
                SELECT postgis.st_makeenvelope(
                    \(window.middle.x - window.half), \(window.middle.y - window.half),
                    \(window.middle.x + window.half), \(window.middle.y + window.half), 3857
                ) AS square
            ),
            reach AS (
                SELECT square, postgis.st_transform(postgis.st_expand(square, \(window.half / 4)), 4326) AS box
                FROM sheet
            ),
            drawn AS (
                SELECT layer, area_id, part, name,
                    postgis.st_asmvtgeom(
                        postgis.st_transform(postgis.st_clipbybox2d(geometry, postgis.box2d(box)), 3857),
                        postgis.box2d(square), 1000, 60, true
                    ) AS shape
                FROM hub.boundary_area
                CROSS JOIN reach
                WHERE generation = \(generation.rawValue)
                    AND layer = ANY (\(layers.map(\.rawValue)))
                    AND geometry OPERATOR(postgis.&&) box
            ),
            labelled AS (
                SELECT layer, area_id, part, name, shape,
                    postgis.st_pointonsurface(
                        postgis.st_clipbybox2d(shape, postgis.box2d(postgis.st_makeenvelope(0, 125, 1000, 875)))
                    ) AS label
                FROM drawn
                WHERE shape IS NOT NULL
            )
            SELECT layer, area_id, name, postgis.st_assvg(postgis.st_scale(shape, 1, -1), 1, 0) AS path,
                postgis.st_x(label) AS x, postgis.st_y(label) AS y
            FROM labelled
            ORDER BY layer, area_id, part
            """
        )
        return try rows.map { row in
            DrawnArea(
                layer: LayerName(trusted: try row.decode("layer")),
                id: AreaID(trusted: try row.decode("area_id")),
                name: try row.decode("name"),
                path: try row.decode("path"),
                label: (
                    try row.decode("x", as: Double?.self) ?? -1_000, try row.decode("y", as: Double?.self) ?? -1_000
                )
            )
        }
    }

    /// Roads inside a window, as SVG path data, at most `most`.
    public func drawing(
        ofRoadsIn generation: GenerationID,
        window: MapWindow,
        most: Int
    ) async throws -> [DrawnRoad] {
        let rows = try await transaction.all(
            """
            WITH sheet AS (
                SELECT postgis.st_makeenvelope(
                    \(window.middle.x - window.half), \(window.middle.y - window.half),
                    \(window.middle.x + window.half), \(window.middle.y + window.half), 3857
                ) AS square
            ),
            drawn AS (
                SELECT name, owner_kind, position,
                    postgis.st_asmvtgeom(
                        postgis.st_transform(geometry, 3857), postgis.box2d(square), 1000, 60, true
                    ) AS shape
                FROM hub.road_segment
                CROSS JOIN sheet
                WHERE generation = \(generation.rawValue)
                    AND geometry OPERATOR(postgis.&&) postgis.st_transform(square, 4326)
            )
            SELECT name, owner_kind, postgis.st_assvg(postgis.st_scale(shape, 1, -1), 1, 0) AS path
            FROM drawn
            WHERE shape IS NOT NULL
            ORDER BY position
            LIMIT \(most)
            """
        )
        return try rows.map { row in
            DrawnRoad(
                name: try row.decode("name"),
                ownerKind: try row.word("owner_kind"),
                path: try row.decode("path")
            )
        }
    }

    /// South-west and north-east corner of a layer; nil when it has no area.
    public func corners(
        of layer: LayerName,
        generation: GenerationID
    ) async throws -> (southWest: Coordinate, northEast: Coordinate)? {
        let row = try await transaction.first(
            """
            SELECT min(postgis.st_xmin(geometry)) AS west, min(postgis.st_ymin(geometry)) AS south,
                max(postgis.st_xmax(geometry)) AS east, max(postgis.st_ymax(geometry)) AS north
            FROM hub.boundary_area
            WHERE generation = \(generation.rawValue)
                AND layer = \(layer.rawValue)
            """
        )
        guard let row, let west = try row.decode("west", as: Double?.self),
            let south = try row.decode("south", as: Double?.self), let east = try row.decode("east", as: Double?.self),
            let north = try row.decode("north", as: Double?.self)
        else { return nil }
        return (
            try Coordinate(latitude: south, longitude: west), try Coordinate(latitude: north, longitude: east)
        )
    }
}
