import Domain
import Foundation
import Metrics
import Storage

/// Sends one leased row to a department's own system by letter, signed call or file, and says what became of it.
///
/// A call and a file bear a key by which a second copy is known; a letter does not, so the file of the tenant says what is done when
/// nobody knows whether one arrived.
struct SendToDepartment: Sendable {
    let surroundings: Surroundings
    let outside: OutsideDelivery

    /// Longer than any row is kept: it becomes dead in doubt, and an operator says whether it arrived.
    static let untilSettled: TimeInterval = 10 * 365 * 86_400

    func callAsFunction(_ leased: LeasedItem, of tenant: HostedTenant) async throws -> DeliveryResult {
        let message = try leased.item.payload.decoded(as: DepartmentMessage.self)
        let known = tenant.configuration.forwarding.first { $0.code == message.target && $0.kind != .open311 }
        guard let target = known else {
            return .dead(fault: "no target \(message.target) of this kind in forwarding.yml")
        }
        guard target.isEnabled else {
            return .failed(fault: "\(target.code) is switched off in forwarding.yml", retryAfter: 3600)
        }
        if leased.isDoubtful, !target.isKeyed {
            guard target.terms.whenUncertain == .resend else {
                return .uncertain(fault: Self.asksOperator, retryAfter: Self.untilSettled)
            }
            Counter(
                label: "hub.deliveries.sent.again.blindly",
                dimensions: [("tenant", tenant.id.rawValue), ("target", target.code)]
            ).increment()
        }
        let outcome = try await send(message, leased, target, of: tenant)
        do {
            return try await note(outcome, message, leased, target, of: tenant)
        } catch {
            // It was sent, and what came of it could not be written down.
            return .uncertain(
                fault: "sent, then not noted: \(error)",
                retryAfter: RetryLadder.delay(after: leased.attempt)
            )
        }
    }

    private static let asksOperator =
        "it may have arrived, and the mailbox cannot be asked: hub311 outbox settle says whether it did"

    private func send(
        _ message: DepartmentMessage,
        _ leased: LeasedItem,
        _ target: ForwardingTarget,
        of tenant: HostedTenant
    ) async throws -> OutsideOutcome {
        let service = tenant.service(message.request.serviceCode, at: message.request.requestedAt)
        let name = service?.name ?? LocalizedText(same: message.request.serviceCode.rawValue)
        if target.kind == .email {
            let letter = DepartmentLetter(
                message,
                to: target,
                replyTo: replyAddress(target, message.request.reference, tenant),
                serviceName: name,
                trackingURL: surroundings.settings.trackingURL(of: message.request.reference)
            )
            return await outside.letter(letter, leased.item.deliveryKey)
        }
        let record = DepartmentRecord(
            message,
            delivery: leased.item.deliveryKey,
            target: target,
            serviceName: name[message.request.language],
            replyTo: nil
        )
        guard target.kind == .file else { return try await call(record, leased, target) }
        guard let root = surroundings.connectors.folder else {
            return .notArrived("no folder of connectors is set up (HUB_CONNECTORS)", retryAfter: 300, asked: false)
        }
        let now = surroundings.second
        let number = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await ConnectorFiles(transaction).number(of: leased.item.deliveryKey, to: target.code, now: now)
        }
        return await outside.drop(
            OutsideFile(
                root: root,
                folders: [tenant.id.rawValue, target.endpoint, "out"],
                name: Self.fileName(number, leased.item.deliveryKey, target.terms.fileFormat),
                bytes: try record.file(target.terms.fileFormat)
            )
        )
    }

    /// `000000042-5f0c….csv`: the number to see a gap by, the delivery key to know a repetition by.
    static func fileName(_ number: Int, _ delivery: UUID, _ format: ConnectorTerms.FileFormat) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
            + "-\(delivery.uuidString.lowercased()).\(format.suffix)"
    }

    private func call(
        _ record: DepartmentRecord,
        _ leased: LeasedItem,
        _ target: ForwardingTarget
    ) async throws -> OutsideOutcome {
        guard let variable = target.apiKeyVariable, let secret = surroundings.connectors.secret(variable) else {
            let name = target.apiKeyVariable ?? "api_key_variable"
            return .notArrived(
                "the environment variable \(name) with the secret is not set",
                retryAfter: 300,
                asked: false
            )
        }
        guard let signature = WebhookSignature(secret: secret) else {
            return .notArrived("the secret in \(variable) is shorter than 16 bytes", retryAfter: 300, asked: false)
        }
        let body = try record.webhookBody()
        let id = leased.item.deliveryKey.uuidString.lowercased()
        return await outside.call(
            OutsideCall(
                url: target.endpoint,
                headers: [("content-type", "application/json"), ("idempotency-key", id)]
                    + signature.headers(id: id, at: surroundings.now(), body: body),
                body: body,
                seconds: target.timeoutSeconds
            )
        )
    }

    private func replyAddress(_ target: ForwardingTarget, _ reference: RequestReference, _ tenant: HostedTenant)
        -> String?
    {
        guard let mailbox = target.terms.replyTo, let key = surroundings.connectors.replyKey else { return nil }
        return ReplyAddress(key: key, tenant: tenant.code, connector: target.code).address(in: mailbox, for: reference)
    }

    private func note(
        _ outcome: OutsideOutcome,
        _ message: DepartmentMessage,
        _ leased: LeasedItem,
        _ target: ForwardingTarget,
        of tenant: HostedTenant
    ) async throws -> DeliveryResult {
        let note = NoteGiven(
            surroundings: surroundings,
            tenant: tenant,
            target: target,
            delivery: leased.item.deliveryKey
        )
        let next = RetryLadder.delay(after: leased.attempt)
        switch outcome {
        case .taken(let remoteID, _):
            try await note.taken(message, remoteID: remoteID)
            return .sent(answer: try StoredJSON(["id": remoteID]))
        case .notArrived(let fault, let seconds, let asked):
            return .failed(fault: fault, retryAfter: seconds ?? next, doubtCleared: asked)
        case .refused(let fault):
            try await note.append(.forwardingFailed, message, ["fault": fault])
            return .dead(fault: fault)
        case .uncertain(let fault):
            if !leased.isDoubtful { try await note.append(.forwardingUncertain, message, ["fault": fault]) }
            let waits = !target.isKeyed && target.terms.whenUncertain == .askOperator
            return .uncertain(fault: fault, retryAfter: waits ? Self.untilSettled : next)
        }
    }
}
