public import Domain
public import Foundation
import Routing

/// The types of request that can be reported now, at a place when one is given.
public struct OfferedServices: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Types of a tenant valid and in season at an instant.
    ///
    /// With a place, the hub's list holds the public types for which a tenant leads there or for which a question decides;
    /// a town's list is its own. Outside the boundary there is nothing: the list is empty, never an error (S8).
    public func callAsFunction(_ tenant: HostedTenant, at place: Coordinate? = nil, on instant: Date? = nil)
        -> [Service]
    {
        let instant = instant ?? surroundings.second
        let offered = tenant.catalogue.offered(on: tenant.day(of: instant))
        guard let place else { return offered }
        let facts = surroundings.geography.facts(at: place)
        guard tenant.isHub else {
            return surroundings.covers(tenant, facts) ? offered : []
        }
        if case .outside = facts.municipality { return [] }
        let routing = surroundings.agreement.routing
        var leads: [ServicePart: Bool] = [:]
        return offered.filter { service in
            if let known = leads[service.part] { return known }
            let decision = routing.decide(
                DecisionQuery(
                    place: facts,
                    part: service.part,
                    publicType: service.publicType,
                    at: instant,
                    rung: .mapPoint
                )
            )
            let isOffered = decision.lead.partnerID == nil
            leads[service.part] = isOffered
            return isOffered
        }
    }
}

extension Surroundings {
    /// Whether a point belongs to a tenant's own area; contested points belong to each body in question, points in a gap
    /// to the nearest ones, so that nobody standing on a border is turned away by both sides.
    func covers(_ tenant: HostedTenant, _ facts: PlaceFacts) -> Bool {
        let id = tenant.id
        // Police and health areas name a body, too, and reach beyond where it answers for everything.
        let own = [LayerName.municipality, .upperTier]
        if facts.areas.contains(where: { $0.jurisdictionID == id && own.contains($0.layer) }) { return true }
        if case .gap = facts.municipality {
            return facts.municipality.nearest.contains { $0.area.jurisdictionID == id }
                || facts.upperTier.nearest.contains { $0.area.jurisdictionID == id }
        }
        return facts.roads.contains { $0.owner == id.rawValue || $0.operatorID == id.rawValue }
    }
}
