import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import NIOCore
import Storage

/// The page for phones: today's jobs in order, each with what is to be told about it.
///
/// Complete without scripts: every form posts by itself and carries an id, so that pressing twice does nothing twice. With scripts the
/// same forms are kept on the phone first and sent when there is a network.
struct FieldPages: Sendable {
    let parts: PageParts

    /// One job with the ids its forms are sent under.
    struct Job {
        let order: WorkOrderView
        let isFirst: Bool
        let startID: String
        let finishID: String
        let blockID: String
        let photoID: String
    }

    /// The day of a person's crews.
    struct FieldView {
        let heading: String
        let crews: String
        let action: String
        let send: String
        let worker: String
        let scope: String
        let token: String
        let here: String
        let jobs: [Job]
        let hasJobs: Bool
        let empty: String
        let done: [WorkOrderView]
        let hasDone: Bool
        let notice: String?
        let faults: [StepChrome.FaultItem]
        let hasFaults: Bool
        let assets: String
    }

    /// What a script is told of an action it sent.
    private struct Answer: Encodable {
        let id: String
        let state: String
        let reason: String?
        let message: String?
        let order: String
    }

    /// The day.
    func show(_ request: Request, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let notice = try PageForm(query: request)["done"] == nil ? nil : desk.words("staff.field.sent")
        return try await page(desk, notice: notice, fault: nil)
    }

    /// A form of the page, sent without scripts.
    func act(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        var desk = StaffDesk(parts: parts, context: context)
        do {
            let answers = try await record(form, &desk)
            if let refused = answers.first(where: { $0.state == .needsYou }) {
                return try await page(desk, notice: nil, fault: message(refused, desk))
            }
            return .seeOther("\(desk.path("field"))?done=1")
        } catch {
            if error is UnknownWorkOrder { throw HTTPFault.notFound }
            guard let why = desk.explain(error) else { throw error }
            return try await page(desk, notice: nil, fault: why)
        }
    }

    /// One action, sent by the script; answered in JSON, the same again however often it comes.
    func send(_ request: Request, _ context: StaffContext) async throws -> Response {
        var desk = StaffDesk(parts: parts, context: context)
        let form = try await PageForm(body: request)
        do {
            guard let receipt = try await record(form, &desk).first else { throw WorkForms.fault("kind") }
            return try json(
                Answer(
                    id: receipt.id.uuidString,
                    state: receipt.state.rawValue,
                    reason: receipt.reason?.rawValue,
                    message: receipt.state == .sent ? nil : message(receipt, desk),
                    order: receipt.orderState
                )
            )
        } catch {
            if error is UnknownWorkOrder { throw HTTPFault.notFound }
            guard let why = desk.explain(error) else { throw error }
            return try json(
                Answer(
                    id: form["id"] ?? "",
                    state: FieldReceipt.State.needsYou.rawValue,
                    reason: FieldReceipt.Reason.faults.rawValue,
                    message: why,
                    order: ""
                )
            )
        }
    }

    /// The script that answers while there is no network; it lies beside the page because that is as far as it may reach.
    func worker(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        guard let script = parts.assets.bytes("field-worker.js") else { throw HTTPFault.notFound }
        return Response(
            status: .ok,
            headers: [.contentType: "text/javascript; charset=utf-8"],
            body: ResponseBody(byteBuffer: script)
        )
    }

    // MARK: Recording

    private func record(_ form: PageForm, _ desk: inout StaffDesk) async throws -> [FieldReceipt] {
        guard let id = form["id"].flatMap(UUID.init(uuidString:)) else { throw WorkForms.fault("id") }
        guard let order = form["order"].flatMap(UUID.init(uuidString:)),
            let job = try await ReadForStaff(parts.surroundings).order(order, at: desk.tenant, scope: desk.scope)
        else { throw UnknownWorkOrder() }
        desk.checklist = job.service?.fieldWork?.checklist
        let toldAt = form["told_at"].flatMap { try? Date($0, strategy: Self.told) }
        var actions: [FieldAction] = []
        if let deed = try WorkForms.deed(form, checklist: job.service?.fieldWork?.checklist) {
            actions.append(FieldAction(id: id, order: order, toldAt: toldAt, deed: deed))
        }
        let moment = form["moment"].flatMap(WorkPhoto.Moment.init) ?? .after
        for (index, file) in form.files.prefix(3).enumerated() {
            // The id of the form is the first action's; what comes with it has ids that follow from it.
            let own = actions.isEmpty && index == 0 ? id : WorkForms.derived(id, "photo \(index)")
            actions.append(
                FieldAction(id: own, order: order, toldAt: toldAt, deed: .photo(moment, file.data))
            )
        }
        if form["kind"] == "photo", actions.isEmpty { throw WorkForms.fault("photo") }
        let take = RecordFieldAction(parts.surroundings)
        var receipts: [FieldReceipt] = []
        for action in actions {
            do {
                receipts.append(try await take(action, at: desk.tenant, scope: desk.scope))
            } catch is RecordFieldAction.OtherAction {
                throw HTTPFault(
                    .unprocessableContent,
                    english: "another action was sent under this id",
                    french: "une autre action a été envoyée sous cet identifiant"
                )
            }
        }
        return receipts
    }

    private func message(_ receipt: FieldReceipt, _ desk: StaffDesk) -> String {
        guard let reason = receipt.reason else { return desk.words("staff.field.sent") }
        let faults = receipt.faults.map { desk.words(of: $0) }
        return faults.isEmpty
            ? desk.words("staff.field.reason.\(reason.rawValue)") : faults.joined(separator: "; ")
    }

    private static let told = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private func json(_ answer: Answer) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(answer)
        return Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data))
        )
    }

    // MARK: The page

    private func page(_ desk: StaffDesk, notice: String?, fault: String?) async throws -> Response {
        let day = try await ReadWorkDay(parts.surroundings)(at: desk.tenant, scope: desk.scope)
        let words = desk.words
        let jobs = day.jobs.enumerated().map { index, job in
            Job(
                order: WorkOrderView(job, crews: day.crews, position: index + 1, desk: desk),
                isFirst: index == 0,
                startID: UUID().uuidString,
                finishID: UUID().uuidString,
                blockID: UUID().uuidString,
                photoID: UUID().uuidString
            )
        }
        let files = [
            parts.assets.address("hub.css"), parts.assets.address("staff.css"), parts.assets.address("field.js"),
            parts.assets.address("icon.svg"), BrandSheet(colour: desk.tenant.tenant.brand.colour)?.address,
            parts.assets.leafletScript, parts.assets.leafletSheet,
        ]
        let view = FieldView(
            heading: words("staff.field.heading", ["day": desk.dates.day(day.day)]),
            crews: day.crews.map { $0.name[desk.language] }.joined(separator: ", "),
            action: desk.path("field"),
            send: desk.path("field/actions"),
            worker: desk.path("worker.js"),
            scope: desk.path("field"),
            token: desk.context.token,
            here: desk.path("field"),
            jobs: jobs,
            hasJobs: !jobs.isEmpty,
            empty: words(day.crews.isEmpty ? "staff.field.no-crew" : "staff.field.no-jobs"),
            done: day.done.map { WorkOrderView($0, crews: day.crews, desk: desk) },
            hasDone: !day.done.isEmpty,
            notice: notice,
            faults: fault.map { [StepChrome.FaultItem(field: "jobs", text: $0)] } ?? [],
            hasFaults: fault != nil,
            assets: files.compactMap(\.self).joined(separator: " ")
        )
        return try await parts.staffPage(
            "staff.field",
            view,
            desk.context,
            title: fault == nil ? view.heading : words("fault.title", ["page": view.heading]),
            here: "staff/field",
            hasMap: true,
            scripts: ["field.js"],
            status: fault == nil ? .ok : .badRequest
        )
    }
}
