import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// "Where is it?": address in words, position, map or coordinates; then, where two bodies come into question, one question.
struct WherePage: Sendable {
    let parts: PageParts

    /// A possible answer to the one question.
    struct Choice {
        let id: String
        let name: String
        let key: String
        let text: String
        let hint: String?
        let isChosen: Bool
    }

    /// The one question.
    struct QuestionView {
        let text: String
        let choices: [Choice]
    }

    /// What the template shows.
    struct WhereView {
        let step: StepChrome
        let address: String
        let addressFault: String?
        let latitude: String
        let latitudeFault: String?
        let longitude: String
        let longitudeFault: String?
        let question: QuestionView?
        let isOptional: Bool
        let hasMap: Bool
        let layer: String
        let placeNotice: String?
    }

    /// The page of a report.
    func page(_ report: ReportCase, _ chrome: StepChrome, _ status: HTTPResponse.Status) throws -> Response {
        let draft = report.draft
        let service = report.service
        let view = WhereView(
            step: chrome,
            address: draft.address ?? "",
            addressFault: chrome.fault("address"),
            latitude: draft.latitude ?? "",
            latitudeFault: chrome.fault("lat"),
            longitude: draft.longitude ?? "",
            longitudeFault: chrome.fault("lon"),
            question: question(report),
            isOptional: service.map { !$0.locationRequired } ?? false,
            hasMap: parts.assets.leafletScript != nil,
            layer: "/api/v1/boundaries?layer=municipality",
            placeNotice: nil
        )
        return try parts.page("resident.where", view, chrome.frame, report.site.language, status: status)
    }

    private func question(_ report: ReportCase) -> QuestionView? {
        guard let question = report.question else { return nil }
        let language = report.site.language
        let words = parts.words(language)
        let name =
            switch question.kind {
            case .road: "road"
            case .municipality: "municipality"
            case .propertyType: "property"
            case .answer: "answer"
            }
        var choices = question.choices.enumerated().map { index, choice in
            Choice(
                id: "choice-\(index)",
                name: name,
                key: choice.key,
                text: choice.label[language],
                hint: choice.metres.map { words("report.where.metres", ["n": String(Int($0.rounded()))]) },
                isChosen: choice.key == question.preselected
            )
        }
        if question.allowsDoNotKnow {
            choices.append(
                Choice(
                    id: "choice-unknown",
                    name: name,
                    key: ReportDraft.doNotKnow,
                    text: words("report.where.unknown"),
                    hint: nil,
                    isChosen: question.preselected == nil
                )
            )
        }
        return QuestionView(text: question.text[language], choices: choices)
    }
}

extension ReportDraft {
    /// The answer "I do not know".
    static let doNotKnow = DecisionQuery.doNotKnow
}
