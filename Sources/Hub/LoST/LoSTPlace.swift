import Domain
import Foundation
import Geo
import LoST

/// The place of a request, made ready to be asked about.
enum LoSTPlace: Sendable {
    case point(PlaceFacts)
    case area(AreaGeometry, centre: Coordinate?)
    case civic(CivicPlace)
}

extension LoSTScene {
    /// The place of a location.
    ///
    /// - Throws: ``LoSTError`` `locationInvalid` when it is none.
    func place(of location: RequestLocation) throws -> LoSTPlace {
        switch try location.content() {
        case .civic(let address): return .civic(try civicPlace(address))
        case .geodetic(.point(let place)): return .point(surroundings.geography.facts(at: place))
        case .geodetic(let shape):
            let centre = ShapeOutline.centre(of: shape)
            guard let geometry = ShapeOutline.geometry(of: shape) else {
                guard let centre else { throw LoSTError(.locationInvalid, "the shape has no extent") }
                return .point(surroundings.geography.facts(at: centre))
            }
            if let reason = try AreaOverlay.invalidity(of: geometry) {
                throw LoSTError(.locationInvalid, "the shape is no area: \(reason)")
            }
            return .area(geometry, centre: centre)
        }
    }

    /// Who answers for a service at a place; empty where nobody here does.
    func candidates(_ node: ServiceNode, at place: LoSTPlace) throws -> [Candidate] {
        switch place {
        case .point(let facts): return candidates(node.basis, at: facts)
        case .area(let geometry, let centre): return try candidates(node.basis, in: geometry, centre: centre)
        case .civic(let civic):
            let door = civic.register.place.map { surroundings.geography.facts(at: $0) }
            return civic.towns.filter(isMember).flatMap { town in
                // The register's point counts where the municipality that was sent covers it; otherwise the municipality alone does.
                let isThere = door?.municipality.covering.contains { $0.id == town.id } ?? false
                let facts = isThere ? door ?? facts(in: town) : facts(in: town)
                return candidates(node.basis, at: facts, in: town)
            }
        }
    }

    /// Municipalities at a place that are no members, whose own servers may be asked.
    func strangers(at place: LoSTPlace) throws -> [PartnerID] {
        let areas: [CoveringArea]
        switch place {
        case .point(let facts): areas = facts.municipality.covering
        case .area(let geometry, _): areas = try towns(touching: geometry).map(\.area)
        case .civic(let civic): areas = civic.towns
        }
        return areas.filter { !isMember($0) }.map { PartnerID(trusted: jurisdiction(of: $0).rawValue) }
    }

    /// The peer for a place nobody here serves; nil when none is configured.
    func peer(for place: LoSTPlace) throws -> LocationServicesPeer? {
        let strangers = try strangers(at: place)
        return services.peers.first { $0.covers.contains(where: strangers.contains) }
            ?? services.peers.first(where: \.isDefault)
    }
}
