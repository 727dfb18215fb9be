public import Domain
public import Foundation
import Storage

/// Joins what was reported already to a declared event, with one action, however many there are.
public struct AttachToEvent: Sendable {
    /// Requests joined in one transaction.
    static let lot = 50

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Joins every open request of the event's types, area and time that stands for itself; how many were joined at which tenant.
    ///
    /// Goes lot by lot; what was joined stays joined when it is interrupted, and a second call takes up the rest.
    ///
    /// - Throws: ``EventFault/unknown``, ``EventFault/closedAlready``.
    public func callAsFunction(
        _ id: UUID,
        at owner: HostedTenant,
        by actor: String
    ) async throws -> [JurisdictionID: Int] {
        let stored = try await surroundings.databases.withHub(.readOnly) { try await DeclaredEvents($0).read(id) }
        guard let event = stored?.event, event.owner == owner.id else { throw EventFault.unknown }
        guard event.state == .open else { throw EventFault.closedAlready }
        let tenants = owner.isHub ? surroundings.directory.entries.map(\.id) : [owner.id]
        var joined: [JurisdictionID: Int] = [:]
        for id in tenants {
            guard let tenant = try await surroundings.directory.tenant(id) else { continue }
            let count = try await attach(event, at: tenant, by: actor)
            if count > 0 { joined[id] = count }
        }
        return joined
    }

    private func attach(_ event: DeclaredEvent, at tenant: HostedTenant, by actor: String) async throws -> Int {
        let now = surroundings.second
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let note = Self.note(event, actor: actor, at: now)
        var last = ""
        var joined = 0
        while true {
            let after = last
            let (count, end, isAtEnd) = try await surroundings.databases.withTenant(tenant.code) { transaction in
                let found = try await Duplicates(transaction).collectable(
                    types: event.types,
                    from: event.begins,
                    to: event.ends ?? now,
                    after: after,
                    limit: Self.lot
                )
                var count = 0
                for request in found where request.reference != event.parent && event.area.contains(request.coordinate)
                {
                    let changed = try await change(request.reference, note: note, in: transaction) { request in
                        request.parent = request.parent ?? event.parent
                        return request.life.noted()
                    }
                    if changed?.request.parent == event.parent { count += 1 }
                }
                return (count, found.last?.reference.rawValue, found.count < Self.lot)
            }
            joined += count
            guard let end, !isAtEnd else { return joined }
            last = end
        }
    }

    /// What stands in the history of a request that is joined to an event.
    static func note(_ event: DeclaredEvent, actor: String, at now: Date) -> ChangeRequest.Note {
        ChangeRequest.Note(
            actor: actor,
            at: now,
            text: words(event),
            details: ["parent": event.parent.rawValue, "event": event.id.uuidString],
            kind: .merged
        )
    }

    /// For the person who reported.
    static func words(_ event: DeclaredEvent) -> LocalizedText {
        LocalizedText(
            english: "\(event.banner.english) Your report belongs to this event, \(event.parent).",
            french: "\(event.banner.french) Votre signalement fait partie de cet événement, \(event.parent)."
        )
    }
}
