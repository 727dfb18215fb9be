public import Domain
public import Foundation

/// The two clocks of a request as they start: by type, answers, road class, calendar and the instant it was received.
public struct RequestClocks: Sendable, Hashable {
    /// How urgent.
    public let priority: Priority
    /// When a person must have read it; nil when nothing is promised.
    public let reviewDue: Date?
    /// When it must be done (made safe, inspected, answered: what the type promises); nil when nothing is promised.
    public let completeDue: Date?
    /// What the completion clock counts by, stored with the request.
    public let slaVersion: String

    /// Clocks of a type at one tenant.
    ///
    /// A type that completes by road class takes the class of the road that decided; a road without class, or of a class
    /// without standard, falls back to the type's own target.
    public init(
        service: Service,
        answers: Answers,
        road: NearbyRoad?,
        tenant: HostedTenant,
        received: Date
    ) {
        let terms = service.effective(answers)
        priority = terms.priority
        reviewDue = terms.sla.review.map { tenant.calendar.due(from: received, target: $0) }
        var complete = terms.sla.complete
        var version = "\(tenant.digest.prefix(12)):\(service.code)"
        if terms.sla.completeByRoadClass, let roadClass = road?.roadClass,
            let standard = RoadClassTargets.ontario.standard(
                for: RoadClassTargets.defect(ofPart: service.part),
                roadClass: roadClass
            )
        {
            complete = standard.target
            version += ":class-\(roadClass)"
        }
        completeDue = complete.map { tenant.calendar.due(from: received, target: $0) }
        slaVersion = version
    }
}
