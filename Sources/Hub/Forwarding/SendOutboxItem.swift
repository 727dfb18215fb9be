import Domain
import Foundation
import Storage

/// Sends one leased row by the way its kind names, and says what became of it.
///
/// Never throws: every fault has a meaning.
struct SendOutboxItem: Sendable {
    let surroundings: Surroundings
    let outside: OutsideDelivery

    /// Seconds before a system is asked whether something arrived: it may still be writing it down.
    static let askingDelay: TimeInterval = 60

    func callAsFunction(_ leased: LeasedItem, of tenant: HostedTenant) async -> DeliveryResult {
        do {
            switch OutboxKind(rawValue: leased.item.kind) {
            case .open311Request: return try await submit(leased, of: tenant)
            case .photo: return try await fetch(leased, of: tenant)
            case .offer, .offerAnswer, .holderNews, .offerWithdrawn, .told, .toldNews, .arbitration, .arbiterWord,
                .originReopened, .originWithdrew, .pictures:
                return try await DeliverToTenant(surroundings: surroundings)(leased.item, from: tenant)
            case nil: return .dead(fault: "this program knows no way to send \(leased.item.kind)")
            }
        } catch let fault as DecodingError {
            return .dead(fault: "the stored message cannot be read: \(fault)")
        } catch {
            return .failed(fault: "\(error)", retryAfter: RetryLadder.delay(after: leased.attempt))
        }
    }

    /// To a system outside; what it answers is linked to the request in the sender's schema.
    private func submit(_ leased: LeasedItem, of tenant: HostedTenant) async throws -> DeliveryResult {
        let message = try leased.item.payload.decoded(as: Open311Message.self)
        guard let target = try await target(message, of: tenant) else {
            return .dead(fault: "no forwarding target \(message.target) in forwarding.yml")
        }
        if message.isHandOver, let id = message.handOverID, !(try await stillStands(id, of: tenant)) {
            return .dead(fault: "the offer ran out or was taken back before it arrived")
        }
        let outcome = await outside.submit(
            OutsideSubmission(
                target: target,
                request: message.request,
                serviceCode: target.serviceCodes[message.request.serviceCode] ?? message.serviceCode,
                deliveryKey: leased.item.deliveryKey,
                isDoubtful: leased.isDoubtful,
                queuedAt: leased.item.createdAt
            )
        )
        do {
            return try await note(outcome, message, target, leased, of: tenant)
        } catch {
            // It was sent, and what came of it could not be written down: the next attempt asks before it sends.
            return .uncertain(
                fault: "sent, then not noted: \(error)",
                retryAfter: RetryLadder.delay(after: leased.attempt)
            )
        }
    }

    private func note(
        _ outcome: OutsideOutcome,
        _ message: Open311Message,
        _ target: ForwardingTarget,
        _ leased: LeasedItem,
        of tenant: HostedTenant
    ) async throws -> DeliveryResult {
        let note = NoteForwarding(surroundings: surroundings, tenant: tenant)
        switch outcome {
        case .taken(let remoteID, let token):
            try await note.taken(message, target: target, remoteID: remoteID, token: token)
            return .sent(answer: try StoredJSON(["id": remoteID, "token": token]))
        case .notArrived(let fault, let seconds, let asked):
            return .failed(
                fault: fault,
                retryAfter: seconds ?? RetryLadder.delay(after: leased.attempt),
                doubtCleared: asked
            )
        case .uncertain(let fault):
            if !leased.isDoubtful { try await note.uncertain(message, fault: fault) }
            return .uncertain(fault: fault, retryAfter: max(RetryLadder.delay(after: leased.attempt), Self.askingDelay))
        case .refused(let fault):
            try await note.failed(message, fault: fault)
            return .dead(fault: fault)
        }
    }

    /// Whether an offer may still be delivered: nobody is sent what was taken back meanwhile.
    private func stillStands(_ id: UUID, of tenant: HostedTenant) async throws -> Bool {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            switch try await HandOvers(transaction).read(id, .out)?.handOver.state {
            case .offered?, .accepted?: true
            default: false
            }
        }
    }

    /// A department's system is named in the tenant's own file, a partner's server in the hub's.
    private func target(_ message: Open311Message, of tenant: HostedTenant) async throws -> ForwardingTarget? {
        if let own = tenant.configuration.forwarding.first(where: { $0.code == message.target }) { return own }
        guard message.isHandOver else { return nil }
        return try await surroundings.directory.hub().configuration.forwarding.first { $0.code == message.target }
    }

    /// A picture elsewhere: fetched, checked, re-encoded; then the request shows ours instead of the address given.
    private func fetch(_ leased: LeasedItem, of tenant: HostedTenant) async throws -> DeliveryResult {
        let message = try leased.item.payload.decoded(as: PhotoMessage.self)
        switch await outside.picture(message.url) {
        case .gone(let fault): return .dead(fault: fault)
        case .later(let fault, let seconds):
            return .failed(fault: fault, retryAfter: seconds ?? RetryLadder.delay(after: leased.attempt))
        case .bytes(let data):
            let photo: PhotoStore.Photo
            do {
                photo = try await surroundings.photos.keep(data)
            } catch PhotoFault.storeUnavailable {
                return .failed(fault: "\(PhotoFault.storeUnavailable)", retryAfter: 300)
            } catch {
                return .dead(fault: "\(error)")
            }
            try await KeepPhoto(surroundings: surroundings)(photo, message, at: tenant)
            return .sent(answer: try StoredJSON(["photo": photo.id]))
        }
    }
}
