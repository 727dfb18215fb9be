public import Domain
import Foundation
import Routing
import Storage

/// Places a request that waits in the hub's triage, and offers it to the body that then answers for it.
///
/// The same reference for life: the hub's row stays as the origin's, the lead gets its own.
public struct PlaceRequest: Sendable {
    /// A request that cannot be placed by this.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// It does not wait in the hub's triage.
        case notWaiting
        /// The place given settles nothing: still undecided.
        case stillUndecided(LocalizedText)
        /// The body has no way to be handed anything.
        case noWay(String)

        /// For the person who places.
        public var description: String {
            switch self {
            case .notWaiting: "this request does not wait in the hub's triage"
            case .stillUndecided(let why): "still undecided: \(why.english)"
            case .noWay(let body):
                "\(body) keeps no system that takes requests; refer the person and withdraw the request"
            }
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Places a request by a place, or by naming the body outright (the arbiter's word).
    public func callAsFunction(
        _ reference: RequestReference,
        place: PlaceInput,
        body named: JurisdictionID? = nil,
        by actor: String
    ) async throws -> Decision {
        let hub = try await surroundings.directory.hub()
        let stored = try await surroundings.databases.withTenant(hub.code) { transaction in
            (
                try await ServiceRequests(transaction).read(reference),
                try await TriageEntries(transaction).read(reference)
            )
        }
        guard let request = stored.0, let entry = stored.1, entry.resolvedAt == nil else { throw Fault.notWaiting }
        var place = place
        place.coordinate = place.coordinate ?? request.coordinate
        let answer = try await ExplainResponsibility(surroundings)(
            RouteQuery(place: place, service: request.publicType, answers: request.answers, at: surroundings.second)
        )
        let lead = named.map(Lead.tenant) ?? answer.decision.lead
        guard let body = ReceivingBody(lead) else { throw Fault.stillUndecided(answer.decision.residentText) }
        if case .partner(let id) = body,
            surroundings.agreement.routing.partner(id, at: surroundings.second)?.forwarding == nil
        {
            throw Fault.noWay(id.rawValue)
        }
        let receiver: HostedTenant? =
            if let id = lead.tenantID { try await surroundings.directory.tenant(id) } else { nil }
        guard receiver != nil || lead.tenantID == nil else { throw Fault.noWay(lead.bodyID ?? "") }
        try await offer(reference, to: body, receiver, place: place, answer: answer, hub: hub, by: actor)
        surroundings.work.signal(hub.code)
        return answer.decision
    }

    private func offer(
        _ reference: RequestReference,
        to body: ReceivingBody,
        _ receiver: HostedTenant?,
        place: PlaceInput,
        answer: RouteAnswer,
        hub: HostedTenant,
        by actor: String
    ) async throws {
        let now = surroundings.second
        let surroundings = surroundings
        try await surroundings.databases.withTenant(hub.code) { transaction in
            guard
                try await TriageEntries(transaction).resolve(
                    reference,
                    resolution: StoredJSON(["to": body.id, "by": actor]),
                    now: now
                )
            else { throw Fault.notWaiting }
            let bounces = try await HandOvers(transaction).of(reference).last?.handOver.bounces ?? 0
            let changed = try await ChangeRequest(surroundings: surroundings, tenant: hub)(
                reference,
                note: ChangeRequest.Note(
                    actor: actor,
                    at: now,
                    text: answer.decision.residentText,
                    details: ["to": body.id]
                ),
                in: transaction
            ) { request in
                request.coordinate = place.coordinate ?? request.coordinate
                request.address = place.address ?? request.address
                request.decision = answer.decision
                request.counterpart = body
                return try request.life.offer(to: body)
            }
            guard let request = changed?.request else { throw UnknownRequest() }
            let contact = try await Requesters(transaction).of(reference).first?.requester
            let offer = try OutgoingOffer(
                request: request,
                to: body,
                from: hub,
                answerMinutes: receiver?.tenant.policies.handOverAnswerMinutes ?? surroundings.settings.handOverMinutes,
                surroundings: surroundings,
                bounces: bounces,
                contact: contact
            )
            try await HandOvers(transaction).insert(offer.row)
            try await Outbox(transaction).enqueue(offer.item)
        }
    }
}
