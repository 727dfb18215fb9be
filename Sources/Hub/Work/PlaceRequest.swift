public import Domain
import Foundation
import Routing
import Storage

/// Places a request that waits in the hub's triage, and offers it to the body that then answers for it.
///
/// The same reference for life. What was born at the hub is offered by the hub, whose row stays as the origin's. What a tenant put
/// before the arbiter goes back to that tenant with the arbiter's word, and is offered on from there: one history, where the
/// reference leads.
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
    ///
    /// - Parameter reason: Why, for the resident; nil: the sentence of the rule, or of the arbiter.
    public func callAsFunction(
        _ reference: RequestReference,
        place: PlaceInput,
        body named: JurisdictionID? = nil,
        reason: LocalizedText? = nil,
        by actor: String
    ) async throws -> Decision {
        let hub = try await surroundings.directory.hub()
        let (stored, entry, links) = try await surroundings.databases.withTenant(hub.code, .readOnly) { transaction in
            (
                try await ServiceRequests(transaction).read(reference),
                try await TriageEntries(transaction).read(reference),
                try await RequestLinks(transaction).of(reference)
            )
        }
        guard let request = stored, let entry, entry.resolvedAt == nil else { throw Fault.notWaiting }
        var place = place
        place.coordinate = place.coordinate ?? request.coordinate
        place.address = place.address ?? request.address
        let answer = try await ExplainResponsibility(surroundings)(
            RouteQuery(place: place, service: request.publicType, answers: request.answers, at: surroundings.second)
        )
        guard let body = ReceivingBody(named.map(Lead.tenant) ?? answer.decision.lead) else {
            throw Fault.stillUndecided(answer.decision.residentText)
        }
        var text = try await words(answer, named: named)
        if let reason {
            text = LocalizedText(
                english: "\(text.english) \(reason.english)",
                french: "\(text.french) \(reason.french)"
            )
        }
        let placing = Placing(reference: reference, body: body, place: place, answer: answer, text: text, actor: actor)
        let origin = links.first { $0.kind == .origin }.flatMap { JurisdictionID(rawValue: $0.peer) }
        if let origin, reference.code != hub.code {
            if body != .tenant(origin) { _ = try await surroundings.answerMinutes(of: body) }
            try await tell(origin, placing, hub: hub)
        } else if body == .tenant(hub.id) {
            try await keep(placing, hub: hub)
        } else {
            try await offer(placing, hub: hub, minutes: try await surroundings.answerMinutes(of: body))
        }
        surroundings.work.signal(hub.code)
        return answer.decision
    }

    /// What was found out, ready to be written.
    private struct Placing: Sendable {
        let reference: RequestReference
        let body: ReceivingBody
        let place: PlaceInput
        let answer: RouteAnswer
        let text: LocalizedText
        let actor: String

        func put(into request: inout ServiceRequest) {
            request.coordinate = place.coordinate ?? request.coordinate
            request.address = place.address ?? request.address
            request.decision = answer.decision
        }
    }

    /// The sentence of the rule that placed it; of the arbiter, when a body was named.
    private func words(_ answer: RouteAnswer, named: JurisdictionID?) async throws -> LocalizedText {
        guard let named, answer.decision.lead != .tenant(named) else { return answer.decision.residentText }
        guard let name = try await surroundings.directory.tenant(named)?.tenant.name else {
            throw Fault.noWay(named.rawValue)
        }
        return LocalizedText(
            english: "The hub has given this \(name.afterA.english).",
            french: "Le service 311 a confié cette demande \(name.afterA.french)."
        )
    }

    private func resolve(_ placing: Placing, in transaction: TenantTransaction) async throws {
        // Locked before the entry, so that two people placing it at once come one after the other.
        guard try await ServiceRequests(transaction).readForUpdate(placing.reference) != nil,
            try await TriageEntries(transaction).resolve(
                placing.reference,
                resolution: StoredJSON(["to": placing.body.id, "by": placing.actor]),
                now: surroundings.second
            )
        else { throw Fault.notWaiting }
    }

    private func offer(_ placing: Placing, hub: HostedTenant, minutes: Int) async throws {
        let now = surroundings.second
        let make = MakeOffer(surroundings: surroundings, tenant: hub, answerMinutes: minutes)
        try await surroundings.databases.withTenant(hub.code) { transaction in
            try await resolve(placing, in: transaction)
            try await make(
                placing.reference,
                to: placing.body,
                text: placing.text,
                at: now,
                by: placing.actor,
                in: transaction,
                placing.put
            )
        }
    }

    /// The hub answers for it itself: where one town stands alone, or the rules say so.
    private func keep(_ placing: Placing, hub: HostedTenant) async throws {
        let change = ChangeRequest(surroundings: surroundings, tenant: hub)
        let note = ChangeRequest.Note(actor: placing.actor, at: surroundings.second, text: placing.text)
        try await surroundings.databases.withTenant(hub.code) { transaction in
            try await resolve(placing, in: transaction)
            try await change(placing.reference, note: note, in: transaction) { request in
                placing.put(into: &request)
                request.standing = .lead
                request.counterpart = nil
                return request.life.state == .waitingForPlace ? try request.life.place() : request.life.noted()
            }
        }
    }

    /// The arbiter's word goes to the tenant where the request was born.
    private func tell(_ origin: JurisdictionID, _ placing: Placing, hub: HostedTenant) async throws {
        let now = surroundings.second
        let change = ChangeRequest(surroundings: surroundings, tenant: hub)
        let note = ChangeRequest.Note(
            actor: placing.actor,
            at: now,
            text: placing.text,
            details: ["to": placing.body.id],
            kind: .decided,
            tells: false
        )
        let word = ArbiterWord(
            reference: placing.reference,
            body: placing.body,
            decision: placing.answer.decision,
            text: placing.text,
            by: "tenant:\(hub.id)",
            at: now
        )
        let item = OutboxItem(
            kind: OutboxKind.arbiterWord.rawValue,
            target: OutboxTarget.tenant(origin),
            orderKey: placing.reference.rawValue,
            payload: try StoredJSON(word),
            createdAt: now
        )
        try await surroundings.databases.withTenant(hub.code) { transaction in
            try await resolve(placing, in: transaction)
            try await change(placing.reference, note: note, in: transaction) { request in
                request.standing = .mirrored
                request.counterpart = placing.body
                return request.life.noted()
            }
            try await Outbox(transaction).enqueue(item)
        }
    }
}
