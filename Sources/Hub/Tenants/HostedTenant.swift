public import Domain
public import Foundation

/// One tenant of this hub with the version of its files that is in force.
///
/// Never changes: who holds it works with one version from beginning to end, whatever is applied meanwhile. A class because
/// every request hands it on several times, and a value with a whole catalogue in it costs a count of each of its parts.
public final class HostedTenant: Sendable {
    /// Its checked files.
    public let configuration: TenantConfiguration
    /// Number of that version, stored with each request.
    public let version: Int
    /// Digest of that version.
    public let digest: String
    /// When the version was applied; Open311's `changeset`.
    public let appliedAt: Date
    /// Whether it is the hub itself, whose types are the public ones and whose posts go straight to the lead.
    ///
    /// The tenant of tier hub; where one town stands alone, that town.
    public let isHub: Bool

    /// Rules by which texts wait for a person before the public sees them.
    let holdRules: HoldRules

    private let services: [ServiceCode: [Service]]

    /// A tenant from a stored version; `isHub` nil: by its tier.
    public init(
        configuration: TenantConfiguration,
        version: Int,
        digest: String,
        appliedAt: Date,
        isHub: Bool? = nil
    ) {
        self.isHub = isHub ?? (configuration.tenant.tier == .hub)
        self.configuration = configuration
        self.version = version
        self.digest = digest
        self.appliedAt = appliedAt
        holdRules = HoldRules(configuration.moderation)
        services = Dictionary(grouping: configuration.catalogue.services, by: \.code)
    }

    /// The tenant itself.
    public var tenant: Tenant { configuration.tenant }
    /// Its `jurisdiction_id`.
    public var id: JurisdictionID { configuration.tenant.id }
    /// Its code, which names its schema and begins its references.
    public var code: TenantCode { configuration.tenant.code }
    /// Its types of request.
    public var catalogue: Catalogue { configuration.catalogue }
    /// Its opening hours and holidays.
    public var calendar: BusinessCalendar { configuration.calendar }

    /// The local day of an instant, which decides which dated entries are valid.
    public func day(of instant: Date) -> CalendarDay { CalendarDay(instant, in: calendar.timeZone) }

    /// A type by its code, valid at an instant.
    public func service(_ code: ServiceCode, at instant: Date) -> Service? {
        let day = day(of: instant)
        return services[code]?.first { $0.isValid(on: day) }
    }

    /// The latest midnight, not after an instant, at which an entry of the catalogue began or ceased to be valid; nil without one.
    func lastChangeOfValidity(until instant: Date) -> Date? {
        let today = day(of: instant)
        let days = catalogue.services.flatMap { [$0.validFrom, $0.validUntil?.adding(days: 1)] }
        return days.compactMap(\.self).filter { $0 <= today }.max().map {
            LocalTime($0, seconds: 0).instant(in: calendar.timeZone)
        }
    }

    /// The type by which this tenant knows a public type; its catch-all when it has none of its own.
    public func service(forPublicType type: ServiceCode, at instant: Date) -> Service? {
        let day = day(of: instant)
        return catalogue.service(forPublicType: type, at: day) ?? catalogue.catchAll(at: day)
    }
}
