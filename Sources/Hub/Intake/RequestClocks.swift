public import Domain
public import Foundation

/// The two clocks of a request as they start: by type, answers, department, priority, road class, season, calendar and the instant
/// it was received.
public struct RequestClocks: Sendable, Hashable {
    /// How urgent.
    public let priority: Priority
    /// When a person must have read it; nil when nothing is promised.
    public let reviewDue: Date?
    /// When it must be done (made safe, inspected, answered: what the type promises); nil when nothing is promised.
    public let completeDue: Date?
    /// What the clocks count by, stored with the request.
    public let slaVersion: String
    /// Time to review.
    public let reviewTarget: SLATarget?
    /// Time to complete.
    public let completeTarget: SLATarget?

    /// Clocks of a type at one tenant.
    ///
    /// A type that completes by road class takes the class of the road that decided; a road without class, or of a class
    /// without standard, falls back to the type's own target. Over all of it stand the tenant's own standards by department,
    /// priority, road class and season: the first that applies to a clock decides.
    ///
    /// - Parameter department: The department that has it; nil: the type's own.
    public init(
        service: Service,
        answers: Answers,
        road: NearbyRoad?,
        tenant: HostedTenant,
        received: Date,
        department: String? = nil
    ) {
        self.init(
            service: service,
            answers: answers,
            roadClass: road?.roadClass,
            configuration: tenant.configuration,
            digest: tenant.digest,
            received: received,
            department: department
        )
    }

    /// The same by a tenant's files, in force or not.
    init(
        service: Service,
        answers: Answers,
        roadClass: String?,
        configuration: TenantConfiguration,
        digest: String,
        received: Date,
        department: String?
    ) {
        let terms = service.effective(answers)
        let calendar = configuration.calendar
        var review = terms.sla.review
        var complete = terms.sla.complete
        var version = "\(digest.prefix(12)):\(service.code)"
        if terms.sla.completeByRoadClass, let roadClass,
            let standard = RoadClassTargets.ontario.standard(
                for: RoadClassTargets.defect(ofPart: service.part),
                roadClass: roadClass
            )
        {
            complete = standard.target
            version += ":class-\(roadClass)"
        }
        let standards = configuration.deadlinePolicy.standards
        if !standards.isEmpty {
            let question = DeadlineStandard.Question(
                service: service.code,
                part: service.part,
                department: department.map(DepartmentCode.init(trusted:)) ?? service.department,
                priority: terms.priority,
                roadClass: roadClass,
                day: calendar.day(of: received)
            )
            let applying = standards.enumerated().filter { $0.element.applies(to: question) }
            if let (number, standard) = applying.first(where: { $0.element.review != nil }) {
                review = standard.review
                version += ":review-standard-\(number + 1)"
            }
            if let (number, standard) = applying.first(where: { $0.element.complete != nil }) {
                complete = standard.complete
                version += ":standard-\(number + 1)"
            }
        }
        priority = terms.priority
        reviewTarget = review
        completeTarget = complete
        reviewDue = review.map { calendar.due(from: received, target: $0) }
        completeDue = complete.map { calendar.due(from: received, target: $0) }
        slaVersion = version
    }

    /// The clocks as they are stored.
    ///
    /// - Parameters:
    ///   - reviewDue: Another due time of the review clock, which goes on from another body.
    ///   - completeDue: The same of the complete clock.
    func stored(
        from start: Date,
        round: Int = 1,
        priority: Priority,
        tenant: HostedTenant,
        reviewDue: Date? = nil,
        completeDue: Date? = nil
    ) -> [RequestClock] {
        func clock(_ kind: RequestClock.Kind, _ target: SLATarget?, _ due: Date?) -> RequestClock? {
            target.map { target in
                RequestClock(
                    starting: kind,
                    round: round,
                    at: start,
                    target: target,
                    due: due,
                    slaVersion: slaVersion,
                    calendar: tenant.calendar,
                    ladder: tenant.configuration.deadlinePolicy.ladder,
                    priority: priority
                )
            }
        }
        return [
            clock(.review, reviewTarget, reviewDue ?? self.reviewDue),
            clock(.complete, completeTarget, completeDue ?? self.completeDue),
        ].compactMap(\.self)
    }
}
