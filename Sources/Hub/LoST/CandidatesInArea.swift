import Domain
import Foundation
import Geo
import LoST

extension LoSTScene {
    /// Most municipalities one area may give mappings of.
    private static let mostMunicipalities = 50

    /// Places at which the lead is asked on the ground of one municipality.
    private static let samplesAcross = 6

    /// Metres between the places asked along a road.
    private static let metresAlongRoads = 50.0

    /// Most places asked on roads of one kind.
    private static let mostOnOneKind = 60

    /// Who answers in a shape: the municipalities it touches, the one that covers all of it first, then by how much they share.
    func candidates(_ basis: ServiceNode.Basis, in shape: AreaGeometry, centre: Coordinate?) throws -> [Candidate] {
        var found: [Candidate] = []
        func add(_ candidate: Candidate) {
            let isKnown = found.contains { $0.lead == candidate.lead && $0.municipality == candidate.municipality }
            if !isKnown { found.append(candidate) }
        }
        for town in try towns(touching: shape).filter({ isMember($0.area) }).prefix(Self.mostMunicipalities) {
            let dependence = dependence(basis, in: town.area)
            if dependence?.isWholeMunicipality ?? true {
                candidates(basis, at: facts(in: town.area), in: town.area).forEach(add)
                continue
            }
            let samples = try samples(of: shape, in: town, centre: centre, roads: dependence?.roads ?? false)
            for place in samples {
                let facts = surroundings.geography.facts(at: place)
                guard facts.municipality.covering.contains(where: { $0.id == town.area.id }) else { continue }
                candidates(basis, at: facts, in: town.area).forEach(add)
            }
        }
        return found
    }

    /// Municipalities that share ground with a shape, or at least a border when none shares ground.
    func towns(touching shape: AreaGeometry) throws -> [AreaOutlines.Outline] {
        let towns = outlines.areas(in: .municipality)
        let meetings = try AreaOverlay.meetings(of: shape, with: towns.map(\.geometry))
        let shared = meetings.filter { $0.squareMetres > 0 }
        return (shared.isEmpty ? meetings : shared).sorted { left, right in
            if left.coversShape != right.coversShape { return left.coversShape }
            if left.squareMetres != right.squareMetres { return left.squareMetres > right.squareMetres }
            return left.index < right.index
        }.map { towns[$0.index] }
    }

    /// Places spread over what a shape and a municipality share, its centre first, and where roads decide some on each kind of road there.
    private func samples(
        of shape: AreaGeometry,
        in town: AreaOutlines.Outline,
        centre: Coordinate?,
        roads: Bool
    ) throws -> [Coordinate] {
        let common = try AreaOverlay.clip(shape, inside: [town.geometry])
        guard let box = common.box else { return [] }
        var places: [Coordinate] = []
        for row in 1...Self.samplesAcross {
            for column in 1...Self.samplesAcross {
                let steps = Int64(Self.samplesAcross + 1)
                places.append(
                    Coordinate(
                        trustedLatitudeNano: box.south + (box.north - box.south) / steps * Int64(row),
                        longitudeNano: box.west + (box.east - box.west) / steps * Int64(column)
                    )
                )
            }
        }
        if roads { places += placesOnRoads(in: box) }
        let inside = try AreaOverlay.places((centre.map { [$0] } ?? []) + places, coveredBy: common)
        // A sliver that the grid misses still has corners.
        return inside.isEmpty ? Array(common.polygons.flatMap(\.rings).joined().prefix(8)) : inside
    }

    /// Places on roads in a box, a few for each kind of road that a rule could tell apart: a grid of places may step over a road.
    private func placesOnRoads(in box: CoordinateBox) -> [Coordinate] {
        struct Kind: Hashable {
            let owner: String
            let ownerKind: RoadOwnerKind
            let roadClass: String
            let speedLimit: Int?
        }
        var taken: [Kind: Int] = [:]
        var places: [Coordinate] = []
        for (road, place) in surroundings.geography.index.places(onRoadsIn: box, every: Self.metresAlongRoads) {
            let kind = Kind(
                owner: road.owner,
                ownerKind: road.ownerKind,
                roadClass: road.roadClass,
                speedLimit: road.speedLimit
            )
            guard taken[kind, default: 0] < Self.mostOnOneKind else { continue }
            taken[kind, default: 0] += 1
            places.append(place)
        }
        return places
    }
}
