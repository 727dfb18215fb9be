import Domain
import Foundation
import Storage

/// Carries out what a person decided on pieces of one request: the rows, the history, and the copies elsewhere.
struct CarryDecision: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant
    let actor: String
    let now: Date

    func out(
        _ decided: [ModerationItem],
        _ decision: DecidePublication.Decision,
        on request: ServiceRequest,
        _ updates: [StoredUpdate],
        bornAt: JurisdictionID?,
        in transaction: TenantTransaction
    ) async throws {
        let own = decided.filter { $0.updateID == nil }
        let withheld = Self.changed(request.withheld, by: own)
        let note = ChangeRequest.Note(
            actor: actor,
            at: now,
            details: [
                "decision": decision.rawValue,
                "pieces": decided.map { [$0.updateID, $0.piece.description].compactMap(\.self).joined(separator: "/") }
                    .joined(separator: ", "),
            ],
            isPublic: false,
            kind: .moderated,
            tells: false
        )
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let changed = try await change(request.reference, note: note, in: transaction) { request in
            request.withheld = withheld
            return request.life.noted()
        }
        if !own.isEmpty, let changed {
            try await tellCopies(of: changed.request, bornAt: bornAt, in: transaction)
        }
        for update in updates {
            let pieces = decided.filter { $0.updateID == update.id }
            guard !pieces.isEmpty else { continue }
            try await Updates(transaction).setWithheld(Self.changed(update.withheld, by: pieces), of: update.id)
            let isReleased = pieces.contains { $0.piece == .description && $0.state == .released }
            guard isReleased, update.withheld.contains(.description), !update.description.isEmpty else { continue }
            // The entry that was written when it came says a neutral sentence for ever; the words follow now.
            let words = ChangeRequest.Note(
                actor: "hub",
                at: now,
                text: LocalizedText(same: update.description),
                details: ["update": update.id],
                kind: .updated
            )
            _ = try await change(request.reference, note: words, in: transaction) { $0.life.noted() }
        }
    }

    private static func changed(_ withheld: Withheld, by items: [ModerationItem]) -> Withheld {
        var withheld = withheld
        for item in items {
            if item.state == .released {
                withheld.pieces.remove(item.piece)
            } else {
                withheld.pieces.insert(item.piece)
            }
        }
        return withheld
    }

    /// Every tenant that has a row of the request: where it was born, who leads it, who was told a share.
    private func tellCopies(
        of request: ServiceRequest,
        bornAt: JurisdictionID?,
        in transaction: TenantTransaction
    ) async throws {
        var peers = Set(
            try await RequestLinks(transaction).of(request.reference).compactMap { JurisdictionID(rawValue: $0.peer) }
        )
        for body in [request.counterpart, request.life.holder] {
            if case .tenant(let id)? = body { peers.insert(id) }
        }
        peers.formUnion((request.decision?.alsoTold ?? []).compactMap(\.lead.tenantID))
        if let bornAt { peers.insert(bornAt) }
        let word = PublicationWord(reference: request.reference, withheld: request.withheld, at: now, by: actor)
        for peer in peers.sorted() where peer != tenant.id && surroundings.directory.isActive(peer) {
            try await Outbox(transaction).enqueue(
                OutboxItem(
                    kind: OutboxKind.publicationWord.rawValue,
                    target: OutboxTarget.tenant(peer),
                    orderKey: request.reference.rawValue,
                    payload: try StoredJSON(word),
                    createdAt: now
                )
            )
        }
    }
}
