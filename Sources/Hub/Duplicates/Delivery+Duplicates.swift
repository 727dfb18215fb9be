import Domain
import Foundation
import Storage

/// News between tenants about requests that repeat one another, and about what the public may see.
extension Delivery {
    /// A request elsewhere repeats one of ours: its tenant is told when ours ends, at once when it has.
    func receive(_ linked: ChildLinked, _ transaction: TenantTransaction) async throws {
        guard let parent = try await ServiceRequests(transaction).readForUpdate(linked.parent) else { return }
        try await Duplicates(transaction).notePeer(sender.id, of: linked.parent, at: now)
        if try await !isKnown(linked.parent, transaction) {
            let events = RequestEvents(transaction)
            try await events.append(
                RequestEvent(
                    sequence: try await events.nextSequence(of: linked.parent),
                    at: now,
                    kind: .merged,
                    actor: linked.by,
                    isPublic: false,
                    details: ["child": linked.child.rawValue, "delivery": id.uuidString]
                ),
                to: linked.parent
            )
        }
        guard !parent.life.isOpen else { return }
        let word = ParentEnded(
            parent: linked.parent,
            outcome: parent.outcome ?? .unspecified,
            at: now,
            tellsOthers: false
        )
        try await Outbox(transaction).enqueue(
            OutboxItem(
                kind: OutboxKind.parentEnded.rawValue,
                target: OutboxTarget.tenant(sender.id),
                orderKey: linked.parent.rawValue,
                payload: try StoredJSON(word),
                createdAt: now
            )
        )
    }

    /// A request elsewhere stands for itself again; noted beside ours.
    func receive(_ unlinked: ChildUnlinked, _ transaction: TenantTransaction) async throws {
        guard try await ServiceRequests(transaction).readForUpdate(unlinked.parent) != nil,
            try await !isKnown(unlinked.parent, transaction)
        else { return }
        let events = RequestEvents(transaction)
        try await events.append(
            RequestEvent(
                sequence: try await events.nextSequence(of: unlinked.parent),
                at: now,
                kind: .unmerged,
                actor: unlinked.by,
                isPublic: false,
                details: ["child": unlinked.child.rawValue, "delivery": id.uuidString]
            ),
            to: unlinked.parent
        )
    }

    /// A request elsewhere that some of ours repeat has ended; ours end by our own outbox, lot by lot.
    func receive(_ ended: ParentEnded, _ transaction: TenantTransaction) async throws {
        var word = ended
        word.tellsOthers = false
        try await FollowDuplicates.enqueue(word, for: receiver, at: now, in: transaction)
        guard surroundings.events.event(ofParent: ended.parent) != nil || ended.parent.code != receiver.code else {
            return
        }
        word.isSecondLook = true
        let due = now.addingTimeInterval(EndDuplicates.secondLook)
        try await FollowDuplicates.enqueue(word, for: receiver, at: now, dueAt: due, in: transaction)
    }

    /// What the public may see of a request was decided elsewhere; our copy follows.
    func receive(_ word: PublicationWord, _ transaction: TenantTransaction) async throws {
        guard try await ServiceRequests(transaction).readForUpdate(word.reference) != nil,
            try await !isKnown(word.reference, transaction)
        else { return }
        let note = ChangeRequest.Note(
            actor: word.by,
            at: word.at,
            details: ["delivery": id.uuidString],
            isPublic: false,
            kind: .moderated,
            tells: false
        )
        try await ChangeRequest(surroundings: surroundings, tenant: receiver)(
            word.reference,
            note: note,
            in: transaction
        ) { request in
            request.withheld = word.withheld
            return request.life.noted()
        }
    }
}
