public import Foundation

/// People who hold a role at a tenant, the first who is there first.
public struct NamedRole: Sendable, Hashable, Codable {
    /// The role: `supervisor`.
    public let role: RoleAddress

    /// Departments it is held for; empty means every one.
    public let departments: [DepartmentCode]

    /// The holder, then who stands in, in order; never empty.
    public let people: [RoleHolder]

    /// A role.
    public init(role: RoleAddress, departments: [DepartmentCode] = [], people: [RoleHolder]) {
        self.role = role
        self.departments = departments
        self.people = people
    }

    /// Who has the role at an instant.
    ///
    /// The first who is neither away nor outside the on-call times; else the first who is not away; else, everybody being away, the
    /// first, for somebody must be named.
    public func holder(at instant: Date, in timeZone: TimeZone) -> (person: RoleHolder, isCover: Bool)? {
        let there = people.firstIndex {
            $0.isThere(at: instant, in: timeZone) && $0.isOnCall(at: instant, in: timeZone)
        }
        let found = there ?? people.firstIndex { $0.isThere(at: instant, in: timeZone) } ?? people.indices.first
        return found.map { (people[$0], $0 != people.startIndex) }
    }
}

/// A person with a role.
public struct RoleHolder: Sendable, Hashable, Codable {
    /// Name as colleagues know it.
    public let name: String

    /// Address for alarms by mail.
    public let email: String?

    /// Number for alarms by text message, in international form.
    public let phone: String?

    /// Language alarms are written in.
    public let language: Language

    /// When the person is on call; nil means always.
    public let onCall: [Weekday: [OpenSpan]]?

    /// Days on which the person is away.
    public let away: [Absence]

    /// Days a person is away, both ends included.
    public struct Absence: Sendable, Hashable, Codable {
        /// First day.
        public let from: CalendarDay
        /// Last day.
        public let to: CalendarDay

        /// An absence.
        public init(from: CalendarDay, to: CalendarDay) {
            self.from = from
            self.to = to
        }
    }

    /// A person.
    public init(
        name: String,
        email: String? = nil,
        phone: String? = nil,
        language: Language = .english,
        onCall: [Weekday: [OpenSpan]]? = nil,
        away: [Absence] = []
    ) {
        self.name = name
        self.email = email
        self.phone = phone
        self.language = language
        self.onCall = onCall
        self.away = away
    }

    /// Whether the person is not away on the day of an instant.
    public func isThere(at instant: Date, in timeZone: TimeZone) -> Bool {
        let day = CalendarDay(instant, in: timeZone)
        return !away.contains { $0.from <= day && day <= $0.to }
    }

    /// Whether an instant lies in the person's on-call times.
    public func isOnCall(at instant: Date, in timeZone: TimeZone) -> Bool {
        guard let onCall else { return true }
        let local = LocalTime(instant, in: timeZone)
        let minutes = Int(local.seconds / 60)
        return (onCall[local.day.weekday] ?? []).contains { $0.from.minutes <= minutes && minutes < $0.to.minutes }
    }

    private enum CodingKeys: String, CodingKey {
        case name, email, phone, language, away
        case onCall = "on_call"
    }
}
