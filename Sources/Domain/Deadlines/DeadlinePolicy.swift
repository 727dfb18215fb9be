/// What a tenant has decided about deadlines beyond its types: standards, pauses, ladder, quiet hours, roles, weather events.
///
/// Source: `deadlines.yml` of the tenant's folder; without the file ``standard`` holds.
public struct DeadlinePolicy: Sendable, Hashable, Codable {
    /// Targets that take the place of a type's own, by department, priority, road class, season; the first that applies decides.
    public let standards: [DeadlineStandard]

    /// Reasons for which clocks may stand still; what is not listed cannot be a reason.
    public let pauses: [PauseRule]

    /// Who is told when.
    public let ladder: EscalationLadder

    /// When nobody is disturbed for what can wait; nil: alarms go out at any hour.
    public let quietHours: QuietHours?

    /// Who holds which role.
    public let roles: [NamedRole]

    /// What a declared weather event may suspend; nil: none may be declared.
    public let weather: WeatherRule?

    /// Share of the time allowed at which the new date of a late request lies, in percent; more than 100.
    public let newDatePercent: Int

    /// A policy.
    public init(
        standards: [DeadlineStandard] = [],
        pauses: [PauseRule] = PauseRule.standard,
        ladder: EscalationLadder = .standard,
        quietHours: QuietHours? = .standard,
        roles: [NamedRole] = [],
        weather: WeatherRule? = .standard,
        newDatePercent: Int = 150
    ) {
        self.standards = standards
        self.pauses = pauses
        self.ladder = ladder
        self.quietHours = quietHours
        self.roles = roles
        self.weather = weather
        self.newDatePercent = newDatePercent
    }

    /// What holds where a tenant has said nothing.
    public static let standard = DeadlinePolicy()

    /// The rule for a reason; nil when the tenant does not know the reason.
    public func pauseRule(_ reason: RequestLife.PauseReason) -> PauseRule? {
        pauses.first { $0.reason == reason }
    }

    private enum CodingKeys: String, CodingKey {
        case standards, pauses, ladder, roles, weather
        case quietHours = "quiet_hours"
        case newDatePercent = "new_date_percent"
    }
}

extension TenantConfiguration {
    /// The tenant's own policy, or what holds where it has said nothing.
    public var deadlinePolicy: DeadlinePolicy { deadlines ?? .standard }
}
