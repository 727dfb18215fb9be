public import Domain
import Foundation
import Storage

/// The answer of a body to which a request was offered: it takes it, or says why not.
public struct AnswerOffer: Sendable {
    /// No open offer of this request to this tenant.
    public struct NothingOffered: Error, Sendable, Hashable, CustomStringConvertible {
        /// For whoever asked.
        public var description: String { "this request is not offered to you, or the offer was answered or ran out" }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Accepts (`refusal` nil) or refuses the open offer of a request.
    ///
    /// Accepting makes this tenant's copy the lead; its clocks run since the offer was delivered, and its departments' own systems
    /// get their copy. Refusing, at once or after having accepted, ends the copy only: at the origin the request stays open.
    public func callAsFunction(
        _ reference: RequestReference,
        at tenant: HostedTenant,
        refusal: HandOver.Refusal? = nil,
        by actor: String
    ) async throws -> ServiceRequest {
        let now = surroundings.second
        let databases = surroundings.databases
        let changed = try await databases.withTenant(tenant.code) { transaction in
            try await answer(reference, at: tenant, refusal: refusal, by: actor, now: now, in: transaction)
        }
        surroundings.work.signal(tenant.code)
        return changed
    }

    /// The same inside a transaction that is open.
    ///
    /// - Parameter suggestion: With a refusal: the decision by which another body answers for it.
    func answer(
        _ reference: RequestReference,
        at tenant: HostedTenant,
        refusal: HandOver.Refusal?,
        by actor: String,
        now: Date,
        suggestion: Decision? = nil,
        in transaction: TenantTransaction
    ) async throws -> ServiceRequest {
        let requests = ServiceRequests(transaction)
        guard var request = try await requests.readForUpdate(reference) else { throw UnknownRequest() }
        guard
            var offer = try await HandOvers(transaction).of(reference)
                .last(where: { Self.isOpen($0, to: refusal, now: now) })
        else { throw NothingOffered() }
        if let refusal {
            let open = try await RequestChildren(transaction).open(of: reference)
            guard open.isEmpty else { throw OpenParts(reference: reference, parts: open) }
            _ = try offer.handOver.refuse(refusal, at: now)
            if request.life.isOpen { _ = try request.life.complete(.withdrawn, at: now) }
            request.standing = .mirrored
            request.statusNotes = refusal.text
        } else {
            _ = try offer.handOver.accept(at: now)
            request.standing = .lead
        }
        request.updatedAt = max(request.updatedAt, now)
        guard try await HandOvers(transaction).save(offer, answeredBy: actor) else { throw NothingOffered() }
        try await requests.saveLocked(request)
        try await RequestEvents(transaction).append(
            RequestEvent(
                sequence: try await RequestEvents(transaction).nextSequence(of: reference),
                at: now,
                kind: refusal == nil ? .handOverAccepted : .handOverRefused,
                actor: actor,
                description: refusal.map { LocalizedText(same: $0.text) },
                details: refusal.map { ["reason": $0.code.rawValue] } ?? [:]
            ),
            to: reference,
            version: request.rowVersion + 1
        )
        var message = answerMessage(offer, request, refusal, at: tenant, now: now)
        message.suggestion = suggestion
        try await Outbox(transaction).enqueue(
            OutboxItem(
                kind: OutboxKind.offerAnswer.rawValue,
                target: OutboxTarget.tenant(offer.handOver.origin),
                orderKey: request.reference.rawValue,
                payload: try StoredJSON(message),
                createdAt: now
            )
        )
        if refusal == nil {
            for item in try OutgoingWork.copies(of: request, home: tenant, at: now) {
                try await Outbox(transaction).enqueue(item)
            }
        }
        return request
    }

    /// Whether an offer to this tenant can be answered so: an open one in time, an accepted one only by refusing after all.
    private static func isOpen(_ offer: StoredHandOver, to refusal: HandOver.Refusal?, now: Date) -> Bool {
        guard offer.direction == .into else { return false }
        return switch offer.handOver.state {
        case .offered: refusal != nil || now < offer.handOver.answerDue
        case .accepted: refusal != nil
        case .refused, .timedOut, .withdrawn: false
        }
    }

    private func answerMessage(
        _ offer: StoredHandOver,
        _ request: ServiceRequest,
        _ refusal: HandOver.Refusal?,
        at tenant: HostedTenant,
        now: Date
    ) -> OfferAnswerMessage {
        OfferAnswerMessage(
            id: offer.id,
            reference: request.reference,
            refusal: refusal,
            at: now,
            by: "tenant:\(tenant.id.rawValue)",
            department: request.department.flatMap { tenant.tenant.department(DepartmentCode(trusted: $0))?.name },
            reviewDue: request.reviewDue,
            completeDue: request.completeDue
        )
    }
}
