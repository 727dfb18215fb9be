import Domain
import Foundation
import Geo
import Routing
import Storage

/// Two generations side by side, asked about one place after the other.
struct PlaceComparison {
    let old: BoundaryIndex
    let new: BoundaryIndex
    let routing: RoutingTable
    let at: Date

    /// A request that another municipality would answer for, or another body lead; nil when it stays where it is.
    func moved(_ request: PlacedRequest, of tenant: JurisdictionID) -> MovedThing? {
        let (was, becomes) = (old.facts(at: request.coordinate), new.facts(at: request.coordinate))
        // What the rules may look at of a place; the generation's own number is not a difference.
        guard
            was.areas != becomes.areas || was.municipality != becomes.municipality || was.decided != becomes.decided
                || was.upperTier != becomes.upperTier || was.roads != becomes.roads
        else { return nil }
        let moved = MovedThing(
            kind: request.isOpen ? .openRequest : .pastRequest,
            id: request.reference.rawValue,
            tenant: tenant,
            place: request.coordinate,
            from: Self.answer(was),
            to: Self.answer(becomes),
            leadThen: request.lead.map(Self.name),
            leadNow: lead(request, was),
            leadNext: lead(request, becomes),
            generation: request.generation
        )
        return moved.from != moved.to || moved.changesLead ? moved : nil
    }

    /// An address that another municipality would answer for; nil when it stays where it is.
    func moved(_ address: RehearsedAddresses.Point) -> MovedThing? {
        let (from, to) = (Self.answer(old.facts(at: address.place)), Self.answer(new.facts(at: address.place)))
        guard from != to else { return nil }
        return MovedThing(
            kind: .address,
            id: address.id,
            tenant: nil,
            place: address.place,
            from: from,
            to: to,
            leadThen: nil,
            leadNow: nil,
            leadNext: nil,
            generation: nil
        )
    }

    private func lead(_ request: PlacedRequest, _ facts: PlaceFacts) -> String? {
        guard let part = request.part else { return nil }
        let query = DecisionQuery(
            place: facts,
            part: part,
            publicType: request.publicType,
            answers: request.answers,
            at: at,
            rung: .mapPoint
        )
        return Self.name(routing.decide(query).lead)
    }

    private static func name(_ lead: Lead) -> String { lead.bodyID ?? "undecided" }

    /// Whose place it is, in a word: an id, several joined by `;`, `gap` or `outside`.
    private static func answer(_ facts: PlaceFacts) -> String {
        if let decided = facts.decided(in: .municipality) { return decided.area.id.rawValue }
        let covering = facts.municipality.covering
        guard covering.isEmpty else { return covering.map(\.id.rawValue).joined(separator: ";") }
        return facts.municipality.word
    }
}
