public import Domain
import Foundation
import Routing
import Storage

/// Hands on the open requests of a tenant for which somebody else has become responsible: a change of tier whose plan says "move open ones".
///
/// Without this, a request stays with the body that took it, whatever the agreement says later. Each that moves is *offered* like any other
/// hand-over, under the same reference, with the sentence of the row that now decides; its clocks go on, because the promise was made.
public struct MoveOpenRequests: Sendable {
    /// What becomes of one open request.
    public struct Move: Sendable, Hashable, Codable {
        /// The request.
        public let reference: String
        /// The matter.
        public let part: String
        /// Who answers for it now.
        public let to: String
        /// Why, for the resident.
        public let reason: LocalizedText
        /// What was done.
        public let outcome: Outcome
    }

    /// What was done with a request that another body now answers for.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// It was offered to that body.
        case offered
        /// It would be; nothing was changed.
        case wouldMove = "would_move"
        /// It was given back to the tenant where it was born, with the word whose it is; that tenant offers it on.
        case givenBack = "given_back"
        /// That body has no way to be handed anything; it stays.
        case noWay = "no_way"
        /// Its state does not allow an offer now: one is open already, say.
        case busy
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Goes through the tenant's open requests, the newest first.
    ///
    /// - Parameters:
    ///   - parts: Only these parts of service; empty: all.
    ///   - isRehearsal: Whether to say only what would happen.
    public func callAsFunction(
        of tenant: HostedTenant,
        parts: [ServicePart] = [],
        isRehearsal: Bool,
        by actor: String
    ) async throws -> [Move] {
        var moves: [Move] = []
        for reference in try await openRequests(of: tenant) {
            guard let request = try await read(reference, of: tenant) else { continue }
            let part = request.decision?.part ?? request.part
            guard parts.isEmpty || part.map(parts.contains) ?? false else { continue }
            if let move = try await move(request, of: tenant, isRehearsal: isRehearsal, by: actor) {
                moves.append(move)
            }
        }
        if moves.contains(where: { $0.outcome == .offered || $0.outcome == .givenBack }) {
            surroundings.work.signal(tenant.code)
        }
        return moves
    }

    private func openRequests(of tenant: HostedTenant) async throws -> [RequestReference] {
        var found: [RequestReference] = []
        var page = 1
        while true {
            let requests = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
                try await ServiceRequests(transaction).list(
                    RequestFilter(
                        status: .open,
                        visibilities: Set(ServiceVisibility.allCases),
                        standings: [.lead],
                        readableAt: .distantFuture
                    ),
                    page: page
                )
            }
            found += requests.map(\.reference)
            guard requests.count == ServiceRequests.largestPage else { return found }
            page += 1
        }
    }

    private func read(_ reference: RequestReference, of tenant: HostedTenant) async throws -> ServiceRequest? {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await ServiceRequests($0).read(reference)
        }
    }

    /// Nil where the tenant still answers, or where nobody can say who does.
    private func move(
        _ request: ServiceRequest,
        of tenant: HostedTenant,
        isRehearsal: Bool,
        by actor: String
    ) async throws -> Move? {
        let answer = try await surroundings.reroute(request, of: tenant)
        guard let body = ReceivingBody(answer.decision.lead), body != .tenant(tenant.id) else { return nil }
        func done(_ outcome: Outcome) -> Move {
            Move(
                reference: request.reference.rawValue,
                part: answer.decision.part.rawValue,
                to: body.id,
                reason: answer.decision.residentText,
                outcome: outcome
            )
        }
        let hand = HandOn(surroundings: surroundings, tenant: tenant)
        do {
            let way = try await hand.prepare(answer.decision, to: body)
            guard !isRehearsal else { return done(.wouldMove) }
            let isGivenBack = try await surroundings.databases.withTenant(tenant.code) { transaction in
                try await hand(request.reference, way, at: surroundings.second, by: actor, in: transaction)
            }
            return done(isGivenBack ? .givenBack : .offered)
        } catch is PlaceRequest.Fault {
            return done(.noWay)
        } catch is RequestLife.IllegalTransition {
            return done(.busy)
        } catch is OpenParts {
            return done(.busy)
        }
    }
}

extension Surroundings {
    /// Who answers for a stored request by the agreement and the boundaries in force now, by what is known of its place and matter.
    ///
    /// A body may keep the matter under a type of its own that is about something else ("other"), so the part is the one the request
    /// was decided by.
    func reroute(_ request: ServiceRequest, of tenant: HostedTenant) async throws -> RouteAnswer {
        try await ExplainResponsibility(self)(
            RouteQuery(
                place: PlaceInput(request),
                service: request.publicType,
                part: request.decision?.part ?? request.part,
                answers: request.answers,
                at: second,
                tenant: tenant
            )
        )
    }
}

extension PlaceInput {
    /// What a stored request says of its place, with what was chosen when it was decided.
    init(_ request: ServiceRequest) {
        self.init(
            coordinate: request.coordinate,
            address: request.address,
            addressID: request.addressID,
            chosenRoad: request.decision?.road?.id,
            chosenMunicipality: request.decision?.municipality?.rawValue,
            chosenAsset: request.decision?.asset?.id
        )
    }
}
