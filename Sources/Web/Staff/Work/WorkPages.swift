import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import NIOCore
import Storage

/// Planning: the open orders of a department by day, and the page of one order.
struct WorkPages: Sendable {
    let parts: PageParts

    /// Open orders of one day, or without one.
    struct Day {
        let name: String
        let orders: [WorkOrderView]
    }

    /// Open orders by day.
    struct PlanView {
        let heading: String
        let days: [Day]
        let hasDays: Bool
        let crews: String?
    }

    /// One order.
    struct OrderView {
        let order: WorkOrderView
        let heading: String
        let action: String
        let token: String
        let version: Int
        let day: String
        let crews: [StaffChoice]
        let mayPlan: Bool
        let cancellations: [StaffChoice]
        let notice: String?
        let faults: [StepChrome.FaultItem]
        let hasFaults: Bool
    }

    /// The open orders, by day.
    func plan(_ request: Request, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let manage = ManageCrews(parts.surroundings)
        let jobs = try await manage.openOrders(of: desk.scope.departments, at: desk.tenant)
        let crews = try await manage.all(of: desk.tenant)
        var days: [(day: CalendarDay?, jobs: [FieldJob])] = []
        for job in jobs {
            if let last = days.indices.last, days[last].day == job.order.day {
                days[last].jobs.append(job)
            } else {
                days.append((job.order.day, [job]))
            }
        }
        let view = PlanView(
            heading: desk.words("staff.plan.heading"),
            days: days.map { day, jobs in
                Day(
                    name: day.map { desk.dates.day($0) } ?? desk.words("staff.plan.no-day"),
                    orders: jobs.map { WorkOrderView($0, crews: crews, desk: desk) }
                )
            },
            hasDays: !days.isEmpty,
            crews: desk.path("crews")
        )
        return try await parts.staffPage("staff.plan", view, context, title: view.heading, here: "staff/work")
    }

    /// One order.
    func show(_ request: Request, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let notice = try PageForm(query: request)["done"] == nil ? nil : desk.words("staff.work.done")
        return try await page(try desk.id(), desk, notice: notice)
    }

    /// Plans an order, or calls it off.
    func answer(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let id = try desk.id()
        let go = form["go"]
        do {
            try await carryOut(go, form, id, desk)
            return .seeOther("\(desk.path("work/\(id.uuidString)"))?done=1")
        } catch {
            if error is UnknownWorkOrder { throw HTTPFault.notFound }
            guard let why = desk.explain(error) else { throw error }
            let fault = StepChrome.FaultItem(field: go == "cancel" ? "reason" : "day", text: why)
            return try await page(id, desk, faults: [fault])
        }
    }

    private func carryOut(_ go: String?, _ form: PageForm, _ id: UUID, _ desk: StaffDesk) async throws {
        let take = TakeWorkStep(parts.surroundings)
        var expected = form["version"].flatMap(Int.init)
        if go == "cancel" {
            guard let reason = form["reason"].flatMap(WorkOrder.Cancellation.init) else {
                throw WorkForms.fault("reason")
            }
            _ = try await take(.cancel(reason), id, at: desk.tenant, scope: desk.scope, expecting: expected)
            return
        }
        guard let shown = try await ReadForStaff(parts.surroundings).order(id, at: desk.tenant, scope: desk.scope)
        else {
            throw UnknownWorkOrder()
        }
        if let day = try WorkForms.day(form), day != shown.order.day {
            let order = try await take(.schedule(day), id, at: desk.tenant, scope: desk.scope, expecting: expected)
            expected = order.rowVersion
        }
        if let text = form["crew"], text != shown.order.crew?.rawValue {
            let crew = CrewCode(rawValue: text) ?? CrewCode(trusted: "unknown")
            _ = try await take(.assign(crew), id, at: desk.tenant, scope: desk.scope, expecting: expected)
        }
    }

    /// A photo of the work, for who may see the order; everything else is exactly as unknown.
    func photo(_ request: Request, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let wanted = try desk.id("photo")
        let job = try await ReadForStaff(parts.surroundings).order(try desk.id(), at: desk.tenant, scope: desk.scope)
        guard let photo = job?.photos.first(where: { $0.id == wanted }),
            let file = parts.surroundings.photos.file(of: photo.contentHash),
            let data = try? Data(contentsOf: file, options: .mappedIfSafe)
        else { throw HTTPFault.notFound }
        var headers: HTTPFields = [
            .contentType: "image/jpeg", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentLength: String(data.count),
        ]
        if let policy = HTTPField.Name("Content-Security-Policy") { headers[policy] = "default-src 'none'; sandbox" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }

    private func page(
        _ id: UUID,
        _ desk: StaffDesk,
        notice: String? = nil,
        faults: [StepChrome.FaultItem] = []
    ) async throws -> Response {
        let surroundings = parts.surroundings
        guard let job = try await ReadForStaff(surroundings).order(id, at: desk.tenant, scope: desk.scope) else {
            throw HTTPFault.notFound
        }
        let crews = try await ManageCrews(surroundings).all(of: desk.tenant)
        let order = WorkOrderView(job, crews: crews, desk: desk)
        let view = OrderView(
            order: order,
            heading: desk.words("staff.work.heading", ["n": String(job.order.number), "type": order.type]),
            action: desk.path("work/\(id.uuidString)"),
            token: desk.context.token,
            version: job.order.rowVersion,
            day: job.order.day?.description ?? "",
            crews: desk.choices(of: crews, chosen: job.order.crew),
            mayPlan: desk.context.session.may(.planWork) && job.order.isOpen,
            cancellations: [WorkOrder.Cancellation.notNeeded, .replaced, .mistake].map {
                StaffChoice($0.rawValue, desk.words("staff.cancellation.\($0.rawValue)"), chosen: nil)
            },
            notice: notice,
            faults: faults,
            hasFaults: !faults.isEmpty
        )
        return try await parts.staffPage(
            "staff.order",
            view,
            desk.context,
            title: faults.isEmpty ? view.heading : desk.words("fault.title", ["page": view.heading]),
            here: "staff/work/\(id.uuidString)",
            back: FrameView.Link(text: desk.words("staff.work.back"), address: desk.path(of: job.order.reference)),
            status: faults.isEmpty ? .ok : .badRequest
        )
    }
}
