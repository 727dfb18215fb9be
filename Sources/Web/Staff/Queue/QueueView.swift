import Domain
import Foundation
import Hub
import Storage

/// A department's queue as its page shows it.
struct QueueView {
    /// A link to a view, with how much it holds.
    struct ViewLink {
        let name: String
        let address: String
        let count: String?
        let isHere: Bool
    }

    /// A view the person saved.
    struct SavedLink {
        let id: String
        let name: String
        let address: String
        let remove: String
    }

    /// One request.
    struct Row {
        let reference: String
        let address: String
        let type: String
        let place: String
        let deadline: DeadlineMark
        let step: String
        let with: String
        let priority: String
        let priorityWord: String
        let isUrgent: Bool
        let pick: String
        let offer: String?
    }

    let heading: String
    let total: String
    let action: String
    let token: String
    let query: String
    let here: String
    let views: [ViewLink]
    let saved: [SavedLink]
    let hasSaved: Bool
    let saveAction: String
    let forgetAction: String
    let viewName: String
    let search: String
    let departments: [StaffChoice]
    let priorities: [StaffChoice]
    let isNarrowed: Bool
    let rows: [Row]
    let hasRows: Bool
    let empty: String
    let previous: String?
    let next: String?
    let crews: [StaffChoice]
    let mayChange: Bool
    let mayPlan: Bool
    let mayDoAnything: Bool
    let notice: String?
    let today: String

    init(_ page: StaffQueuePage, _ query: QueueQuery, crews: [Crew], desk: StaffDesk, notice: String?) {
        let words = desk.words
        heading = words("staff.queue.view.\(query.view.rawValue)")
        total = words.plural(
            "staff.queue.count",
            query.view == .ended ? page.rows.count : page.counts[query.view] ?? page.rows.count
        )
        action = desk.path("queue")
        token = desk.context.token
        self.query = query.text
        here = desk.path("queue?\(query.at(page: query.page))")
        views = StaffQueueFilter.View.allCases.map { view in
            var other = query
            other.view = view
            return ViewLink(
                name: words("staff.queue.view.\(view.rawValue)"),
                address: desk.path("queue?\(other.text)"),
                count: page.counts[view].map(String.init),
                isHere: view == query.view
            )
        }
        saved = page.saved.map { view in
            SavedLink(
                id: view.id.uuidString,
                name: view.name,
                address: desk.path("queue?\(QueueQuery(fields: view.filter).text)"),
                remove: words("staff.queue.forget", ["name": view.name])
            )
        }
        hasSaved = !page.saved.isEmpty
        saveAction = desk.path("queue/views")
        forgetAction = desk.path("queue/views/forget")
        viewName = query.view.rawValue
        search = query.search ?? ""
        departments = desk.departments(chosen: query.department)
        priorities = Priority.allCases.map {
            StaffChoice($0.rawValue, words("staff.priority.\($0.rawValue)"), chosen: query.priority?.rawValue)
        }
        isNarrowed = query.isNarrowed
        rows = page.rows.map { Row($0, desk) }
        hasRows = !page.rows.isEmpty
        empty = words(query.isNarrowed ? "staff.queue.empty-filter" : "staff.queue.empty")
        previous = query.page > 1 ? desk.path("queue?\(query.at(page: query.page - 1))") : nil
        next = page.hasMore ? desk.path("queue?\(query.at(page: query.page + 1))") : nil
        self.crews = desk.choices(of: crews, chosen: nil)
        let (isClerk, isPlanner) = (desk.context.session.may(.changeRequests), desk.context.session.may(.planWork))
        mayChange = isClerk
        mayPlan = isPlanner
        mayDoAnything = (isClerk || isPlanner) && !page.rows.isEmpty
        self.notice = notice
        today = desk.tenant.day(of: desk.now).description
    }
}

extension QueueView.Row {
    init(_ row: StaffQueueRow, _ desk: StaffDesk) {
        let words = desk.words
        let request = row.request
        reference = request.reference.rawValue
        address = desk.path(of: request.reference)
        type = row.service?.name[desk.language] ?? request.serviceCode.rawValue
        place = desk.place(of: request) ?? words("staff.no-place")
        deadline = DeadlineMark(request, now: desk.now, dates: desk.dates, words: words)
        step = words("step.\(request.step.rawValue)")
        let open = row.orders.filter(\.isOpen)
        with =
            if let order = open.first(where: { $0.crew != nil }) ?? open.first {
                words(
                    "staff.queue.order",
                    [
                        "state": words("staff.work-state.\(order.state.name)"),
                        "day": order.day.map { desk.dates.shortDay($0) } ?? words("staff.no-day"),
                    ]
                )
            } else {
                desk.department(request.department) ?? words("staff.no-department")
            }
        priority = request.priority.rawValue
        priorityWord = words("staff.priority.\(request.priority.rawValue)")
        isUrgent = request.priority <= .p2
        pick = words("staff.queue.pick", ["ref": request.reference.rawValue])
        offer = row.offer.map { offer in
            words(
                offer.direction == .into ? "staff.queue.offered-us" : "staff.queue.offered-them",
                ["date": desk.dates.moment(offer.handOver.answerDue)]
            )
        }
    }
}
