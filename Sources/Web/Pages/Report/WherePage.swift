import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// "Where is it?": address in words, position, map or coordinates; then, where several addresses or two bodies come into question, one question.
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
        /// Where the script asks for suggestions.
        let suggest: String
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
            // An address says the municipality too, so it is asked first.
            question: addressQuestion(report) ?? question(report),
            isOptional: service.map { !$0.locationRequired } ?? false,
            hasMap: parts.assets.leafletScript != nil,
            layer: "/api/v1/boundaries?layer=municipality",
            suggest: "/api/v1/addresses/suggest",
            placeNotice: nil
        )
        return try parts.page("resident.where", view, chrome.frame, report.site.language, status: status)
    }

    /// Which of several addresses is meant; every one with what should be known of it.
    private func addressQuestion(_ report: ReportCase) -> QuestionView? {
        guard !report.addressChoices.isEmpty else { return nil }
        let words = parts.words(report.site.language)
        var choices = report.addressChoices.enumerated().map { index, candidate in
            let hints = [
                candidate.level == .street ? words("report.where.on-street") : nil,
                candidate.formerStreet.map { words("report.where.former", ["name": $0]) },
                candidate.statedMunicipality.map {
                    words("report.where.register", ["name": $0, "here": candidate.municipality])
                },
            ]
            let hint = hints.compactMap(\.self).joined(separator: " · ")
            return Choice(
                id: "pick-\(index)",
                name: "pick",
                key: AddressPick.value(of: candidate),
                text: candidate.text,
                hint: hint.isEmpty ? nil : hint,
                isChosen: false
            )
        }
        choices.append(
            Choice(
                id: "pick-none",
                name: "pick",
                key: AddressPick.keep,
                text: words("report.where.none-of-these"),
                hint: nil,
                isChosen: false
            )
        )
        return QuestionView(text: words("report.where.which-address"), choices: choices)
    }

    private func question(_ report: ReportCase) -> QuestionView? {
        guard let question = report.question else { return nil }
        let language = report.site.language
        let words = parts.words(language)
        let name =
            switch question.kind {
            case .road: "road"
            case .asset: "asset"
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
