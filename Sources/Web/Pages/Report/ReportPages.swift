import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import NIOCore

/// The steps of a report: What → Where → Details → Check → Sent, begun with whichever the person brings first.
///
/// A form goes to the address of the step that should follow. When something else is needed first, the browser is told to
/// send the very same form there (307), so that the address always names the step that is shown, reload and Back included.
struct ReportPages: Sendable {
    let parts: PageParts

    /// Shows a step that was asked for by its address; type, place and words may stand in it.
    func open(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let step = try Self.step(context)
        let query = try PageForm(query: request)
        var draft = ReportDraft()
        draft.words = query["q"].map { String($0.prefix(500)) }
        if let type = query["type"], let code = try? ServiceCode(type), site.tenant.service(code, at: now) != nil {
            draft.setService(code)
        }
        draft.setPlace(
            latitude: query["lat"].map { String($0.prefix(60)) },
            longitude: query["lon"].map { String($0.prefix(60)) },
            address: query["address"].map { String($0.prefix(600)) }
        )
        let report = try await ReportCase(draft, site: site, surroundings: parts.surroundings)
        let shown: ReportStep =
            switch step {
            case .what, .where: step
            case .details: report.needed == .check ? .details : report.needed
            case .already, .check, .sent: .what
            }
        guard shown == step else {
            let rest = request.uri.query.map { "?\($0)" } ?? ""
            return .seeOther(site.path("report/\(shown.rawValue)\(rest)"), .found)
        }
        return try page(shown, report, faults: [])
    }

    /// Takes a step's form and shows what comes next.
    func answer(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let addressed = try Self.step(context)
        guard FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request) else {
            throw HTTPFault(
                .forbidden,
                english: "the form was sent from another site",
                french: "le formulaire a été envoyé depuis un autre site"
            )
        }
        let form = try await PageForm(body: request)
        let from = form["from"].flatMap(ReportStep.init(rawValue:)) ?? .what
        let action = ReportAction(form["go"])
        var draft = try draft(in: form, from: from, site: site)
        let faults = await DraftInput(words: parts.words(site.language), photos: parts.surroundings.photos)
            .take(form, from: from, into: &draft, site: site, now: now)
        if case .join(let reference) = action {
            return try await JoinPage(parts: parts)(reference, draft: draft, site: site)
        }
        let outcome = try await judge(action, from: from, draft: draft, form: form, faults: faults, site: site)
        guard
            outcome.step == addressed || !form.files.isEmpty
                || request.headers[.contentType]?.hasPrefix("multipart") == true
        else { return .seeOther(site.path("report/\(outcome.step.rawValue)"), .temporaryRedirect) }
        guard outcome.step == .sent else {
            return try page(outcome.step, outcome.report, faults: outcome.faults, notice: outcome.notice)
        }
        return try await SendReport(parts: parts)(outcome.report, context: context) { report, step, faults in
            try page(step, report, faults: faults)
        }
    }

    /// Where a form leads.
    private struct Outcome {
        var report: ReportCase
        var step: ReportStep
        var faults: [PageFault] = []
        var notice: StepNotice?
    }

    /// Decides which step follows; the same for the same form, whatever address it was sent to.
    private func judge(
        _ action: ReportAction,
        from: ReportStep,
        draft: ReportDraft,
        form: PageForm,
        faults: [PageFault],
        site: Site
    ) async throws -> Outcome {
        var draft = draft
        if case .withoutPlace = action { draft.hasNoPlace = true }
        if case .dropPhoto(let index) = action, draft.photos.indices.contains(index) { draft.photos.remove(at: index) }
        var report = try await ReportCase(draft, site: site, surroundings: parts.surroundings)
        switch action {
        case .show(let step):
            let reachable = step == .check && report.needed != .check ? report.needed : step
            return Outcome(report: report, step: reachable == .details && report.service == nil ? .what : reachable)
        case .stay: return Outcome(report: report, step: from == .sent ? .check : from)
        case .search: return Outcome(report: report, step: .what)
        case .withoutPlace: return Outcome(report: report, step: report.needed)
        case .addPhotos, .dropPhoto: return Outcome(report: report, step: .details, faults: faults)
        case .goOn, .send, .join: break
        }
        guard faults.isEmpty else { return Outcome(report: report, step: from, faults: faults) }
        if from == .details, report.stop == nil {
            if report.askedQuestions.contains(where: { !form.has("shown.\($0.code)") }) {
                return Outcome(report: report, step: .details, notice: .moreQuestions)
            }
            let wrong = DetailFaults(words: parts.words(site.language)).faults(of: report)
            guard wrong.isEmpty else { return Outcome(report: report, step: .details, faults: wrong) }
            draft.hasDetails = true
            report = try await ReportCase(draft, site: site, surroundings: parts.surroundings)
        }
        if from == .already {
            draft.isDifferent = true
            report = try await ReportCase(draft, site: site, surroundings: parts.surroundings)
        }
        guard case .send = action, report.needed == .check else { return Outcome(report: report, step: report.needed) }
        guard draft.shownLead == report.leadMark else {
            return Outcome(report: report, step: .check, notice: .leadChanged)
        }
        return Outcome(report: report, step: .sent)
    }

    /// The draft of a form; the first page's form may have lain open for longer than a seal holds.
    private func draft(in form: PageForm, from: ReportStep, site: Site) throws -> ReportDraft {
        do {
            let payload = try parts.seal.open(form["draft"] ?? "", for: site.sealPurpose, at: parts.surroundings.now())
            return try JSONDecoder().decode(ReportDraft.self, from: payload)
        } catch {
            guard from == .what, case FormSeal.Broken.expired = error else {
                throw HTTPFault(
                    .badRequest,
                    english: "This form is older than a day or was changed on its way. Please begin again.",
                    french: "Ce formulaire date de plus d’un jour ou a été modifié en route. Veuillez recommencer."
                )
            }
            return ReportDraft()
        }
    }

    /// One step as a page.
    func page(
        _ step: ReportStep,
        _ report: ReportCase,
        faults: [PageFault],
        notice: StepNotice? = nil
    ) throws -> Response {
        var draft = report.draft
        if step == .check { draft.shownLead = report.leadMark }
        let chrome = try StepChrome(step, report, draft: draft, faults: faults, notice: notice, parts: parts)
        let status: HTTPResponse.Status = faults.isEmpty ? .ok : .badRequest
        switch step {
        case .what: return try WhatPage(parts: parts).page(report, chrome, status)
        case .where: return try WherePage(parts: parts).page(report, chrome, status)
        case .details where report.stop != nil: return try StopPage(parts: parts).page(report, chrome, status)
        case .details: return try DetailsPage(parts: parts).page(report, chrome, status)
        case .already: return try AlreadyPage(parts: parts).page(report, chrome, status)
        case .check, .sent: return try CheckPage(parts: parts).page(report, chrome, status)
        }
    }

    /// Types for what was typed so far, and the 911 advice, for the script that suggests while typing.
    func suggest(_ request: Request, _ site: Site) async throws -> Response {
        let typed = try PageForm(query: request)["q"].map { String($0.prefix(500)) } ?? ""
        let found = WhatPage(parts: parts).found(typed, site).prefix(7)
        let advice = AdviseEmergency(parts.surroundings)(typed)
        let answer = Suggestions(
            types: found.map {
                Suggestions.Item(
                    code: $0.code.rawValue,
                    name: $0.name[site.language],
                    text: $0.description[site.language]
                )
            },
            advice: advice?.texts.map { $0[site.language] } ?? []
        )
        return Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(answer)))
        )
    }

    private struct Suggestions: Encodable {
        struct Item: Encodable {
            let code: String
            let name: String
            let text: String
        }
        let types: [Item]
        let advice: [String]
    }

    private var now: Date { parts.surroundings.second }

    private static func step(_ context: HubRequestContext) throws -> ReportStep {
        guard let step = context.parameters.get("step").flatMap(ReportStep.init(rawValue:)) else {
            throw HTTPFault.notFound
        }
        return step
    }
}
