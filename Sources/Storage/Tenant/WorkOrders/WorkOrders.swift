public import Domain
public import Foundation
import Postgres

/// The work orders of one tenant.
///
/// Whoever changes one has locked its request first with ``ServiceRequests/readForUpdate(_:)``; so two people on one request come one
/// after the other, and the history has one order.
public struct WorkOrders {
    private let transaction: TenantTransaction

    /// The work orders of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a new order.
    public func insert(_ order: WorkOrder, by actor: String) async throws {
        let state = StateColumns(order.state)
        let report = try order.report.map(JSONValue.init)
        try await transaction.queue(
            """
            INSERT INTO work_order
                (work_order_id, service_request_id, number, department, task, priority, due_at, state, reason, note,
                planned_day, crew_code, made_at, made_by, started_at, ended_at, report, row_version)
            VALUES
                (\(order.id), \(order.reference.rawValue), \(order.number), \(order.department.rawValue), \(order.task),
                \(order.priority.rawValue), \(order.due), \(order.state.name), \(state.reason), \(state.note),
                \(order.day.map { PostgresDay($0) }), \(order.crew?.rawValue), \(order.madeAt), \(actor),
                \(order.startedAt), \(order.endedAt), \(report), \(order.rowVersion))
            """
        )
    }

    /// Saves an order that was read with this row version; false when somebody else was first, and nothing changed.
    public func save(_ order: WorkOrder) async throws -> Bool {
        let state = StateColumns(order.state)
        let report = try order.report.map(JSONValue.init)
        let count = try await transaction.change(
            """
            UPDATE work_order
            SET state = \(order.state.name), reason = \(state.reason), note = \(state.note),
                planned_day = \(order.day.map { PostgresDay($0) }), crew_code = \(order.crew?.rawValue),
                started_at = \(order.startedAt), ended_at = \(order.endedAt), report = \(report),
                row_version = \(order.rowVersion + 1)
            WHERE work_order_id = \(order.id)
                AND row_version = \(order.rowVersion)
            """
        )
        return count == 1
    }

    /// One order; nil when this tenant has none of that id.
    public func read(_ id: UUID) async throws -> WorkOrder? {
        try await transaction.first("\(Self.selected)\nWHERE work_order_id = \(id)").map { try WorkOrder($0) }
    }

    /// The orders of a request, by number.
    public func of(_ reference: RequestReference) async throws -> [WorkOrder] {
        try await of([reference])[reference] ?? []
    }

    /// The orders of some requests, by number; requests without any are left out.
    public func of(_ references: [RequestReference]) async throws -> [RequestReference: [WorkOrder]] {
        let rows = try await transaction.all(
            """
            \(Self.selected)
            WHERE service_request_id = ANY (\(references.map(\.rawValue)))
            ORDER BY service_request_id, number
            """
        )
        return Dictionary(grouping: try rows.map { try WorkOrder($0) }, by: \.reference)
    }

    /// What some crews have before them on a day: open orders planned for it or earlier, or for no day, and those they ended
    /// since `since`.
    public func work(of crews: [CrewCode], on day: CalendarDay, endedSince since: Date) async throws -> [WorkOrder] {
        let rows = try await transaction.all(
            """
            \(Self.selected)
            WHERE crew_code = ANY (\(crews.map(\.rawValue)))
                AND (
                    (ended_at IS NULL AND (planned_day IS NULL OR planned_day <= \(PostgresDay(day))))
                    OR (state = 'done' AND ended_at >= \(since))
                )
            ORDER BY made_at, work_order_id
            LIMIT 500
            """
        )
        return try rows.map { try WorkOrder($0) }
    }

    /// Open orders of departments, the ones planned first first; nil: of all departments.
    ///
    /// - Parameter page: Counted from 1.
    public func open(
        departments: [String]?,
        day: CalendarDay? = nil,
        page: Int = 1,
        pageSize: Int = 100
    ) async throws -> [WorkOrder] {
        var parts: [SQL] = ["ended_at IS NULL"]
        if let departments { parts.append("department = ANY (\(departments))") }
        if let day { parts.append("planned_day = \(PostgresDay(day))") }
        let offset = max(0, min(page, 10_000) - 1) * pageSize
        let rows = try await transaction.all(
            """
            \(Self.selected)
            WHERE \(parts.joined(separator: " AND "))
            ORDER BY planned_day NULLS LAST, priority, due_at NULLS LAST, work_order_id
            LIMIT \(pageSize)
            OFFSET \(offset)
            """
        )
        return try rows.map { try WorkOrder($0) }
    }

    private static let selected: SQL = """
        SELECT work_order_id, service_request_id, number, department, task, priority, due_at, state, reason, note,
            planned_day, crew_code, made_at, started_at, ended_at, report, row_version
        FROM work_order
        """
}

/// What of a state has columns of its own.
private struct StateColumns {
    var reason: String?
    var note: String?

    init(_ state: WorkOrder.State) {
        switch state {
        case .blocked(let obstacle, let note):
            reason = obstacle.rawValue
            self.note = note
        case .cancelled(let cancellation): reason = cancellation.rawValue
        case .drafted, .scheduled, .assigned, .started, .done: break
        }
    }
}

extension WorkOrder {
    init(_ row: Row) throws {
        let report: WorkReport? = try row.jsonIfPresent("report")?.decoded()
        self.init(
            stored: try row.decode("work_order_id"),
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            number: try row.decode("number"),
            department: DepartmentCode(trusted: try row.decode("department")),
            task: try row.decode("task"),
            priority: try row.word("priority"),
            due: try row.decode("due_at"),
            madeAt: try row.decode("made_at"),
            state: try Self.state(row, report),
            day: try row.dayIfPresent("planned_day"),
            crew: try row.decode("crew_code", as: String?.self).map(CrewCode.init(trusted:)),
            startedAt: try row.decode("started_at"),
            endedAt: try row.decode("ended_at"),
            report: report,
            rowVersion: try row.decode("row_version")
        )
    }

    private static func state(_ row: Row, _ report: WorkReport?) throws -> State {
        let name = try row.decode("state", as: String.self)
        switch (name, report) {
        case ("drafted", _): return .drafted
        case ("scheduled", _): return .scheduled
        case ("assigned", _): return .assigned
        case ("started", _): return .started
        case ("blocked", _): return .blocked(try row.word("reason"), note: try row.decode("note"))
        case ("cancelled", _): return .cancelled(try row.word("reason"))
        case ("done", let report?): return .done(report.outcome)
        default: throw StorageError.unreadable(what: "state of a work order: \(name)")
        }
    }
}
