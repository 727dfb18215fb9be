public import Domain
public import Foundation
public import Storage

/// Closes a declared event: its parent ends, and everything that was joined to it ends with it, each requester told once.
public struct CloseEvent: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Closes an event of a tenant.
    ///
    /// Joined reports end through the outbox, lot by lot; `hub311 event list` says how many are still open.
    ///
    /// - Throws: ``EventFault``, `RequestLife.IllegalTransition`.
    public func callAsFunction(
        _ id: UUID,
        outcome: Outcome = .fixed,
        at owner: HostedTenant,
        by actor: String,
        text: LocalizedText? = nil
    ) async throws -> DeclaredEvent {
        let now = surroundings.second
        let stored = try await surroundings.databases.withHub(.readOnly) { try await DeclaredEvents($0).read(id) }
        guard var event = stored?.event, event.owner == owner.id else { throw EventFault.unknown }
        let open = event
        do {
            try event.close()
        } catch {
            throw EventFault.closedAlready
        }
        let closed = event
        // Known here as long as the parent is being ended, whichever process declared it: by this its end reaches every tenant.
        surroundings.events.add(open)
        let parent = try await surroundings.databases.withTenant(owner.code, .readOnly) { transaction in
            try await ServiceRequests(transaction).read(open.parent)
        }
        if parent?.life.isOpen == true {
            _ = try await TakeRequestStep(surroundings)(
                .complete(outcome),
                open.parent,
                at: owner,
                by: actor,
                text: text
            )
        }
        try await surroundings.databases.withHub { transaction in
            _ = try await DeclaredEvents(transaction).close(closed, by: actor, at: now)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "event.close",
                    jurisdiction: owner.id,
                    subject: open.parent.rawValue
                )
            )
        }
        surroundings.events.remove(id)
        return closed
    }
}

/// An event with how many reports were joined to it.
public struct CountedEvent: Sendable, Hashable {
    /// The event.
    public let stored: StoredEvent
    /// Reports joined, and how many of them are open, over all tenants it collects from.
    public let joined: Int
    /// Reports joined that are still open.
    public let open: Int
    /// People who said "me too".
    public let followers: Int
}

/// Lists declared events, the newest first, each counted once with what was joined to it.
public struct ListEvents: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Events of one body, or of all.
    public func callAsFunction(of owner: JurisdictionID? = nil, limit: Int = 20) async throws -> [CountedEvent] {
        let stored = try await surroundings.databases.withHub(.readOnly) { transaction in
            try await DeclaredEvents(transaction).latest(of: owner, limit: limit)
        }
        var counted: [CountedEvent] = []
        for one in stored {
            guard let tenant = try await surroundings.directory.tenant(one.event.owner) else { continue }
            let codes = tenant.isHub ? surroundings.directory.entries.map(\.code) : [tenant.code]
            var (all, open, followers) = (0, 0, 0)
            for code in codes {
                let counts = try await surroundings.databases.withTenant(code, .readOnly) { transaction in
                    let children = try await Duplicates(transaction).counts(of: one.event.parent)
                    return (children.all, children.open, try await Followers(transaction).count(of: one.event.parent))
                }
                all += counts.0
                open += counts.1
                followers += counts.2
            }
            counted.append(CountedEvent(stored: one, joined: all, open: open, followers: followers))
        }
        return counted
    }
}
