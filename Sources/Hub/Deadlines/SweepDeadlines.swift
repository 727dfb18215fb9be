import Domain
public import Foundation
import Logging
public import Storage

/// Every minute: finds clocks that have reached a step of the ladder, run out, or stood still for too long, and tells who must know.
///
/// One index names the clocks to look at, so a hundred thousand requests that are on time cost nothing. Alarms are rows with a key
/// of clock and step: two sweeps at once, or one after a crash, give each alarm once. What goes out goes through the outbox, in
/// the transaction that writes the alarm.
public struct SweepDeadlines: Sendable {
    /// What one pass over a tenant did.
    public struct Report: Sendable, Hashable, Codable {
        /// Clocks looked at.
        public var clocks = 0
        /// Alarms given that were not given before.
        public var alarms = 0
        /// Messages put into the outbox.
        public var messages = 0
        /// Pauses ended because the longest time for their reason had passed.
        public var pausesEnded = 0
        /// Requests whose clocks were stopped by a weather event.
        public var suspended = 0
        /// Requests whose clocks run again after a weather event.
        public var resumed = 0
        /// Requests whose requesters were told of a new date.
        public var told = 0

        /// A report of nothing.
        public init() {}

        private enum CodingKeys: String, CodingKey {
            case clocks, alarms, messages, suspended, resumed, told
            case pausesEnded = "pauses_ended"
        }
    }

    private let surroundings: Surroundings
    /// Clocks of one transaction: short ones, so that nobody waits for a lock.
    private static let batch = 1_000

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Sweeps every minute until the task is cancelled; a tenant whose sweep fails holds up no other.
    public func run() async {
        while !Task.isCancelled {
            let entries = surroundings.directory.entries
            for entry in entries where !Task.isCancelled {
                do {
                    guard try await isDue(entry) else { continue }
                    guard let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    _ = try await self(tenant)
                } catch {
                    surroundings.log.warning(
                        "deadlines not swept",
                        metadata: ["tenant": "\(entry.id)", "fault": "\(error)"]
                    )
                }
            }
            try? await Task.sleep(for: .seconds(max(60, entries.count / 10)))
        }
    }

    /// One pass over a tenant.
    public func callAsFunction(_ tenant: HostedTenant) async throws -> Report {
        let now = surroundings.second
        let hub = try? await surroundings.directory.hub()
        var report = Report()
        try await SettleWeather(surroundings)(tenant, at: now, into: &report)
        var ended: [RequestReference] = []
        while true {
            let (looked, given) = try await pass(over: tenant, hub: hub, at: now, ended: &ended)
            report.clocks += looked
            report.alarms += given.alarms
            report.messages += given.messages
            guard looked == Self.batch else { break }
        }
        for reference in Set(ended) where try await endPause(of: reference, at: tenant) { report.pausesEnded += 1 }
        report.told = try await TellLateRequesters(surroundings)(tenant, at: now)
        if report.messages + report.told + report.pausesEnded > 0 { surroundings.work.signal(tenant.code) }
        return report
    }

    /// Whether a tenant has anything to sweep; its files are read only then.
    private func isDue(_ entry: StoredJurisdiction) async throws -> Bool {
        let now = surroundings.second
        return try await surroundings.databases.withTenant(entry.code, .readOnly) { transaction in
            if let next = try await StoredClocks(transaction).nextAlarm(), next <= now { return true }
            if try await !WeatherEvents(transaction).unsettled().isEmpty { return true }
            return try await !DeadlineAlarms(transaction).untold(limit: 1).isEmpty
        }
    }

    private func pass(
        over tenant: HostedTenant,
        hub: HostedTenant?,
        at now: Date,
        ended: inout [RequestReference]
    ) async throws -> (looked: Int, given: (alarms: Int, messages: Int)) {
        let result = try await surroundings.databases.withTenant(tenant.code) { transaction in
            let clocks = StoredClocks(transaction)
            let due = try await clocks.claimDue(at: now, limit: Self.batch)
            guard !due.isEmpty else { return (0, (0, 0), [RequestReference]()) }
            var batch = SweepBatch(
                tenant: tenant,
                hub: hub,
                calendars: try await calendars(of: due, tenant: tenant, in: transaction),
                now: now
            )
            for clock in due { batch.take(clock) }
            let new = try await DeadlineAlarms(transaction).give(batch.alarms)
            var messages = 0
            for alarm in batch.alarms where new.contains(alarm.id) {
                for item in try AlarmMessage.outboxItems(of: alarm, tenant: tenant, surroundings: surroundings) {
                    try await Outbox(transaction).enqueue(item)
                    messages += 1
                }
            }
            try await clocks.save(batch.swept)
            return (due.count, (new.count, messages), batch.pausesEnded)
        }
        ended += result.2
        return (result.0, result.1)
    }

    /// Calendars that clocks of the batch keep and that are not the tenant's any more.
    private func calendars(
        of due: [DueClock],
        tenant: HostedTenant,
        in transaction: TenantTransaction
    ) async throws -> [String: BusinessCalendar] {
        var calendars = [tenant.calendar.version: tenant.calendar]
        for version in Set(due.map(\.clock.calendarVersion)) where calendars[version] == nil {
            calendars[version] = try await TenantVersions(transaction).calendar(version)
        }
        return calendars
    }

    /// Ends a pause whose longest time has passed; false when somebody was quicker.
    private func endPause(of reference: RequestReference, at tenant: HostedTenant) async throws -> Bool {
        let now = surroundings.second
        do {
            return try await PauseClocks(surroundings).resume(
                reference,
                at: tenant,
                by: "hub",
                text: LocalizedText(
                    english: "The longest pause for this reason has ended; the clock runs again.",
                    french: "La pause la plus longue pour ce motif est terminée; le délai court de nouveau."
                ),
                now: now
            )
        } catch is RequestLife.IllegalTransition {
            return false
        }
    }
}
