import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// Is it one of these? What was reported already near the place: place, distance, step and date, and nothing of a person.
struct AlreadyPage: Sendable {
    let parts: PageParts

    /// One request that may be the same.
    struct Card {
        let id: String
        let title: String
        let place: String
        let body: String
        let state: String
        let join: String?
        let joinName: String
        let follow: String
        let reference: String
    }

    /// What the template shows.
    struct AlreadyView {
        let step: StepChrome
        let found: String
        let cards: [Card]
        let noContact: String?
    }

    /// The page of a report.
    func page(_ report: ReportCase, _ chrome: StepChrome, _ status: HTTPResponse.Status) throws -> Response {
        let words = parts.words(report.site.language)
        let view = AlreadyView(
            step: chrome,
            found: words.plural("report.already.found", report.similar.requests.count),
            cards: report.similar.requests.enumerated().map { card($1, number: $0 + 1, report, words) },
            noContact: report.draft.contact?.canBeReached == true ? nil : words("report.check.no-contact")
        )
        return try parts.page("resident.already", view, chrome.frame, report.site.language, status: status)
    }

    private func card(_ similar: SimilarRequest, number: Int, _ report: ReportCase, _ words: Words) -> Card {
        let site = report.site
        let now = parts.surroundings.second
        let hub = site.tenant.isHub ? site.tenant.service(similar.publicType, at: now) : nil
        let name =
            (hub ?? site.tenant.catalogue.service(forPublicType: similar.publicType, at: site.tenant.day(of: now)))?
            .name
        let metres = words("report.already.metres", ["n": String(max(similar.metres, 1))])
        let isOpen = similar.status == .open
        let state =
            isOpen
            ? words(
                "report.already.open",
                ["date": site.dates.day(similar.requestedAt), "step": words("step.\(similar.step.rawValue)")]
            )
            : words("report.already.ended", ["date": site.dates.day(similar.completedAt ?? similar.requestedAt)])
        return Card(
            id: "similar-\(number)",
            title: name?[words.language] ?? words("track.some-matter"),
            place: [similar.road, metres].compactMap(\.self).joined(separator: " · "),
            body: similar.holderName.map { words("track.with", ["body": $0.withArticle[words.language]]) } ?? "",
            state: state,
            join: isOpen ? "join-\(similar.reference)" : nil,
            joinName: words("report.already.join-name", ["ref": similar.reference.rawValue]),
            follow: site.path("requests/\(similar.reference)"),
            reference: similar.reference.rawValue
        )
    }
}

/// Somebody said "me too": the reference of the request they joined, and what happens next.
struct JoinPage: Sendable {
    let parts: PageParts

    /// What the template shows.
    struct JoinedView {
        let heading: String
        let text: String
        let others: String?
        let reference: String?
        let noContact: String?
        let follow: String?
        let again: String
    }

    func callAsFunction(_ reference: RequestReference, draft: ReportDraft, site: Site) async throws -> Response {
        let words = parts.words(site.language)
        let wish = JoinRequest.Wish(contact: draft.contact, language: site.language, channel: .web, key: draft.id)
        let answer = try await JoinRequest(parts.surroundings)(reference, wish)
        let again = site.path("report/what")
        let view: JoinedView
        switch answer {
        case .joined(let joined, let others):
            view = JoinedView(
                heading: words("report.joined.heading", ["ref": joined.rawValue]),
                text: words("report.joined.text"),
                others: others > 0 ? words.plural("report.joined.others", others) : nil,
                reference: joined.rawValue,
                noContact: draft.contact?.canBeReached == true ? nil : words("report.check.no-contact"),
                follow: site.path("requests/\(joined)"),
                again: again
            )
        case .ended(let ended):
            view = JoinedView(
                heading: words("report.joined.ended-heading"),
                text: words("report.joined.ended"),
                others: nil,
                reference: ended.rawValue,
                noContact: nil,
                follow: site.path("requests/\(ended)"),
                again: again
            )
        case .unknown: throw HTTPFault.notFound
        }
        let frame = parts.frame(site, title: view.heading, here: "", isPersonal: true)
        return try parts.page("resident.joined", view, frame, site.language)
    }
}
