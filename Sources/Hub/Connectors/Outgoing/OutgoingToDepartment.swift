import Domain
import Foundation
import Storage

/// The outbox row of a message to a department's own system.
enum OutgoingToDepartment {
    /// A new request, or what became of it.
    ///
    /// What only the lead's staff may read stays out of the row unless the target's file says that it receives it.
    static func item(
        _ request: ServiceRequest,
        _ event: RequestEvent? = nil,
        to target: ForwardingTarget,
        at now: Date
    ) throws -> OutboxItem {
        OutboxItem(
            kind: OutboxKind(target.kind).rawValue,
            target: OutboxTarget.of(target),
            orderKey: target.terms.order == .target ? target.code : request.reference.rawValue,
            payload: try StoredJSON(
                DepartmentMessage(
                    request: target.receivesStaffOnly ? request : request.withoutStaffOnlyAnswers,
                    target: target.code,
                    event: event
                )
            ),
            createdAt: now
        )
    }
}
