public import Domain
public import Foundation
import Postgres

/// What a queue of the staff shows; everything given must hold.
public struct StaffQueueFilter: Sendable, Hashable {
    /// Which requests.
    public var view: View
    /// Departments whose requests may be seen, with those of no department; nil for the whole tenant.
    public var departments: Set<String>?
    /// Only this department of them.
    public var department: String?
    /// Only this kind.
    public var service: ServiceCode?
    /// Only this priority.
    public var priority: Priority?
    /// Only with these words in the reference, the address or the description.
    public var search: String?
    /// The account that asks, for ``View/mine``.
    public var account: String
    /// What is late is late by this instant.
    public var now: Date

    /// Views that everybody has.
    public enum View: String, Sendable, Hashable, CaseIterable {
        /// Open and led by this tenant.
        case open
        /// With work given to a crew the account is in, or taken on by the account.
        case mine
        /// Past a deadline.
        case late
        /// Received and not read yet.
        case unread
        /// Reviewed, and nobody at work.
        case unassigned
        /// Offered to this tenant, waiting for its answer.
        case inbox
        /// Offered to another body, waiting for its answer.
        case offered
        /// Ended, the latest first.
        case ended
    }

    /// A filter.
    public init(
        view: View = .open,
        departments: Set<String>? = nil,
        department: String? = nil,
        service: ServiceCode? = nil,
        priority: Priority? = nil,
        search: String? = nil,
        account: String,
        now: Date
    ) {
        self.view = view
        self.departments = departments
        self.department = department
        self.service = service
        self.priority = priority
        self.search = search
        self.account = account
        self.now = now
    }

    /// The filter as a condition, for a view.
    func condition(_ view: View) -> SQL {
        var parts: [SQL] = [condition(of: view)]
        if let departments { parts.append("(department IS NULL OR department = ANY (\(departments.sorted())))") }
        if let department { parts.append("department = \(department)") }
        if let service { parts.append("service_code = \(service.rawValue)") }
        if let priority { parts.append("priority = \(priority.rawValue)") }
        if let search {
            let words = search.lowercased()
            parts.append(
                """
                (position(\(words) IN lower(service_request_id)) > 0
                    OR position(\(words) IN lower(address)) > 0
                    OR position(\(words) IN lower(description)) > 0)
                """
            )
        }
        return parts.joined(separator: "\n    AND ")
    }

    private func condition(of view: View) -> SQL {
        let own: SQL = "status = 'open' AND standing = 'lead'"
        switch view {
        case .open: return own
        case .mine:
            return """
                \(own)
                    AND EXISTS (
                        SELECT 1
                        FROM work_order
                        JOIN crew_member ON crew_member.crew_code = work_order.crew_code
                        WHERE work_order.service_request_id = service_request.service_request_id
                            AND work_order.ended_at IS NULL
                            AND crew_member.account_id = \(account)
                    )
                """
        case .late:
            return
                "\(own) AND (complete_due_at <= \(now) OR (step = 'received' AND review_due_at <= \(now)))"
        case .unread: return "\(own) AND step = 'received'"
        case .unassigned: return "\(own) AND step = 'reviewed'"
        case .inbox: return offer("in")
        case .offered: return offer("out")
        case .ended: return "status = 'closed' AND standing = 'lead'"
        }
    }

    private func offer(_ direction: String) -> SQL {
        """
        EXISTS (
                SELECT 1
                FROM hand_over
                WHERE hand_over.service_request_id = service_request.service_request_id
                    AND hand_over.state = 'offered'
                    AND hand_over.direction = \(direction)
            )
        """
    }
}

/// Requests as a department sees them: by deadline, whoever may read them in public.
public struct StaffQueue {
    /// Requests of one page.
    public static let pageSize = 50

    private let transaction: TenantTransaction

    /// The queue of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// One page, the next deadline first; ended ones by their end, the latest first.
    ///
    /// Without their decisions.
    ///
    /// - Parameter page: Counted from 1.
    public func page(_ filter: StaffQueueFilter, page: Int = 1) async throws -> [ServiceRequest] {
        let order: SQL =
            filter.view == .ended
            ? "updated_at DESC, service_request_id"
            : "priority = 'P1' DESC, complete_due_at NULLS LAST, review_due_at NULLS LAST, requested_at, service_request_id"
        let offset = (max(1, min(page, 10_000)) - 1) * Self.pageSize
        let rows = try await transaction.all(
            """
            SELECT \(ServiceRequests.columns)
            FROM service_request
            WHERE \(filter.condition(filter.view))
            ORDER BY \(order)
            LIMIT \(Self.pageSize)
            OFFSET \(offset)
            """
        )
        return try rows.map { try ServiceRequest($0) }
    }

    /// How many requests each view shows under the same scope and filter; ended ones are not counted.
    public func counts(_ filter: StaffQueueFilter) async throws -> [StaffQueueFilter.View: Int] {
        var counts: [StaffQueueFilter.View: Int] = [:]
        for view in StaffQueueFilter.View.allCases where view != .ended {
            let row = try await transaction.first(
                """
                SELECT count(*) AS requests
                FROM service_request
                WHERE \(filter.condition(view))
                """
            )
            counts[view] = try row.map { Int(try $0.decode("requests", as: Int64.self)) } ?? 0
        }
        return counts
    }

    /// One request, if it lies within a scope; nil for unknown and foreign ones alike.
    ///
    /// What was offered to this tenant and refused, or told to it, is none of its requests any more.
    public func read(_ reference: RequestReference, departments: Set<String>?) async throws -> ServiceRequest? {
        guard let request = try await ServiceRequests(transaction).read(reference) else { return nil }
        guard let departments else { return request }
        return request.department.map(departments.contains) ?? true ? request : nil
    }
}
