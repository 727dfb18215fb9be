import Domain
import Foundation
import Storage

/// Decides what of a new request or message waits for a person, by the tenant's policy and its rules.
struct AssessPublication: Sendable {
    /// What is withheld, with an entry of the queue for each piece.
    struct Assessment: Sendable {
        var withheld = Withheld()
        var items: [ModerationItem] = []
    }

    let tenant: HostedTenant

    private var policy: PublicationPolicy { tenant.tenant.policies.publication ?? .byRule }

    /// A new request; of a kind that is not public nothing needs to wait.
    func callAsFunction(_ request: ServiceRequest) -> Assessment {
        guard request.visibility == .public else { return Assessment() }
        var assessment = Assessment()
        func hold(_ piece: Withheld.Piece, _ reasons: Set<HoldRules.Reason>) {
            guard !reasons.isEmpty else { return }
            assessment.withheld.pieces.insert(piece)
            assessment.items.append(
                ModerationItem(
                    reference: request.reference,
                    piece: piece,
                    reasons: reasons.sorted().map(\.rawValue),
                    enteredAt: request.requestedAt
                )
            )
        }
        hold(.description, reasons(request.description))
        if let address = request.address, policy != .immediate { hold(.address, tenant.holdRules.reasons(to: address)) }
        for position in request.mediaURLs.indices where holdsPhotos { hold(.photo(position), [.photo]) }
        return assessment
    }

    /// A message on a request.
    func message(
        _ text: String,
        photos: [String],
        updateID: String,
        of request: ServiceRequest,
        at now: Date
    ) -> Assessment {
        guard request.visibility == .public else { return Assessment() }
        var assessment = Assessment()
        func hold(_ piece: Withheld.Piece, _ reasons: Set<HoldRules.Reason>) {
            guard !reasons.isEmpty else { return }
            assessment.withheld.pieces.insert(piece)
            assessment.items.append(
                ModerationItem(
                    reference: request.reference,
                    updateID: updateID,
                    piece: piece,
                    reasons: reasons.sorted().map(\.rawValue),
                    enteredAt: now
                )
            )
        }
        hold(.description, reasons(text))
        for position in photos.indices where holdsPhotos { hold(.photo(position), [.photo]) }
        return assessment
    }

    /// Codes of free-text answers in which the rules find something; they stay with staff.
    func answers(_ answers: Answers, of service: Service) -> [String] {
        guard policy != .immediate else { return [] }
        return service.questions.filter { question in
            guard question.kind == .string || question.kind == .text else { return false }
            return answers[question.code].contains { !tenant.holdRules.reasons(to: $0).isEmpty }
        }
        .map(\.code)
    }

    private var holdsPhotos: Bool {
        switch policy {
        case .immediate: false
        case .afterRelease: true
        case .byRule: tenant.configuration.moderation?.holdsPhotos ?? true
        }
    }

    private func reasons(_ text: String) -> Set<HoldRules.Reason> {
        guard !text.isEmpty else { return [] }
        switch policy {
        case .immediate: return []
        case .byRule: return tenant.holdRules.reasons(to: text)
        case .afterRelease: return tenant.holdRules.reasons(to: text).union([.everything])
        }
    }
}
