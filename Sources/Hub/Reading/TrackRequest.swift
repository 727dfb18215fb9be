public import Domain
public import Foundation
import Routing
import Storage

/// What anybody who knows a reference may see of a request, whichever tenant has it.
public struct TrackedRequest: Sendable {
    /// The row of the tenant where it was born.
    public let request: ServiceRequest
    /// The type it was taken under; nil when the catalogue no longer has it.
    public let service: Service?
    /// The tenant where it was born.
    public let origin: HostedTenant
    /// The body that has it now.
    public let holder: BodyName
    /// When each step was reached, as far as it was.
    public let steps: [PublicStep: Date]
    /// Public history, oldest first.
    public let history: [RequestEvent]
    /// The offer that is open: to whom, and until when it must be answered.
    public let openOffer: (to: BodyName, answerDue: Date)?
    /// By when the body that has it now means to be done, by its own clock; nil when it is ours, or it promises nothing.
    public let holderDue: Date?
    /// What others do of it under the same reference.
    public let parts: [Part]
    /// Until when the requester may say that it is not done; nil while it is open.
    public let disputeWindow: DisputeWindow?
    /// When it was read.
    public let readAt: Date
    /// Whether whoever asked showed the key of a person who reported it.
    public let isRequesters: Bool

    /// A part of the work that another department or body does.
    public struct Part: Sendable, Hashable {
        /// What it is called.
        public let name: LocalizedText
        /// The body or department that does it.
        public let body: LocalizedText
        /// Where it stands.
        public let step: PublicStep
        /// How it ended; nil while it has not.
        public let outcome: Outcome?
    }
}

/// Follows a request by its reference alone: public data only, and nothing for a type that is not public.
public struct TrackRequest: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The request; nil when unknown, not public or not readable yet: all alike.
    ///
    /// - Parameter privateToken: Opens a type that is not public to the person who reported it.
    public func callAsFunction(
        _ reference: RequestReference,
        privateToken: String? = nil
    ) async throws -> TrackedRequest? {
        guard let tenant = try await surroundings.directory.tenant(code: reference.code) else { return nil }
        let now = surroundings.now()
        let read = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction -> Row? in
            let requests = ServiceRequests(transaction)
            guard let request = try await requests.read(reference),
                let readableAt = try await requests.readableAt(reference)
            else { return nil }
            var isRequesters = false
            if let privateToken {
                isRequesters = try await Requesters(transaction)
                    .tokenOpens(reference, tokenHash: SecretToken.hash(privateToken))
            }
            guard isRequesters || request.visibility == .public && readableAt <= now else { return nil }
            return Row(
                isRequesters: isRequesters,
                request: request,
                events: try await RequestEvents(transaction).all(of: reference).filter(\.isPublic),
                offer: try await HandOvers(transaction).of(reference)
                    .last { $0.direction == .out && $0.handOver.state == .offered },
                parts: try await RequestChildren(transaction).all(of: reference),
                partRows: try await RequestChildren(transaction).of(reference)
            )
        }
        guard let read else { return nil }
        if !tenant.isHub {
            surroundings.noteRead(privateToken == nil ? .follow : .ownRequest, of: tenant, through: nil, rows: 1)
        }
        return tracked(read, of: tenant)
    }

    private struct Row {
        let isRequesters: Bool
        let request: ServiceRequest
        let events: [RequestEvent]
        let offer: StoredHandOver?
        let parts: [RequestChild]
        let partRows: [ServiceRequest]
    }

    /// When each step was reached first, since it was last opened again.
    private static func steps(_ row: Row) -> [PublicStep: Date] {
        var steps: [PublicStep: Date] = [:]
        for event in row.events {
            switch event.kind {
            case .reviewed: steps[.reviewed] = steps[.reviewed] ?? event.at
            case .workAssigned, .planned, .madeSafe: steps[.workAssigned] = steps[.workAssigned] ?? event.at
            case .completed: steps[.completed] = event.at
            case .holderReported:
                guard let told = event.details["status"].flatMap(ExtendedStatus.init(wire:)) else { continue }
                if [.inProgress, .planned, .actionScheduled].contains(told) {
                    steps[.workAssigned] = steps[.workAssigned] ?? event.at
                }
            case .reopened: steps = [:]
            default: break
            }
        }
        let step = row.request.step
        if step >= .reviewed { steps[.reviewed] = steps[.reviewed] ?? row.request.life.reviewedAt }
        steps = steps.filter { $0.key <= step }
        steps[.received] = row.request.requestedAt
        return steps
    }

    private func tracked(_ row: Row, of tenant: HostedTenant) -> TrackedRequest {
        let routing = surroundings.agreement.routing
        let at = row.request.updatedAt
        let holder = row.request.life.holder.flatMap { routing.name(of: $0.lead, at: at) } ?? tenant.tenant.name
        return TrackedRequest(
            request: row.request,
            service: tenant.service(row.request.serviceCode, at: row.request.requestedAt),
            origin: tenant,
            holder: holder,
            steps: Self.steps(row),
            history: row.events,
            openOffer: row.offer.flatMap { offer in
                routing.name(of: offer.handOver.peer.lead, at: at).map { (to: $0, answerDue: offer.handOver.answerDue) }
            },
            holderDue: row.request.life.holder == nil ? nil : row.events.promise("complete_due"),
            parts: row.parts.compactMap { child in
                row.partRows.first { $0.reference == child.reference }.map { part in
                    TrackedRequest.Part(
                        name: child.name,
                        body: surroundings.agency(of: part, tenant),
                        step: part.step,
                        outcome: part.outcome
                    )
                }
            },
            disputeWindow: row.request.life.legalHappenings.contains(.dispute)
                ? row.request.life.completedAt.map { ended in
                    DisputeWindow(
                        after: ended,
                        days: tenant.tenant.policies.disputeWindowDays,
                        in: tenant.calendar.timeZone
                    )
                } : nil,
            readAt: surroundings.second,
            isRequesters: row.isRequesters
        )
    }
}
