public import Domain
import Foundation
import Routing

/// Says who answers for a matter at a place, and why: the pages, the API and the command line ask this one operation.
public struct ExplainResponsibility: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Decides, and finds the lead's own type and contact.
    ///
    /// - Throws: ``UnknownService`` when the type is in no catalogue, or neither type nor part is given.
    public func callAsFunction(_ query: RouteQuery) async throws -> RouteAnswer {
        let at = query.at ?? surroundings.second
        let hub = try await surroundings.directory.hub()
        let catalogueOwner = query.tenant ?? hub
        let service = try query.service.map { code in
            guard let found = catalogueOwner.service(code, at: at) ?? hub.service(code, at: at) else {
                throw UnknownService(code: code.rawValue)
            }
            return found
        }
        guard let part = query.part ?? service?.part else { throw UnknownService(code: "") }
        var query = query
        query.place = surroundings.located(query.place)
        let facts = surroundings.facts(of: query.place, part: part)
        let asked = DecisionQuery(
            place: facts,
            part: part,
            publicType: service?.publicType,
            answers: query.answers,
            chosenRoad: query.place.chosenRoad,
            chosenMunicipality: query.place.chosenMunicipality,
            propertyType: query.propertyType ?? query.place.propertyType ?? service?.propertyType,
            at: at,
            rung: facts.coordinate == nil && query.place.rung == .asset ? .nothing : query.place.rung,
            answerBy: surroundings.triageDue(from: at, hub: hub).map { hub.day(of: $0) },
            chosenAsset: query.place.chosenAsset,
            roadName: query.place.roadName
        )
        let decision = surroundings.agreement.routing.decide(asked)
        return try await answer(decision, to: asked, service: service, at: at)
    }

    private func answer(
        _ decision: Decision,
        to asked: DecisionQuery,
        service: Service?,
        at: Date
    ) async throws -> RouteAnswer {
        let lead: HostedTenant? =
            if let id = decision.lead.tenantID { try await surroundings.directory.tenant(id) } else { nil }
        return RouteAnswer(
            decision: decision,
            query: asked,
            facts: asked.place,
            service: service,
            lead: lead,
            leadService: service.flatMap { lead?.service(forPublicType: $0.publicType, at: at) },
            partner: decision.lead.partnerID.flatMap { surroundings.agreement.routing.partner($0, at: at) },
            emergency: service.flatMap { EmergencyGuard.advice(for: "", service: $0) }
        )
    }
}

/// A type of request that no catalogue in question has.
public struct UnknownService: Error, Sendable, Hashable, CustomStringConvertible {
    /// The code as given; empty when none was.
    public let code: String

    /// One sentence for whoever asked.
    public var description: String {
        code.isEmpty
            ? "service_code is required: a type of request from services"
            : "service_code \(FieldFault.excerpt(code)) is not offered here; services lists the ones that are"
    }
}

extension Surroundings {
    /// What boundaries and roads say of a place as it was given; a place without coordinates is unknown until placed.
    ///
    /// - Parameter part: The part of service in question; assets are looked for only where it is about one.
    func facts(of place: PlaceInput, part: ServicePart? = nil) -> PlaceFacts {
        let kind = part.flatMap { agreement.routing.assetKind(of: $0) }
        guard let coordinate = place.coordinate else {
            if let kind, let chosen = place.chosenAsset,
                let facts = geography.facts(ofAsset: chosen, kind: kind, in: place.chosenMunicipality)
            {
                return facts.with(address: place.address)
            }
            return .unknown(address: place.address, generation: geography.generation)
        }
        var facts = geography.facts(at: coordinate)
        if let kind { facts = geography.adding(kind, chosen: place.chosenAsset, to: facts, at: coordinate) }
        if let name = place.roadName { facts = geography.adding(roadCalled: name, to: facts, at: coordinate) }
        return facts.with(address: place.address)
    }

    /// When the hub must have placed what came in at `instant`.
    func triageDue(from instant: Date, hub: HostedTenant) -> Date? {
        triagePromise.due(from: instant, hub: hub, businessHours: settings.triageBusinessHours)
    }
}
