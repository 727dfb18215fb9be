import Domain
import Foundation
import Storage

/// A request of another tenant as the receiving tenant keeps it: its own type, department, priority and clocks; the same reference
/// and words.
struct ReceivedCopy {
    /// The type it was taken under at the sender, whose answers are carried over; nil when the sender no longer has it.
    let asked: Service?
    let receiver: HostedTenant

    /// The copy, open and unread.
    func of(_ original: ServiceRequest, standing: ServiceRequest.Standing, now: Date) -> ServiceRequest {
        var request = original
        request.tenant = receiver.id
        request.standing = standing
        request.counterpart = nil
        request.life = .received
        request.rowVersion = 1
        request.updatedAt = max(now, original.requestedAt)
        request.catalogueVersion = receiver.version
        request.calendarVersion = receiver.calendar.version
        guard let service = receiver.service(forPublicType: original.publicType, at: now) else { return request }
        if let asked {
            let transfer = AnswerTransfer(
                original.answers,
                from: asked,
                to: service,
                language: original.language,
                staffOnly: original.staffOnlyAnswers
            )
            request.answers = transfer.answers
            request.description = transfer.appended(to: original.description)
        }
        request.staffOnlyAnswers = Set(original.staffOnlyAnswers)
            .union(StaffOnlyAnswers.codes(in: request.answers, of: service)).sorted()
        // A body that knows the matter only as "something else" still owes what the public type promises.
        let promising = service.isCatchAll ? asked ?? service : service
        let clocks = RequestClocks(
            service: promising,
            answers: request.answers,
            road: original.decision?.road,
            tenant: receiver,
            received: now
        )
        if let flow = service.flow { request.life = request.life.following(flow) }
        request.serviceCode = service.code
        request.department =
            original.decision?.lead.tenantID == receiver.id
            ? original.decision?.department ?? service.department.rawValue : service.department.rawValue
        request.priority = min(clocks.priority, original.priority)
        request.reviewDue = clocks.reviewDue
        request.completeDue = clocks.completeDue
        request.slaVersion = clocks.slaVersion
        request.visibility = original.visibility.stricter(than: service.visibility)
        return request
    }
}
