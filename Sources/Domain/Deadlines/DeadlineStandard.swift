/// Targets that take the place of a type's own where they apply: by department, priority, road class, season.
///
/// A change is a new dated entry; a request keeps what held when its clock began.
public struct DeadlineStandard: Sendable, Hashable, Codable {
    /// Where it applies.
    public let scope: Scope

    /// Time to review; nil leaves the type's own.
    public let review: SLATarget?

    /// Time to complete; nil leaves the type's own.
    public let complete: SLATarget?

    /// First day it holds.
    public let validFrom: CalendarDay

    /// Last day it holds; nil means until further notice.
    public let validUntil: CalendarDay?

    /// Where a standard applies; every part that is given must fit.
    public struct Scope: Sendable, Hashable, Codable {
        /// Types; empty means all.
        public let services: [ServiceCode]
        /// Parts of service; empty means all.
        public let parts: [PartPattern]
        /// Departments; empty means all.
        public let departments: [DepartmentCode]
        /// Priorities; empty means all.
        public let priorities: [Priority]
        /// Classes of road, 1 to 6; empty means all, and places without a road.
        public let roadClasses: [Int]
        /// Part of the year in which the clock begins; nil means all of it.
        public let season: SeasonWindow?

        /// A scope.
        public init(
            services: [ServiceCode] = [],
            parts: [PartPattern] = [],
            departments: [DepartmentCode] = [],
            priorities: [Priority] = [],
            roadClasses: [Int] = [],
            season: SeasonWindow? = nil
        ) {
            self.services = services
            self.parts = parts
            self.departments = departments
            self.priorities = priorities
            self.roadClasses = roadClasses
            self.season = season
        }

        private enum CodingKeys: String, CodingKey {
            case services, parts, departments, priorities, season
            case roadClasses = "road_classes"
        }
    }

    /// What is known of a clock that begins.
    public struct Question: Sendable, Hashable {
        /// The type.
        public let service: ServiceCode
        /// The part of service.
        public let part: ServicePart
        /// The department; nil when unknown.
        public let department: DepartmentCode?
        /// How urgent.
        public let priority: Priority
        /// Class of the road as road data spell it; nil without a road.
        public let roadClass: String?
        /// Local day on which the clock begins.
        public let day: CalendarDay

        /// A question.
        public init(
            service: ServiceCode,
            part: ServicePart,
            department: DepartmentCode?,
            priority: Priority,
            roadClass: String?,
            day: CalendarDay
        ) {
            self.service = service
            self.part = part
            self.department = department
            self.priority = priority
            self.roadClass = roadClass
            self.day = day
        }
    }

    /// A standard.
    public init(
        scope: Scope,
        review: SLATarget? = nil,
        complete: SLATarget? = nil,
        validFrom: CalendarDay,
        validUntil: CalendarDay? = nil
    ) {
        self.scope = scope
        self.review = review
        self.complete = complete
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    /// Whether it holds for a clock that begins.
    public func applies(to question: Question) -> Bool {
        guard validFrom <= question.day, validUntil.map({ question.day <= $0 }) ?? true else { return false }
        func fits<Value: Equatable>(_ allowed: [Value], _ value: Value?) -> Bool {
            allowed.isEmpty || value.map(allowed.contains) ?? false
        }
        return fits(scope.services, question.service)
            && (scope.parts.isEmpty || scope.parts.contains { $0.covers(question.part) })
            && fits(scope.departments, question.department)
            && fits(scope.priorities, question.priority)
            && fits(scope.roadClasses, question.roadClass.flatMap(RoadClassTargets.number(ofClass:)))
            && (scope.season?.contains(question.day) ?? true)
    }

    private enum CodingKeys: String, CodingKey {
        case scope, review, complete
        case validFrom = "valid_from"
        case validUntil = "valid_until"
    }
}
