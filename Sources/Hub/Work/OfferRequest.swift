public import Domain
import Foundation
import Routing
import Storage

/// Hands a request of this tenant to another body, as its own people decide: the next one after a refusal, or the first.
///
/// Until the body accepts, the request is this tenant's, and open.
public struct OfferRequest: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Offers the request.
    ///
    /// - Parameter message: Words for the body it is offered to.
    /// - Throws: ``UnknownRequest``, ``PlaceRequest/Fault/noWay(_:)``, ``ChangedMeanwhile``, ``OpenParts``,
    ///   `RequestLife.IllegalTransition`.
    public func callAsFunction(
        _ reference: RequestReference,
        to body: ReceivingBody,
        at tenant: HostedTenant,
        message: String? = nil,
        expectedVersion: Int? = nil,
        by actor: String
    ) async throws -> ServiceRequest {
        guard body != .tenant(tenant.id) else { throw PlaceRequest.Fault.noWay(body.id) }
        let now = surroundings.second
        let minutes = try await surroundings.answerMinutes(of: body)
        let make = MakeOffer(
            surroundings: surroundings,
            tenant: tenant,
            answerMinutes: minutes,
            expectedVersion: expectedVersion
        )
        let offered = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await make(reference, to: body, message: message, at: now, by: actor, in: transaction)
        }
        guard let offered else { throw UnknownRequest() }
        surroundings.work.signal(tenant.code)
        return offered
    }
}

extension Surroundings {
    /// Whether something can be handed to a body: to a tenant always, to a partner when it keeps a server.
    func isReachable(_ body: ReceivingBody) -> Bool {
        switch body {
        case .tenant(let id): directory.isActive(id)
        case .partner(let id): agreement.routing.partner(id, at: second)?.forwarding != nil
        }
    }

    /// Minutes a body has to answer an offer.
    ///
    /// - Throws: ``PlaceRequest/Fault/noWay(_:)`` when nothing can be handed to it.
    func answerMinutes(of body: ReceivingBody) async throws -> Int {
        switch body {
        case .tenant(let id):
            guard let tenant = try await directory.tenant(id) else { throw PlaceRequest.Fault.noWay(id.rawValue) }
            return tenant.tenant.policies.handOverAnswerMinutes
        case .partner(let id):
            guard agreement.routing.partner(id, at: second)?.forwarding != nil else {
                throw PlaceRequest.Fault.noWay(id.rawValue)
            }
            return settings.handOverMinutes
        }
    }
}
