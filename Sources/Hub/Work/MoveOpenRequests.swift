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
        for reference in try await openRequests(of: tenant, parts: parts) {
            guard let request = try await read(reference, of: tenant) else { continue }
            if let move = try await move(request, of: tenant, isRehearsal: isRehearsal, by: actor) {
                moves.append(move)
            }
        }
        if moves.contains(where: { $0.outcome == .offered }) { surroundings.work.signal(tenant.code) }
        return moves
    }

    private func openRequests(of tenant: HostedTenant, parts: [ServicePart]) async throws -> [RequestReference] {
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
            found += requests.filter { request in
                parts.isEmpty || request.part.map(parts.contains) ?? false
            }
            .map(\.reference)
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
        let place = PlaceInput(
            coordinate: request.coordinate,
            address: request.address,
            chosenRoad: request.decision?.road?.id,
            chosenMunicipality: request.decision?.municipality?.rawValue,
            chosenAsset: request.decision?.asset?.id
        )
        let answer = try await ExplainResponsibility(surroundings)(
            RouteQuery(
                place: place,
                service: request.publicType,
                part: request.part,
                answers: request.answers,
                at: surroundings.second
            )
        )
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
        let minutes: Int
        do {
            minutes = try await surroundings.answerMinutes(of: body)
        } catch is PlaceRequest.Fault {
            return done(.noWay)
        }
        guard !isRehearsal else { return done(.wouldMove) }
        let make = MakeOffer(
            surroundings: surroundings,
            tenant: tenant,
            answerMinutes: minutes,
            clockContinues: true
        )
        do {
            _ = try await surroundings.databases.withTenant(tenant.code) { transaction in
                try await make(
                    request.reference,
                    to: body,
                    text: answer.decision.residentText,
                    at: surroundings.second,
                    by: actor,
                    in: transaction
                ) { $0.decision = answer.decision }
            }
        } catch is RequestLife.IllegalTransition {
            return done(.busy)
        }
        return done(.offered)
    }
}
