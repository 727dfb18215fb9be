import Domain
import Foundation
import Hub
import Hummingbird
import Storage

/// A department's queue: views, filters, saved views, and things done with several requests at once.
struct QueuePages: Sendable {
    let parts: PageParts

    /// What became of each request of a bulk action.
    struct BulkView {
        struct Line {
            let reference: String
            let address: String
            let text: String
            let isDone: Bool
        }

        let heading: String
        let lines: [Line]
        let back: String
    }

    /// The queue.
    func show(_ request: Request, _ context: StaffContext) async throws -> Response {
        let form = try PageForm(query: request)
        let query = QueueQuery(form)
        let desk = StaffDesk(parts: parts, context: context)
        let notice = form["done"] == "view" ? desk.words("staff.queue.saved") : nil
        return try await page(query, desk, notice: notice)
    }

    private func page(_ query: QueueQuery, _ desk: StaffDesk, notice: String?) async throws -> Response {
        let surroundings = parts.surroundings
        let page = try await ReadStaffQueue(surroundings)(
            query.filter(now: desk.now),
            page: query.page,
            at: desk.tenant,
            scope: desk.scope
        )
        let crews = try await ManageCrews(surroundings).all(of: desk.tenant)
        let view = QueueView(page, query, crews: crews, desk: desk, notice: notice)
        return try await parts.staffPage(
            "staff.queue",
            view,
            desk.context,
            title: view.heading,
            here: "staff/queue?\(query.at(page: query.page))",
            scripts: ["staff.js"]
        )
    }

    /// Saves what is shown under a name.
    func save(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let query = QueueQuery(form)
        guard let name = form["name"].map({ String($0.prefix(60)) }) else {
            return .seeOther(desk.path("queue?\(query.text)"))
        }
        try await ManageCrews(parts.surroundings).save(
            StoredStaffView(name: name, filter: query.fields),
            of: desk.scope.account,
            at: desk.tenant
        )
        return .seeOther(desk.path("queue?\(query.text)&done=view"))
    }

    /// Forgets a saved view.
    func forget(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        guard let id = form["saved"].flatMap(UUID.init(uuidString:)),
            try await ManageCrews(parts.surroundings).forget(id, of: desk.scope.account, at: desk.tenant)
        else { throw HTTPFault.notFound }
        return .seeOther(desk.path("queue"))
    }

    /// Does one thing with every request that was picked; each is told of by itself.
    func bulk(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let picked = form.all("pick").prefix(StaffQueue.pageSize)
        var lines: [BulkView.Line] = []
        for typed in picked {
            do {
                let reference = try RequestReference(parsing: String(typed.prefix(60)))
                try await carryOut(form, reference, desk)
                lines.append(
                    BulkView.Line(
                        reference: reference.rawValue,
                        address: desk.path(of: reference),
                        text: desk.words("staff.bulk.done"),
                        isDone: true
                    )
                )
            } catch {
                guard let why = desk.explain(error) else { throw error }
                let shown = FieldFault.excerpt(typed)
                let address = desk.path("requests/\(shown.asQueryValue)")
                lines.append(BulkView.Line(reference: shown, address: address, text: why, isDone: false))
            }
        }
        let done = lines.filter(\.isDone).count
        let view = BulkView(
            heading: desk.words(
                lines.isEmpty ? "staff.bulk.nothing" : "staff.bulk.heading",
                ["done": String(done), "refused": String(lines.count - done)]
            ),
            lines: lines,
            back: desk.path("queue?\(QueueQuery(form).text)")
        )
        return try await parts.staffPage(
            "staff.bulk",
            view,
            context,
            title: view.heading,
            here: "staff/queue?\(QueueQuery(form).text)",
            status: lines.isEmpty ? .badRequest : .ok
        )
    }

    private func carryOut(_ form: PageForm, _ reference: RequestReference, _ desk: StaffDesk) async throws {
        let surroundings = parts.surroundings
        switch form["go"] {
        case "note":
            guard let words = form["note"] else { throw WorkOrder.InvalidTask() }
            try await StaffSteps(surroundings).note(words, on: reference, at: desk.tenant, scope: desk.scope)
        case "order":
            guard desk.context.session.may(.planWork) else { throw HTTPFault.denied }
            _ = try await MakeWorkOrder(surroundings)(
                reference,
                try WorkForms.draft(form),
                at: desk.tenant,
                scope: desk.scope
            )
        default:
            _ = try await StaffSteps(surroundings).take(.review, reference, at: desk.tenant, scope: desk.scope)
        }
    }
}
