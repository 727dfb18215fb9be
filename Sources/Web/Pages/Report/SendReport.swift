import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import Logging

/// Sends a report and shows what became of it; the same page when the same form comes again.
struct SendReport: Sendable {
    let parts: PageParts

    /// What the confirmation shows.
    struct SentView {
        let heading: String
        let beforeReference: String
        let reference: String?
        let afterReference: String
        let hasReference: Bool
        let decision: DecisionView?
        let advice: [String]
        let hasAdvice: Bool
        let privateKey: [String]
        let hasPrivateKey: Bool
        let follow: String
        let lostPhoto: String?
        let noContact: String?
        let again: String
    }

    /// What is shown when nothing can be said to have arrived.
    struct UnsentView {
        let heading: String
        let text: String
        let form: StepChrome.Form
        let hasForm: Bool
        let written: String?
        let requestID: String?
        let again: String
    }

    /// Sends; `show` gives the page of a step when something must be put right first.
    func callAsFunction(
        _ report: ReportCase,
        context: HubRequestContext,
        show: (ReportCase, ReportStep, [PageFault]) throws -> Response
    ) async throws -> Response {
        guard let service = report.service else { return try show(report, .what, []) }
        do {
            let submission = try await SubmitServiceRequest(parts.surroundings)(
                report.intake(service),
                place: report.draft.place,
                to: report.site.tenant,
                client: .web
            )
            switch submission {
            case .taken(let receipt): return try sent(receipt, report)
            case .refused(let faults): return try refused(faults, report, service, show)
            case .elsewhere(let route):
                let chrome = try StepChrome(
                    .details,
                    report,
                    draft: report.draft,
                    faults: [],
                    notice: nil,
                    parts: parts
                )
                return try StopPage(parts: parts)
                    .page(ReportStop(refused: route, tenant: report.site.tenant), report, chrome)
            }
        } catch let fault as IdempotencyFault {
            return try unsent(report, fault == .otherBody ? "other" : "running", .conflict, context)
        } catch {
            let failure = ServiceFailure(error)
            context.logger.log(level: failure.level, "report not sent", metadata: ["error": "\(failure.forLog)"])
            return try unsent(report, "failed", failure.status, context)
        }
    }

    private func refused(
        _ faults: [FieldFault],
        _ report: ReportCase,
        _ service: Service,
        _ show: (ReportCase, ReportStep, [PageFault]) throws -> Response
    ) throws -> Response {
        let words = parts.words(report.site.language)
        if faults.contains(where: { $0.field == "service_code" }) {
            return try show(report, .what, [PageFault(field: "q", text: words("fault.type"))])
        }
        if faults.contains(where: { $0.field == "lat" || $0.field == "address_string" }) {
            return try show(report, .where, [PageFault(field: "address", text: words("fault.place"))])
        }
        let details = DetailFaults(words: words)
        return try show(report, .details, faults.compactMap { details.fault(of: $0, service) })
    }

    private func sent(_ receipt: Receipt, _ report: ReportCase) throws -> Response {
        let site = report.site
        let words = parts.words(site.language)
        let hasReference = receipt.kind != .blackbox
        let reference = receipt.reference
        let advice = AdviseEmergency(parts.surroundings)(
            report.draft.typedText,
            service: report.service,
            answers: report.draft.answers
        )
        // The reference is set apart in the sentence, so that no line breaks inside it.
        let sentence = (hasReference ? words("report.sent.heading") : words("report.sent.heading-plain"))
            .split(separator: "{ref}", omittingEmptySubsequences: false).map(String.init)
        let view = SentView(
            heading: hasReference
                ? words("report.sent.heading", ["ref": reference.rawValue]) : words("report.sent.heading-plain"),
            beforeReference: sentence[0],
            reference: hasReference ? reference.rawValue : nil,
            afterReference: sentence.count > 1 ? sentence[1] : "",
            hasReference: hasReference,
            decision: DecisionView(report, words),
            advice: advice?.texts.map { $0[site.language] } ?? [],
            hasAdvice: advice != nil,
            privateKey: hasReference ? PrivateKey.groups(receipt.privateToken ?? "") : [],
            hasPrivateKey: hasReference && receipt.privateToken != nil,
            follow: site.path("requests/\(reference)"),
            lostPhoto: report.draft.hasLostPhoto ? words("report.sent.lost-photo") : nil,
            noContact: report.draft.contact?.canBeReached == true || !hasReference
                ? nil : words("report.check.no-contact"),
            again: site.path("report/what")
        )
        let frame = parts.frame(
            site,
            title: view.heading,
            here: hasReference ? "requests/\(reference)" : "",
            scripts: ["report.js"],
            isPersonal: true
        )
        return try parts.page("resident.sent", view, frame, site.language)
    }

    /// Nothing may be claimed: what was written is shown to copy, and the same form may be sent again without doubling.
    private func unsent(
        _ report: ReportCase,
        _ key: String,
        _ status: HTTPResponse.Status,
        _ context: HubRequestContext
    ) throws -> Response {
        let site = report.site
        let words = parts.words(site.language)
        let chrome = try StepChrome(.check, report, draft: report.draft, faults: [], notice: nil, parts: parts)
        let view = UnsentView(
            heading: words("report.unsent.\(key).heading"),
            text: words("report.unsent.\(key).text"),
            form: chrome.form,
            hasForm: key != "other",
            written: report.draft.description,
            requestID: status.code >= 500 ? context.id : nil,
            again: site.path("report/what")
        )
        let frame = parts.frame(site, title: view.heading, here: "", isPersonal: true)
        var headers: HTTPFields = [:]
        if status == .serviceUnavailable || status == .conflict { headers[.retryAfter] = "10" }
        return try parts.page("resident.unsent", view, frame, site.language, status: status, headers: headers)
    }
}

/// The private key of a report as people see and type it: groups of letters and digits.
enum PrivateKey {
    /// The key in groups of five, the rest with the last, easier to copy by hand.
    static func groups(_ key: String) -> [String] {
        let full = max(key.count / 5, 1)
        return (0..<full).map { index in
            let rest = key.dropFirst(index * 5)
            return String(index == full - 1 ? rest : rest.prefix(5))
        }
    }

    /// A typed key without blanks and dashes, in lower case; nil when it can be none.
    static func read(_ typed: String?) -> String? {
        guard let typed, typed.utf8.count <= 200 else { return nil }
        let key = typed.lowercased().filter { $0.isLetter || $0.isNumber }
        return (20...60).contains(key.count) ? key : nil
    }
}
