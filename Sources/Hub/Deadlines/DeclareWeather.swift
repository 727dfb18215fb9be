public import Domain
public import Foundation
import Storage

/// Declares a significant weather event at a tenant, and declares it over.
public struct DeclareWeather: Sendable {
    /// No event of this number is on.
    public struct NoSuchEvent: Error, Sendable, Hashable, CustomStringConvertible {
        /// For whoever asked.
        public var description: String {
            "no weather event of this number is on; hub311 sla weather list shows what was declared"
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Declares an event and stops the clocks it suspends.
    ///
    /// - Throws: `WeatherEvent.Invalid` naming what may be suspended, and until when.
    public func callAsFunction(
        _ text: LocalizedText,
        area: String? = nil,
        parts: [PartPattern] = [],
        from start: Date? = nil,
        until end: Date? = nil,
        at tenant: HostedTenant,
        by actor: String
    ) async throws -> (event: WeatherEvent, report: SweepDeadlines.Report) {
        let now = surroundings.second
        let event = try WeatherEvent(
            text: text,
            area: area,
            parts: parts,
            startsAt: start ?? now,
            endsAt: end,
            rule: tenant.configuration.deadlinePolicy.weather,
            calendar: tenant.calendar,
            declaredAt: now,
            declaredBy: actor
        )
        try await surroundings.databases.withTenant(tenant.code) { try await WeatherEvents($0).insert(event) }
        return (event, try await settle(tenant, at: now))
    }

    /// Declares an event over and sets the clocks going.
    ///
    /// - Throws: ``NoSuchEvent``.
    public func end(
        _ id: UUID,
        at tenant: HostedTenant,
        by actor: String
    ) async throws -> SweepDeadlines.Report {
        let now = surroundings.second
        let isOver = try await surroundings.databases.withTenant(tenant.code) { transaction in
            let events = WeatherEvents(transaction)
            guard var event = try await events.unsettled().first(where: { $0.id == id }) else { return false }
            event.end(at: now)
            return try await events.end(event, by: actor)
        }
        guard isOver else { throw NoSuchEvent() }
        return try await settle(tenant, at: now)
    }

    /// Every event of a tenant, the latest first.
    public func events(of tenant: HostedTenant) async throws -> [WeatherEvent] {
        try await surroundings.databases.withTenant(tenant.code, .readOnly) { try await WeatherEvents($0).all() }
    }

    private func settle(_ tenant: HostedTenant, at now: Date) async throws -> SweepDeadlines.Report {
        var report = SweepDeadlines.Report()
        try await SettleWeather(surroundings)(tenant, at: now, into: &report)
        if report.suspended + report.resumed > 0 { surroundings.work.signal(tenant.code) }
        return report
    }
}
