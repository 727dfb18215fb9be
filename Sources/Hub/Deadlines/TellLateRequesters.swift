import Domain
import Foundation
import Storage

/// Writes into the history of requests that have run out that they are late, and the new date; who waits is told by that entry.
///
/// Works down the alarms that say so, each in a transaction of its own: an alarm is told once, whatever stops in between.
struct TellLateRequesters: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Tells of a tenant's alarms; returns how many were told.
    func callAsFunction(_ tenant: HostedTenant, at now: Date) async throws -> Int {
        var told = 0
        while !Task.isCancelled {
            let alarms = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
                try await DeadlineAlarms(transaction).untold(limit: 200)
            }
            guard !alarms.isEmpty else { return told }
            for alarm in alarms where try await tell(alarm, of: tenant, at: now) { told += 1 }
        }
        return told
    }

    private func tell(_ alarm: DeadlineAlarm, of tenant: HostedTenant, at now: Date) async throws -> Bool {
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        return try await surroundings.databases.withTenant(tenant.code) { transaction in
            // The request first, as everywhere; then the mark, which the loser of a race finds set.
            guard let request = try await ServiceRequests(transaction).readForUpdate(alarm.reference),
                try await DeadlineAlarms(transaction).told(alarm.id, at: now)
            else { return false }
            let clock = try await StoredClocks(transaction).latest(of: alarm.reference)
                .first { $0.kind == alarm.kind && $0.round == alarm.round }
            guard let clock, clock.isRunning, request.life.isOpen, request.standing != .mirrored else { return false }
            var details = ["clock": alarm.kind.rawValue, "due": clock.due.formatted(.iso8601), "reason": "late"]
            details["new_date"] = clock.newDate?.formatted(.iso8601)
            let note = ChangeRequest.Note(
                actor: "hub",
                at: now,
                text: Self.words(clock.newDate, in: tenant.calendar.timeZone),
                details: details,
                kind: .deadlineMoved
            )
            try await change(alarm.reference, note: note, in: transaction) { $0.life.noted() }
            return true
        }
    }

    private static func words(_ newDate: Date?, in zone: TimeZone) -> LocalizedText {
        guard let newDate else {
            return LocalizedText(english: "Later than promised.", french: "Plus tard que prévu.")
        }
        func day(_ language: String) -> String {
            var style = Date.FormatStyle(date: .long, time: .omitted, locale: Locale(identifier: language))
            style.timeZone = zone
            return newDate.formatted(style)
        }
        return LocalizedText(
            english: "Later than promised. New date: \(day("en_CA")).",
            french: "Plus tard que prévu. Nouvelle date\u{A0}: \(day("fr_CA"))."
        )
    }
}
