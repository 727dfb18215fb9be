import Domain
import Storage

/// Tells departments' own systems what becomes of requests they were given: rows of the outbox, in the transaction of the change.
///
/// Internal entries never leave, and nobody is told what he said himself.
struct TellConnectors: Sendable {
    let tenant: HostedTenant

    /// Queues what an event means for each system that has the request.
    func after(
        _ event: RequestEvent,
        of request: ServiceRequest,
        in transaction: TenantTransaction
    ) async throws {
        guard event.isPublic else { return }
        let targets = tenant.configuration.forwarding.filter { target in
            target.isEnabled && target.kind != .open311 && Self.tells(target.terms.tells, event.kind)
                && !Self.names(of: target).contains(event.actor)
        }
        guard !targets.isEmpty else { return }
        let given = Set(
            try await RequestLinks(transaction).of(request.reference)
                .filter { $0.kind == .copy || $0.kind == .lead }.map(\.peer)
        )
        for target in targets where given.contains(target.code) {
            try await Outbox(transaction).enqueue(
                try OutgoingToDepartment.item(request, event, to: target, at: event.at)
            )
        }
    }

    /// How a system is named as the one who did something.
    static func names(of target: ForwardingTarget) -> Set<String> {
        ["connector:\(target.code)", "system:\(target.code)", "partner:\(target.code)"]
    }

    private static func tells(_ telling: ConnectorTerms.Telling, _ kind: RequestEvent.Kind) -> Bool {
        switch telling {
        case .nothing: false
        case .essential:
            [.reopened, .completed, .handOverOffered, .handOverAccepted, .updated, .merged, .relocated, .reclassified]
                .contains(kind)
        case .all:
            ![.received, .decided, .forwarded, .forwardingUncertain, .forwardingFailed, .adviceGiven].contains(kind)
        }
    }
}
