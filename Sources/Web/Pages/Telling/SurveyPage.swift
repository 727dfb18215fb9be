import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// Two questions after the end of a request, opened by the link in the message.
struct SurveyPage: Sendable {
    let parts: PageParts

    /// The form.
    struct SurveyView {
        struct Choice {
            let id: String
            let key: String
            let text: String
            let isChosen: Bool
        }

        let heading: String
        let step: FormFaults
        let action: String
        let solved: [Choice]
        let scores: [Choice]
        let written: String
        let solvedFault: String?
        let scoreFault: String?
        let wordsFault: String?
    }

    /// The questions.
    func show(_ context: HubRequestContext, _ site: Site) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        guard let held = try await ManageSubscription(parts.surroundings).look(token, .survey),
            case .request(let reference) = held.subscription.subject,
            site.tenant.isHub || held.tenant.id == site.tenant.id
        else { throw HTTPFault.notFound }
        return try page(token, reference, PageForm(), [], site)
    }

    /// Takes the answers.
    func answer(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        guard FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request) else {
            throw NewsPages.otherSite
        }
        let token = context.parameters.get("token") ?? ""
        let form = try await PageForm(body: request)
        let words = parts.words(site.language)
        guard let held = try await ManageSubscription(parts.surroundings).look(token, .survey),
            case .request(let reference) = held.subscription.subject,
            site.tenant.isHub || held.tenant.id == site.tenant.id
        else { throw HTTPFault.notFound }
        let outcome = try await AnswerSurvey(parts.surroundings)(
            token,
            solved: form["solved"],
            score: form["score"],
            words: form["words"]
        )
        switch outcome {
        case .unknown: throw HTTPFault.notFound
        case .taken:
            return try SaidPage(parts: parts)(heading: words("survey.taken"), [words("survey.taken-text")], site)
        case .again:
            return try SaidPage(parts: parts)(heading: words("survey.again"), [words("survey.again-text")], site)
        case .refused(let faults):
            let shown = faults.map { fault in
                switch fault.field {
                case "solved": PageFault(field: "solved-yes", text: words("survey.solved-fault"))
                case "score": PageFault(field: "score-5", text: words("survey.score-fault"))
                default:
                    PageFault(field: "words", text: words("fault.long", ["n": String(AnswerSurvey.longest)]))
                }
            }
            return try page(token, reference, form, shown, site)
        }
    }

    private func page(
        _ token: String,
        _ reference: RequestReference,
        _ form: PageForm,
        _ faults: [PageFault],
        _ site: Site
    ) throws -> Response {
        let words = parts.words(site.language)
        let solved = [("yes", words("survey.yes")), ("partly", words("survey.partly")), ("no", words("survey.no"))]
        let scores = [
            ("5", words("survey.very-well")), ("4", words("survey.well")), ("3", words("survey.so-so")),
            ("2", words("survey.badly")), ("1", words("survey.very-badly")),
        ]
        let heading = words("survey.heading", ["ref": reference.rawValue])
        let view = SurveyView(
            heading: heading,
            step: FormFaults(faults),
            action: site.path("survey/\(token)"),
            solved: solved.map {
                SurveyView.Choice(
                    id: "solved-\($0.0)",
                    key: $0.0,
                    text: $0.1,
                    isChosen: form["solved"] == $0.0
                )
            },
            scores: scores.map {
                SurveyView.Choice(id: "score-\($0.0)", key: $0.0, text: $0.1, isChosen: form["score"] == $0.0)
            },
            written: form["words"] ?? "",
            solvedFault: faults.first { $0.field == "solved-yes" }?.text,
            scoreFault: faults.first { $0.field == "score-5" }?.text,
            wordsFault: faults.first { $0.field == "words" }?.text
        )
        let title = faults.isEmpty ? heading : words("fault.title", ["page": heading])
        let frame = parts.frame(site, title: title, here: "survey/\(token)", isPersonal: true)
        return try parts.page(
            "resident.survey",
            view,
            frame,
            site.language,
            status: faults.isEmpty ? .ok : .badRequest
        )
    }
}
