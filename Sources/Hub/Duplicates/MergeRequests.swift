public import Domain
import Foundation
import Storage

/// Staff join a request to another one of the same matter, or take it apart again.
///
/// The duplicate stays open, keeps its reference and its history, and ends when the other one does. The other one may lie with another
/// tenant; then it hears of it through the outbox, and only public requests can be named.
public struct MergeRequests: Sendable {
    /// Why two requests cannot be joined or taken apart.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// A request cannot repeat itself, or one that repeats it.
        case ring
        /// It repeats another one already.
        case mergedAlready(RequestReference)
        /// It stands for itself.
        case notMerged
        /// This tenant does not lead it: only who leads a request may join it.
        case notLed
        /// It has ended.
        case ended
        /// The one it should repeat ended too long ago.
        case parentEnded(days: Int)

        /// For the person who merges.
        public var description: String {
            switch self {
            case .ring: "a request cannot repeat itself, or one that repeats it"
            case .mergedAlready(let parent): "it is joined to \(parent) already; take it apart first"
            case .notMerged: "it is not joined to another request"
            case .notLed: "this tenant does not lead the request; only who leads it may join it"
            case .ended: "it has ended; only an open request can be joined"
            case .parentEnded(let days): "the request it should repeat ended more than \(days) days ago"
            }
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Joins `child`, led by a tenant, to `parent`, or to the one that repeats in turn; the reference it is joined to.
    ///
    /// - Throws: ``Fault``, ``UnknownRequest``.
    public func merge(
        _ child: RequestReference,
        into parent: RequestReference,
        at tenant: HostedTenant,
        by actor: String
    ) async throws -> RequestReference {
        let now = surroundings.second
        let (root, parentTenant, request) = try await root(of: parent, asking: tenant, not: child)
        if let ended = request.life.completedAt, !request.life.isOpen {
            let days = surroundings.duplicateRules.reach(of: request.part, type: request.publicType).recentlyClosedDays
            guard now.timeIntervalSince(ended) <= Double(days) * 86_400 else { throw Fault.parentEnded(days: days) }
        }
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let text = LocalizedText(
            english: "This is the same matter as \(root) and ends with it.",
            french: "C’est le même sujet que \(root); les deux se terminent ensemble."
        )
        let note = ChangeRequest.Note(
            actor: actor,
            at: now,
            text: text,
            details: ["parent": root.rawValue],
            kind: .merged
        )
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            let isLocal = parentTenant.id == tenant.id
            // Both rows in the order of their references, so that two people merging crosswise come one after the other.
            for reference in (isLocal ? [root, child] : [child]).sorted() {
                guard let row = try await ServiceRequests(transaction).readForUpdate(reference) else {
                    throw UnknownRequest()
                }
                if reference == root, row.parent != nil { throw Fault.ring }
            }
            _ = try await change(child, note: note, in: transaction) { request in
                if let other = request.parent { throw Fault.mergedAlready(other) }
                guard request.standing != .mirrored else { throw Fault.notLed }
                guard request.life.isOpen else { throw Fault.ended }
                request.parent = root
                return request.life.noted()
            }
            if isLocal {
                try await noteChild(child, on: root, by: actor, at: now, change, transaction)
            } else {
                try await tell(parentTenant, ChildLinked(child: child, parent: root, at: now, by: actor), transaction)
            }
        }
        surroundings.work.signal(tenant.code)
        return root
    }

    /// Takes a request apart from the one it repeats; one that had ended with it is open again.
    ///
    /// - Throws: ``Fault/notMerged``, ``UnknownRequest``.
    public func unmerge(_ child: RequestReference, at tenant: HostedTenant, by actor: String) async throws {
        let now = surroundings.second
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let stored = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await ServiceRequests(transaction).read(child)
        }
        guard let stored else { throw UnknownRequest() }
        guard let parent = stored.parent else { throw Fault.notMerged }
        let parentTenant = try await surroundings.directory.tenant(code: parent.code)
        let text = LocalizedText(
            english: "It turned out that this is another matter than \(parent).",
            french: "Il s’agit finalement d’un autre sujet que \(parent)."
        )
        var note = ChangeRequest.Note(actor: actor, at: now, text: text, details: ["parent": parent.rawValue])
        note.kind = .unmerged
        let taken = note
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            _ = try await change(child, note: taken, in: transaction) { request in
                guard request.parent == parent else { throw Fault.notMerged }
                guard request.standing != .mirrored else { throw Fault.notLed }
                request.parent = nil
                guard !request.life.isOpen, request.life.outcome == .duplicate else { return request.life.noted() }
                return try request.life.reopen()
            }
            guard let parentTenant, parentTenant.id != tenant.id else { return }
            try await tell(parentTenant, ChildUnlinked(child: child, parent: parent, at: now, by: actor), transaction)
        }
        surroundings.work.signal(tenant.code)
    }

    /// The request at the end of a chain of duplicates, with its tenant.
    private func root(
        of parent: RequestReference,
        asking tenant: HostedTenant,
        not child: RequestReference
    ) async throws -> (RequestReference, HostedTenant, ServiceRequest) {
        var reference = parent
        let now = surroundings.now()
        for _ in 0..<8 {
            guard reference != child else { throw Fault.ring }
            guard let holder = try await surroundings.directory.tenant(code: reference.code) else {
                throw UnknownRequest()
            }
            let wanted = reference
            let isOwn = holder.id == tenant.id
            let read = try await surroundings.databases.withTenant(holder.code, .readOnly) { transaction in
                let requests = ServiceRequests(transaction)
                return isOwn ? try await requests.read(wanted) : try await requests.read(wanted, readableAt: now)
            }
            // Another tenant's request that is not public looks like none at all.
            guard let read, isOwn || read.visibility == .public else { throw UnknownRequest() }
            guard let next = read.parent else { return (reference, holder, read) }
            reference = next
        }
        throw Fault.ring
    }

    /// The parent's history has each child that staff joined; a parent that has ended ends it at once.
    private func noteChild(
        _ child: RequestReference,
        on parent: RequestReference,
        by actor: String,
        at now: Date,
        _ change: ChangeRequest,
        _ transaction: TenantTransaction
    ) async throws {
        let note = ChangeRequest.Note(
            actor: actor,
            at: now,
            details: ["child": child.rawValue],
            isPublic: false,
            kind: .merged,
            tells: false
        )
        let changed = try await change(parent, note: note, in: transaction) { $0.life.noted() }
        guard let ended = changed?.request, !ended.life.isOpen else { return }
        let word = ParentEnded(parent: parent, outcome: ended.outcome ?? .unspecified, at: now, tellsOthers: false)
        try await FollowDuplicates.enqueue(word, for: change.tenant, at: now, in: transaction)
    }

    private func tell(_ peer: HostedTenant, _ message: ChildLinked, _ transaction: TenantTransaction) async throws {
        try await enqueue(
            .childLinked,
            to: peer,
            try StoredJSON(message),
            order: message.parent,
            message.at,
            transaction
        )
    }

    private func tell(_ peer: HostedTenant, _ message: ChildUnlinked, _ transaction: TenantTransaction) async throws {
        try await enqueue(
            .childUnlinked,
            to: peer,
            try StoredJSON(message),
            order: message.parent,
            message.at,
            transaction
        )
    }

    private func enqueue(
        _ kind: OutboxKind,
        to peer: HostedTenant,
        _ payload: StoredJSON,
        order: RequestReference,
        _ at: Date,
        _ transaction: TenantTransaction
    ) async throws {
        try await Outbox(transaction).enqueue(
            OutboxItem(
                kind: kind.rawValue,
                target: OutboxTarget.tenant(peer.id),
                orderKey: order.rawValue,
                payload: payload,
                createdAt: at
            )
        )
    }
}
