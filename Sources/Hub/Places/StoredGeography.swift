import Domain
import Foundation
import Geo
import Storage

/// Boundary features and roads as rows, and back; whole billionths of a degree survive the way.
enum StoredGeography {
    private struct AreaProperties: Codable {
        let priority: Int
        let from: String?
        let until: String?
    }

    static func row(_ feature: BoundaryFeature) throws -> StoredArea {
        StoredArea(
            layer: feature.layer,
            id: feature.id,
            name: feature.name,
            jurisdictionID: feature.jurisdictionID,
            properties: try StoredJSON(
                AreaProperties(priority: feature.priority, from: feature.from, until: feature.until)
            ),
            geometry: WellKnownBinary.bytes(of: feature.geometry)
        )
    }

    static func row(_ road: RoadSegment) throws -> StoredRoad {
        StoredRoad(
            id: road.attributes.id,
            name: road.attributes.name,
            owner: road.attributes.owner,
            ownerKind: road.attributes.ownerKind,
            roadClass: road.attributes.roadClass,
            details: try StoredJSON(road.attributes),
            geometry: WellKnownBinary.bytes(of: road.lines)
        )
    }

    static func row(_ ground: DecidedGround) throws -> StoredDecidedGround {
        StoredDecidedGround(
            layer: ground.decision.layer,
            finding: ground.finding,
            details: try StoredJSON(ground),
            geometry: WellKnownBinary.bytes(of: ground.ground)
        )
    }

    static func ground(_ row: StoredDecidedGround) throws -> DecidedGround {
        var ground = try row.details.decoded(as: DecidedGround.self)
        ground.ground = try WellKnownBinary.geometry(of: row.geometry)
        return ground
    }

    static func feature(_ row: StoredArea) throws -> BoundaryFeature {
        let properties = try? row.properties.decoded(as: AreaProperties.self)
        return BoundaryFeature(
            id: row.id,
            layer: row.layer,
            name: row.name,
            jurisdictionID: row.jurisdictionID,
            priority: properties?.priority ?? BoundaryFeature.usualPriority,
            from: properties?.from,
            until: properties?.until,
            geometry: try WellKnownBinary.geometry(of: row.geometry)
        )
    }

    static func row(_ asset: Asset) throws -> StoredAsset {
        StoredAsset(
            id: asset.attributes.id,
            kind: asset.attributes.kind,
            owner: asset.attributes.owner,
            operatorID: asset.attributes.operatorID,
            details: try StoredJSON(asset.attributes),
            geometry: WellKnownBinary.bytes(ofAsset: asset.lines)
        )
    }

    static func asset(_ row: StoredAsset) throws -> Asset {
        Asset(
            attributes: try row.details.decoded(as: AssetAttributes.self),
            lines: try WellKnownBinary.asset(of: row.geometry)
        )
    }

    static func road(_ row: StoredRoad) throws -> RoadSegment {
        RoadSegment(
            attributes: try row.details.decoded(as: RoadAttributes.self),
            lines: try WellKnownBinary.lines(of: row.geometry)
        )
    }
}
