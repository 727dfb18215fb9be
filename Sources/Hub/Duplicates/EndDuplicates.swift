import Domain
import Foundation
import Storage

/// Ends the requests of one tenant that repeat one which has ended: some fifty in a transaction, each told by its own history.
///
/// Carried by the outbox, so nothing is lost when the process dies between two lots; who has ended is not open any more, so a
/// repetition ends and tells nobody twice. A parent that was taken back by its requester ends nobody: the first of the others goes on
/// in its place.
struct EndDuplicates: Sendable {
    /// Children in one transaction.
    static let lot = 50
    /// Lots in one delivery, well inside its lease; what is left is a row of its own.
    static let mostLots = 10
    /// Seconds after which it is looked once more for reports that came in while an event was being closed.
    static let secondLook: TimeInterval = 30

    let surroundings: Surroundings

    func callAsFunction(_ item: OutboxItem, of tenant: HostedTenant) async throws -> DeliveryResult {
        var message = try item.payload.decoded(as: ParentEnded.self)
        if message.tellsOthers {
            try await tellOthers(message, of: tenant)
            message.tellsOthers = false
        }
        let goesOn = [.withdrawn, .couldNotReach].contains(message.outcome)
        for _ in 0..<Self.mostLots {
            let isDone = goesOn ? try await replaceParent(&message, of: tenant) : try await endLot(&message, of: tenant)
            if isDone {
                surroundings.work.signal(tenant.code)
                return .sent(answer: .emptyObject)
            }
        }
        let (rest, now) = (message, surroundings.second)
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await FollowDuplicates.enqueue(rest, for: tenant, at: now, in: transaction)
        }
        surroundings.work.signal(tenant.code)
        return .sent(answer: .emptyObject)
    }

    /// Other tenants with children hear of the end; those of an event of the hub are everybody.
    ///
    /// An event's end closes it.
    private func tellOthers(_ message: ParentEnded, of tenant: HostedTenant) async throws {
        let now = surroundings.second
        let event = surroundings.events.event(ofParent: message.parent)
        if var event {
            try? event.close()
            let closed = event
            _ = try await surroundings.databases.withHub { transaction in
                try await DeclaredEvents(transaction).close(closed, by: "hub", at: now)
            }
            surroundings.events.remove(event.id)
        }
        // By the time this is delivered the event may be closed and forgotten here; the message remembers that it was one.
        let isEvent = event != nil || message.isEvent
        let everybody = isEvent && tenant.isHub ? surroundings.directory.entries.map(\.id) : []
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            let peers = Set(try await Duplicates(transaction).peers(of: message.parent) + everybody).subtracting([
                tenant.id
            ])
            var word = message
            word.tellsOthers = false
            for peer in peers.sorted() {
                try await Outbox(transaction).enqueue(
                    OutboxItem(
                        kind: OutboxKind.parentEnded.rawValue,
                        target: OutboxTarget.tenant(peer),
                        orderKey: message.parent.rawValue,
                        payload: try StoredJSON(word),
                        createdAt: now
                    )
                )
            }
            guard isEvent else { return }
            word.isSecondLook = true
            let due = now.addingTimeInterval(Self.secondLook)
            try await FollowDuplicates.enqueue(word, for: tenant, at: now, dueAt: due, in: transaction)
        }
    }

    /// Ends the next lot; true when there was no further one.
    private func endLot(_ message: inout ParentEnded, of tenant: HostedTenant) async throws -> Bool {
        let (word, now) = (message, surroundings.second)
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let clause = OutcomeWords.clause(word.outcome)
        let note = ChangeRequest.Note(
            actor: "hub",
            at: now,
            text: LocalizedText(
                english: "The request about the same matter, \(word.parent), has ended: \(clause.english).",
                french: "La demande sur le même sujet, \(word.parent), est terminée : \(clause.french)."
            ),
            details: ["parent": word.parent.rawValue, "outcome": word.outcome.rawValue]
        )
        let children = try await surroundings.databases.withTenant(tenant.code) { transaction in
            let children = try await Duplicates(transaction).openChildren(
                of: word.parent,
                after: word.after,
                limit: Self.lot
            )
            for child in children {
                if child.standing == .mirrored {
                    try await tellHolder(of: child, word, at: now, in: transaction)
                    continue
                }
                do {
                    _ = try await change(child.reference, note: note, in: transaction) { request in
                        guard request.life.legalHappenings.contains(.complete) else { return request.life.noted() }
                        return try request.life.complete(.duplicate, at: now, parentEnded: true)
                    }
                } catch is OpenParts {
                    // Others still work on parts of it; nothing was written, and its own staff end it.
                    continue
                }
            }
            return children
        }
        message.after = children.last?.reference.rawValue ?? message.after
        return children.count < Self.lot
    }

    /// A child that was handed on is led elsewhere; that body has its parent in the copy.
    private func tellHolder(
        of child: OpenChild,
        _ message: ParentEnded,
        at now: Date,
        in transaction: TenantTransaction
    ) async throws {
        guard case .tenant(let holder)? = child.counterpart, child.reference.code == transaction.tenant else { return }
        try await Outbox(transaction).enqueue(
            OutboxItem(
                kind: OutboxKind.parentEnded.rawValue,
                target: OutboxTarget.tenant(holder),
                orderKey: message.parent.rawValue,
                payload: try StoredJSON(message),
                createdAt: now
            )
        )
    }

    /// Puts the first child in the place of a parent that was taken back; true when all others were joined to it.
    private func replaceParent(_ message: inout ParentEnded, of tenant: HostedTenant) async throws -> Bool {
        let (word, now) = (message, surroundings.second)
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let (successor, count) = try await surroundings.databases.withTenant(tenant.code) { transaction in
            let children = try await Duplicates(transaction).openChildren(
                of: word.parent,
                after: word.after,
                limit: Self.lot
            )
            .filter { $0.standing != .mirrored }
            guard let successor = word.successor ?? children.first?.reference else {
                return (nil as RequestReference?, 0)
            }
            for child in children {
                let isFirst = child.reference == successor
                let note = ChangeRequest.Note(
                    actor: "hub",
                    at: now,
                    details: ["parent": word.parent.rawValue, "now": successor.rawValue],
                    kind: isFirst ? .unmerged : .merged
                )
                _ = try await change(child.reference, note: note, in: transaction) { request in
                    request.parent = isFirst ? nil : successor
                    return request.life.noted()
                }
            }
            return (successor, children.count)
        }
        message.successor = successor
        return count < Self.lot
    }
}
