/// Everything one tenant's folder says, checked; stored as JSON under a version number.
///
/// A service request keeps the version of the configuration it was made with, so stored versions are read for ever: a later program that
/// adds a field gives it a default here and raises ``currentFormat``.
public struct TenantConfiguration: Sendable, Hashable, Codable {
    /// Number of the JSON shape this program writes.
    public static let currentFormat = 1

    /// Number of the JSON shape this value was read from.
    public let format: Int

    /// Who the tenant is.
    public let tenant: Tenant

    /// What can be asked of it.
    public let catalogue: Catalogue

    /// When its time runs.
    public let calendar: BusinessCalendar

    /// Systems outside that take its requests.
    public let forwarding: [ForwardingTarget]

    /// What it has decided about deadlines; nil in versions from before, and where it has said nothing: ``DeadlinePolicy/standard``.
    public let deadlines: DeadlinePolicy?

    /// How it writes to people; nil: as the hub does.
    public let messages: TenantMessages?

    /// What it adds to the rules of publication; nil when it adds nothing, or was stored before there were any.
    public let moderation: ModerationSettings?

    /// All parts, in the current format.
    public init(
        tenant: Tenant,
        catalogue: Catalogue,
        calendar: BusinessCalendar,
        forwarding: [ForwardingTarget] = [],
        deadlines: DeadlinePolicy? = nil,
        messages: TenantMessages? = nil,
        moderation: ModerationSettings? = nil
    ) {
        format = Self.currentFormat
        self.tenant = tenant
        self.catalogue = catalogue
        self.calendar = calendar
        self.forwarding = forwarding
        self.deadlines = deadlines
        self.messages = messages
        self.moderation = moderation
    }
}
