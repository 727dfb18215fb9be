import Domain
import Foundation
import Storage

/// Which part of the queue an address asks for: `?view=late&department=parks&q=oak&page=2`.
struct QueueQuery {
    var view: StaffQueueFilter.View
    var department: String?
    var priority: Priority?
    var search: String?
    var page: Int

    /// Reads the query; what is no view, no priority or no page counts as not given.
    init(_ form: PageForm) {
        self.init(fields: ["view", "department", "priority", "q"].reduce(into: [:]) { $0[$1] = form[$1] })
        page = form["page"].flatMap(Int.init).map { min(max($0, 1), 1_000) } ?? 1
    }

    /// Reads a saved view.
    init(fields: [String: String]) {
        view = fields["view"].flatMap(StaffQueueFilter.View.init) ?? .open
        department = fields["department"].flatMap { (try? DepartmentCode($0))?.rawValue }
        priority = fields["priority"].flatMap(Priority.init)
        search = fields["q"].map { String($0.prefix(100)) }
        page = 1
    }

    /// The same as fields, for saving and for addresses; the page is no part of it.
    var fields: [String: String] {
        var fields = ["view": view.rawValue]
        fields["department"] = department
        fields["priority"] = priority?.rawValue
        fields["q"] = search
        return fields
    }

    /// Whether more than a view narrows the list.
    var isNarrowed: Bool { department != nil || priority != nil || search != nil }

    /// `view=late&q=oak`.
    var text: String {
        fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.asQueryValue)" }.joined(separator: "&")
    }

    /// The same with another page.
    func at(page: Int) -> String { page == 1 ? text : "\(text)&page=\(page)" }

    /// The filter of the operation.
    func filter(now: Date) -> StaffQueueFilter {
        StaffQueueFilter(
            view: view,
            department: department,
            priority: priority,
            search: search,
            account: "",
            now: now
        )
    }
}
