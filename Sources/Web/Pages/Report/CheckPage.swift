import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// Everything once more, each with its Change button, who gets it and why, what becomes public; then Send.
struct CheckPage: Sendable {
    let parts: PageParts

    /// One answer.
    struct Fact {
        let name: String
        let value: String
        let step: String
        let change: String
    }

    /// What the template shows.
    struct CheckView {
        let step: StepChrome
        let facts: [Fact]
        let decision: DecisionView?
        let visibility: String
        let noContact: String?
        let lostPhoto: String?
    }

    /// The page of a report.
    func page(_ report: ReportCase, _ chrome: StepChrome, _ status: HTTPResponse.Status) throws -> Response {
        let words = parts.words(report.site.language)
        let view = CheckView(
            step: chrome,
            facts: facts(report, words),
            decision: DecisionView(report, words),
            visibility: words(report.service?.visibility == .public ? "report.check.public" : "report.check.private"),
            noContact: report.draft.contact?.canBeReached == true ? nil : words("report.check.no-contact"),
            lostPhoto: report.draft.hasLostPhoto ? words("report.details.photo.lost") : nil
        )
        return try parts.page("resident.check", view, chrome.frame, report.site.language, status: status)
    }

    private func facts(_ report: ReportCase, _ words: Words) -> [Fact] {
        guard let service = report.service else { return [] }
        let draft = report.draft
        let language = words.language
        var facts: [Fact] = []
        func add(_ name: String, _ value: String?, _ step: ReportStep) {
            guard let value, !value.isEmpty else { return }
            let change = words("report.trail.change", ["name": name])
            facts.append(Fact(name: name, value: value, step: step.rawValue, change: change))
        }
        add(words("report.trail.what"), service.name[language], .what)
        if service.location != .none {
            add(words("report.trail.where"), PlaceText(draft, words).line ?? words("report.trail.no-place"), .where)
        }
        if let road = report.route?.decision.road, draft.chosenRoad == road.id {
            add(words("report.check.road"), road.name, .where)
        }
        if let asset = report.route?.decision.asset, draft.chosenAsset == asset.id {
            add(words("report.check.asset"), asset.title[language], .where)
        }
        for question in report.askedQuestions where question.kind != .information {
            add(
                question.question[language],
                Self.text(of: draft.answers[question.code], question, report.site),
                .details
            )
        }
        add(words("report.details.description"), draft.description, .details)
        if !draft.photos.isEmpty {
            add(
                words("report.details.photo.heading"),
                words.plural("report.check.photos", draft.photos.count),
                .details
            )
        }
        let name = [draft.firstName, draft.lastName].compactMap(\.self).joined(separator: " ")
        add(words("report.details.contact.name"), name, .details)
        add(words("report.details.contact.email"), draft.email, .details)
        add(words("report.details.contact.phone"), draft.phone, .details)
        if let way = draft.newsBy, draft.contact != nil {
            let ways = DetailsPage.newsWays(words, hasTexts: true)
            add(words("report.details.news.heading"), ways.first { $0.key == way }?.text, .details)
        }
        return facts
    }

    /// An answer in the words of its question.
    static func text(of answer: [String], _ question: Question, _ site: Site) -> String? {
        guard !answer.isEmpty else { return nil }
        switch question.kind {
        case .boolean, .singleValueList, .multiValueList:
            return answer.map { key in question.value(key)?.name[site.language] ?? key }.joined(separator: ", ")
        case .number:
            let number = DetailsPage.shown(answer[0], .number, site.language).value
            return [number, question.unit].compactMap(\.self).joined(separator: "\u{A0}")
        case .datetime:
            if let day = try? CalendarDay(answer[0]) { return site.dates.day(day) }
            return (try? Date(answer[0], strategy: .iso8601)).map { site.dates.moment($0) } ?? answer[0]
        case .string, .text, .information:
            return answer[0]
        }
    }
}
