import Domain
import Foundation
import Storage

/// What a change of a request means for those that repeat it, and for the index of places; part of every change's transaction.
struct FollowDuplicates: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant

    /// A duplicate that is opened again stands for itself: its parent's end no longer ends it.
    ///
    /// - Returns: Particulars for the history; empty when nothing was left.
    static func leaveParent(_ request: inout ServiceRequest, _ effect: RequestLife.Effect) -> [String: String] {
        guard effect.event == .reopened, let parent = request.parent else { return [:] }
        request.parent = nil
        return ["unmerged_from": parent.rawValue]
    }

    /// Notes the change for the index, and carries out ``RequestLife/FollowUp/endDuplicates(_:)``: one outbox row, from which the
    /// children are ended lot by lot, so that this transaction stays short however many they are.
    func after(
        _ effect: RequestLife.Effect,
        of request: ServiceRequest,
        at: Date,
        in transaction: TenantTransaction
    ) async throws {
        if request.coordinate != nil {
            try await PlaceChanges(transaction).note(request.reference)
            surroundings.placeWork.signal(tenant.code)
        }
        guard case .endDuplicates(let outcome)? = effect.followUp else { return }
        let duplicates = Duplicates(transaction)
        let isEvent = surroundings.events.event(ofParent: request.reference) != nil
        if !isEvent {
            let hasChildren = try await duplicates.hasChildren(of: request.reference)
            let hasPeers = hasChildren ? true : try await !duplicates.peers(of: request.reference).isEmpty
            guard hasPeers else { return }
        }
        var message = ParentEnded(parent: request.reference, outcome: outcome, at: at, tellsOthers: true)
        message.isEvent = isEvent
        try await Self.enqueue(message, for: tenant, at: at, in: transaction)
    }

    /// Queues that a tenant ends its children of a parent.
    static func enqueue(
        _ message: ParentEnded,
        for tenant: HostedTenant,
        at: Date,
        dueAt: Date? = nil,
        in transaction: TenantTransaction
    ) async throws {
        try await Outbox(transaction).enqueue(
            OutboxItem(
                kind: OutboxKind.endDuplicates.rawValue,
                target: OutboxTarget.tenant(tenant.id),
                orderKey: message.isSecondLook ? "\(message.parent)/second" : message.parent.rawValue,
                payload: try StoredJSON(message),
                createdAt: at,
                dueAt: dueAt
            )
        )
    }
}
