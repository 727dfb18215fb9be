import Domain
import Foundation
import Hub
import Hummingbird
import Storage

/// The page of one request for the department that has it: everything known, and each thing that can be done a form of its own.
struct StaffRequestPages: Sendable {
    let parts: PageParts

    /// The request.
    func show(_ request: Request, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let done = try PageForm(query: request)["done"]
        let known = ["step", "offer", "refused", "note", "order"]
        let notice = done.flatMap { known.contains($0) ? desk.words("staff.request.done-\($0)") : nil }
        return try await page(try desk.reference(), desk, notice: notice)
    }

    /// A form of the page.
    func answer(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let reference = try desk.reference()
        let go = form["go"] ?? "step"
        do {
            let done = try await carryOut(go, form, reference, desk)
            return .seeOther("\(desk.path(of: reference))?done=\(done)")
        } catch {
            if error is UnknownRequest { throw HTTPFault.notFound }
            guard let why = desk.explain(error) else { throw error }
            let fault = StepChrome.FaultItem(field: Self.field(of: go), text: why)
            return try await page(reference, desk, faults: [fault], typed: form)
        }
    }

    private func carryOut(
        _ go: String,
        _ form: PageForm,
        _ reference: RequestReference,
        _ desk: StaffDesk
    ) async throws -> String {
        let surroundings = parts.surroundings
        let steps = StaffSteps(surroundings)
        let session = desk.context.session
        switch go {
        case "accept", "refuse":
            guard session.may(.answerOffers) else { throw HTTPFault.denied }
            var refusal: HandOver.Refusal?
            if go == "refuse" {
                let code = form["reason"].flatMap(HandOver.Refusal.Code.init) ?? .other
                refusal = try HandOver.Refusal(code, text: form["refusal"] ?? "")
            }
            _ = try await steps.answer(reference, refusal: refusal, at: desk.tenant, scope: desk.scope)
            return refusal == nil ? "offer" : "refused"
        case "order":
            guard session.may(.planWork) else { throw HTTPFault.denied }
            _ = try await MakeWorkOrder(surroundings)(
                reference,
                try WorkForms.draft(form),
                at: desk.tenant,
                scope: desk.scope
            )
            return "order"
        case "note":
            guard session.may(.changeRequests) else { throw HTTPFault.denied }
            guard let note = form["note"] else { throw WorkForms.fault("note") }
            try await steps.note(note, on: reference, at: desk.tenant, scope: desk.scope)
            return "note"
        default:
            guard session.may(.changeRequests) else { throw HTTPFault.denied }
            guard let step = Self.step(form) else { throw WorkForms.fault("step") }
            _ = try await steps.take(
                step,
                reference,
                at: desk.tenant,
                scope: desk.scope,
                text: form["text"].map { LocalizedText(same: String($0.prefix(1_000))) },
                expecting: form["version"].flatMap(Int.init)
            )
            return "step"
        }
    }

    private static func step(_ form: PageForm) -> RequestStep? {
        switch form["step"] {
        case "review": .review
        case "assign": .assignWork
        case "make-safe": .makeSafe
        case "complete": form["outcome"].flatMap(Outcome.init).map { .complete($0) }
        case "reopen": .reopen
        case "take-back": .takeBack
        default: nil
        }
    }

    /// The field that a fault of a form is shown beside.
    private static func field(of go: String) -> String {
        switch go {
        case "accept", "refuse": "refusal"
        case "order": "task"
        case "note": "note"
        default: "step-1"
        }
    }

    private func page(
        _ reference: RequestReference,
        _ desk: StaffDesk,
        notice: String? = nil,
        faults: [StepChrome.FaultItem] = [],
        typed: PageForm? = nil
    ) async throws -> Response {
        let surroundings = parts.surroundings
        guard let found = try await ReadForStaff(surroundings)(reference, at: desk.tenant, scope: desk.scope) else {
            throw HTTPFault.notFound
        }
        let crews = try await ManageCrews(surroundings).all(of: desk.tenant)
        var origin: String?
        if let from = found.incoming?.handOver.origin {
            origin = try await surroundings.directory.tenant(from)?.tenant.name.plain[desk.language]
        }
        let view = StaffRequestView(
            found,
            crews: crews,
            names: try await StaffNames(of: desk.tenant, surroundings).names,
            origin: origin,
            desk: desk,
            notice: notice,
            faults: faults,
            typed: typed
        )
        let title = desk.words("staff.request.title", ["type": view.type, "ref": view.reference])
        return try await parts.staffPage(
            "staff.request",
            view,
            desk.context,
            title: faults.isEmpty ? title : desk.words("fault.title", ["page": title]),
            here: "staff/requests/\(reference)",
            back: FrameView.Link(text: desk.words("staff.request.back"), address: desk.path("queue")),
            scripts: ["staff.js"],
            status: faults.isEmpty ? .ok : .badRequest
        )
    }
}
