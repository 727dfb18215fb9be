import Domain
import Foundation
import Storage

/// What a change of a request means for the request it is a part of, and for its own parts.
///
/// Parent and children lie in one schema, so all of it happens in the transaction that changes one of them. A child is locked before its
/// parent, everywhere.
struct RequestFamily: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant

    /// Refuses an end, or an offer to another body, while parts are open; what is taken back takes its parts with it.
    func check(
        _ request: ServiceRequest,
        _ effect: RequestLife.Effect,
        in transaction: TenantTransaction
    ) async throws {
        guard effect.event == .completed || effect.event == .handOverOffered, request.outcome != .withdrawn else {
            return
        }
        let open = try await RequestChildren(transaction).open(of: request.reference)
        guard open.isEmpty else { throw OpenParts(reference: request.reference, parts: open) }
    }

    /// Tells the whole that a part of it has ended, or opens the whole again with the part; ends the parts of what was taken back.
    func note(
        _ request: ServiceRequest,
        _ effect: RequestLife.Effect,
        at: Date,
        by actor: String,
        in transaction: TenantTransaction
    ) async throws {
        if effect.event == .completed, request.outcome == .withdrawn {
            try await withdrawParts(of: request.reference, at: at, by: actor, in: transaction)
        }
        guard effect.event == .completed || effect.event == .reopened,
            // A copy of a part that was offered to this tenant has its whole elsewhere.
            surroundings.directory.codes(of: tenant.id).contains(request.reference.code),
            let child = try await RequestChildren(transaction).read(request.reference),
            let whole = try await ServiceRequests(transaction).readForUpdate(child.parent)
        else { return }
        // What was taken back as a whole needs no news of its parts.
        guard effect.event == .reopened || whole.life.isOpen else { return }
        let opens = effect.event == .reopened && !whole.life.isOpen
        if opens, whole.life.holder != nil { throw WholeIsElsewhere(reference: whole.reference) }
        let note = ChangeRequest.Note(
            actor: actor,
            at: at,
            text: Self.words(child.name, hasEnded: effect.event == .completed),
            details: [
                "part": request.reference.rawValue, "step": request.step.rawValue,
                "outcome": request.outcome?.rawValue ?? "",
            ]
            .filter { !$0.value.isEmpty },
            kind: opens ? nil : .partReported
        )
        try await ChangeRequest(surroundings: surroundings, tenant: tenant)(
            whole.reference,
            note: note,
            in: transaction
        ) { opens ? try $0.life.reopen() : $0.life.noted() }
    }

    /// Ends every open part because the whole was taken back; their holders are told.
    private func withdrawParts(
        of parent: RequestReference,
        at: Date,
        by actor: String,
        in transaction: TenantTransaction
    ) async throws {
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let note = ChangeRequest.Note(actor: actor, at: at, details: ["outcome": Outcome.withdrawn.rawValue])
        for part in try await RequestChildren(transaction).open(of: parent) {
            try await change(part, note: note, in: transaction) { request in
                guard request.life.legalHappenings.contains(.withdraw) else { return request.life.noted() }
                return try request.life.withdraw(at: at)
            }
        }
    }

    private static func words(_ name: LocalizedText, hasEnded: Bool) -> LocalizedText {
        hasEnded
            ? LocalizedText(
                english: "The part “\(name.english)” is finished.",
                french: "La partie «\u{A0}\(name.french)\u{A0}» est terminée."
            )
            : LocalizedText(
                english: "The part “\(name.english)” was opened again.",
                french: "La partie «\u{A0}\(name.french)\u{A0}» a été rouverte."
            )
    }
}
