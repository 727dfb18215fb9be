import Domain
import Foundation
import Storage

/// Delivers an outbox row of one tenant into the schema of another tenant of this hub.
///
/// The receiving side writes in a transaction of its own, under an identity the sender chose, so a delivery that comes
/// twice (the sender died between delivery and mark) changes nothing the second time.
struct DeliverToTenant: Sendable {
    let surroundings: Surroundings

    /// Delivers; the result says what the sender writes into its outbox.
    func callAsFunction(_ item: OutboxItem, from sender: HostedTenant) async throws -> DeliveryResult {
        guard let id = OutboxTarget.tenant(of: item.target), let kind = OutboxKind(rawValue: item.kind) else {
            return .dead(fault: "no way to send \(item.kind) to \(item.target)")
        }
        guard let receiver = try await surroundings.directory.tenant(id) else {
            return .failed(fault: "the receiving tenant is unknown or suspended", retryAfter: 300)
        }
        let delivery = try await Delivery(item, from: sender, to: receiver, surroundings: surroundings)
        let message = item.payload
        try await surroundings.databases.withTenant(receiver.code) { transaction in
            switch kind {
            case .offer: try await delivery.receive(try message.decoded(as: OfferMessage.self), transaction)
            case .offerAnswer: try await delivery.receive(try message.decoded(as: OfferAnswerMessage.self), transaction)
            case .holderNews: try await delivery.receive(try message.decoded(as: HolderNews.self), transaction)
            case .offerWithdrawn: try await delivery.receive(try message.decoded(as: OfferWithdrawn.self), transaction)
            case .originReopened: try await delivery.receive(try message.decoded(as: OriginReopened.self), transaction)
            case .originWithdrew: try await delivery.receive(try message.decoded(as: OriginWithdrew.self), transaction)
            case .pictures: try await delivery.receive(try message.decoded(as: PicturesMessage.self), transaction)
            case .told: try await delivery.receive(try message.decoded(as: ToldMessage.self), transaction)
            case .toldNews: try await delivery.hear(try message.decoded(as: HolderNews.self), transaction)
            case .arbitration: try await delivery.receive(try message.decoded(as: ArbitrationMessage.self), transaction)
            case .arbiterWord: try await delivery.receive(try message.decoded(as: ArbiterWord.self), transaction)
            case .open311Request, .photo: break
            }
        }
        surroundings.work.signal(receiver.code)
        return .sent(answer: .emptyObject)
    }
}

/// One delivery, with everything read beforehand that is not the receiver's own: nobody takes a second connection while
/// holding one.
struct Delivery: Sendable {
    let surroundings: Surroundings
    /// Identity of the outbox row: the same on every attempt.
    let id: UUID
    let sender: HostedTenant
    let receiver: HostedTenant
    /// Minutes within which the body that an arbiter named, or a holder suggested, must answer.
    let answerMinutes: Int
    let now: Date

    fileprivate init(
        _ item: OutboxItem,
        from sender: HostedTenant,
        to receiver: HostedTenant,
        surroundings: Surroundings
    ) async throws {
        self.surroundings = surroundings
        self.sender = sender
        self.receiver = receiver
        id = item.id
        now = surroundings.second
        _ = try await surroundings.directory.hub()
        var minutes = surroundings.settings.handOverMinutes
        if let body = try Self.nextBody(item), let named = try await surroundings.directory.tenant(body) {
            minutes = named.tenant.policies.handOverAnswerMinutes
        }
        answerMinutes = minutes
    }

    /// The tenant to which the receiver will offer a request because of this delivery.
    private static func nextBody(_ item: OutboxItem) throws -> JurisdictionID? {
        switch OutboxKind(rawValue: item.kind) {
        case .arbiterWord: try item.payload.decoded(as: ArbiterWord.self).body.lead.tenantID
        case .offerAnswer: try item.payload.decoded(as: OfferAnswerMessage.self).suggestion?.lead.tenantID
        default: nil
        }
    }

    /// The copy of a request of the sender.
    func copy(of original: ServiceRequest, standing: ServiceRequest.Standing) -> ServiceRequest {
        ReceivedCopy(asked: sender.service(original.serviceCode, at: original.requestedAt), receiver: receiver)
            .of(original, standing: standing, now: now)
    }

    /// Whether this very delivery came before.
    func isKnown(_ reference: RequestReference, _ transaction: TenantTransaction) async throws -> Bool {
        try await RequestEvents(transaction).all(of: reference).contains { $0.details["delivery"] == id.uuidString }
    }

    /// Appends to the history at the receiver.
    func append(
        _ kind: RequestEvent.Kind,
        actor: String,
        to reference: RequestReference,
        isPublic: Bool = true,
        text: LocalizedText? = nil,
        details: [String: String] = [:],
        in transaction: TenantTransaction
    ) async throws {
        let events = RequestEvents(transaction)
        try await events.append(
            RequestEvent(
                sequence: try await events.nextSequence(of: reference),
                at: now,
                kind: kind,
                actor: actor,
                isPublic: isPublic,
                description: text,
                details: details.merging(["delivery": id.uuidString]) { $1 }
            ),
            to: reference
        )
    }

    /// Notes where a request came from.
    func link(
        _ reference: RequestReference,
        to peer: JurisdictionID,
        _ kind: RequestLink.Kind,
        _ transaction: TenantTransaction
    )
        async throws
    {
        try await RequestLinks(transaction).put(
            RequestLink(reference: reference, peer: peer.rawValue, kind: kind, createdAt: now, updatedAt: now)
        )
    }
}
