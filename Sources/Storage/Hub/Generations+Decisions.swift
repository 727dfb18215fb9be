public import Domain
public import Foundation
import Postgres

/// Ground of a generation that was decided about.
public struct StoredDecidedGround: Sendable, Hashable {
    /// The layer decided for.
    public let layer: LayerName

    /// The finding's name in the check of its import.
    public let finding: String

    /// The decision and whatever else is needed to answer by it, for whoever reads it back.
    public let details: StoredJSON

    /// MultiPolygon in well-known binary form, longitude first, WGS 84.
    public let geometry: [UInt8]

    /// Decided ground.
    public init(layer: LayerName, finding: String, details: StoredJSON, geometry: [UInt8]) {
        self.layer = layer
        self.finding = finding
        self.details = details
        self.geometry = geometry
    }
}

extension Generations {
    /// Adds decided ground to a generation, once, in the order of the check.
    public func addDecidedGround(_ grounds: [StoredDecidedGround], to id: GenerationID) async throws {
        guard !grounds.isEmpty else { return }
        try await transaction.queue(
            """
            INSERT INTO hub.decided_ground
                (generation, position, layer, finding, details, geometry)
            SELECT \(Int32(id.rawValue)), position, layer, finding, details,
                postgis.st_multi(postgis.st_geomfromwkb(shape, 4326))
            FROM unnest(
                \((1...Int32(grounds.count)).map { $0 }), \(grounds.map(\.layer.rawValue)), \(grounds.map(\.finding)),
                \(grounds.map(\.details.value)), \(grounds.map { Data($0.geometry) })
            ) AS ground (position, layer, finding, details, shape)
            """
        )
    }

    /// The decided ground of a generation, in the order of its check.
    public func decidedGround(of id: GenerationID) async throws -> [StoredDecidedGround] {
        let rows = try await transaction.all(
            """
            SELECT layer, finding, details, postgis.st_asbinary(geometry) AS shape
            FROM hub.decided_ground
            WHERE generation = \(id.rawValue)
            ORDER BY position
            """
        )
        return try rows.map { row in
            StoredDecidedGround(
                layer: LayerName(trusted: try row.decode("layer")),
                finding: try row.decode("finding"),
                details: try row.json("details"),
                geometry: try row.decode("shape")
            )
        }
    }

    /// One generation without its shapes; nil when there is none of that number.
    public func generation(_ id: GenerationID) async throws -> StoredGeneration? {
        try await all().first { $0.id == id }
    }

    /// Orders to put generations in force, the latest first, at most fifty.
    public func activations() async throws -> [StoredActivation] {
        let rows = try await transaction.all(
            """
            SELECT generation, activates_at, ordered_at, ordered_by
            FROM hub.generation_activation
            ORDER BY activates_at DESC, activation DESC
            LIMIT 50
            """
        )
        return try rows.map { row in
            StoredActivation(
                generation: GenerationID(try row.decode("generation")),
                activatesAt: try row.decode("activates_at"),
                orderedAt: try row.decode("ordered_at"),
                orderedBy: try row.decode("ordered_by")
            )
        }
    }
}

/// An order that a generation be in force from an instant on.
public struct StoredActivation: Sendable, Hashable {
    /// The generation.
    public let generation: GenerationID
    /// From when on.
    public let activatesAt: Date
    /// When it was ordered.
    public let orderedAt: Date
    /// By whom.
    public let orderedBy: String
}
