import Domain
import Foundation
import Storage

/// Stops the clocks of the work that a declared weather event suspends, and sets them going when it is over.
///
/// Reports that come in while it lasts are stopped by the next pass. A request that stands still for another reason is left alone,
/// and taken when that reason ends. Each pass may be repeated: what is done already is not done again.
struct SettleWeather: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// One pass over a tenant's events.
    func callAsFunction(
        _ tenant: HostedTenant,
        at now: Date,
        into report: inout SweepDeadlines.Report
    ) async throws {
        let events = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await WeatherEvents(transaction).unsettled()
        }
        guard !events.isEmpty else { return }
        let current = events.filter { $0.isOn(at: now) }
        report.resumed += try await resume(except: current, of: tenant, at: now)
        report.suspended += try await suspend(for: current, of: tenant)
        let over = events.filter { $0.endsAt <= now }
        guard !over.isEmpty else { return }
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            for event in over { try await WeatherEvents(transaction).settle(event.id) }
        }
    }

    private func suspend(for events: [WeatherEvent], of tenant: HostedTenant) async throws -> Int {
        let families = Set(events.flatMap(\.parts).map { $0.rawValue == "*" ? "*" : $0.head }).sorted()
        guard !families.isEmpty else { return 0 }
        var count = 0
        var last = ""
        while true {
            let after = last
            let found = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
                try await WeatherEvents(transaction).running(families: families, after: after, limit: 500)
            }
            for request in found {
                guard
                    let event = events.first(where: { $0.suspends(part: request.part, roadClass: request.roadClass) })
                else { continue }
                if try await isPaused(request.reference, for: event, at: tenant) { count += 1 }
            }
            guard found.count == 500, let end = found.last else { return count }
            last = end.reference.rawValue
        }
    }

    /// False when it ended or was stopped meanwhile.
    private func isPaused(
        _ reference: RequestReference,
        for event: WeatherEvent,
        at tenant: HostedTenant
    ) async throws -> Bool {
        do {
            try await PauseClocks(surroundings)(reference, .weatherEvent, at: tenant, by: "hub", text: event.text)
            return true
        } catch is RequestLife.IllegalTransition {
            return false
        } catch is UnknownRequest {
            return false
        } catch is PauseRefused {
            return false
        }
    }

    private func resume(except current: [WeatherEvent], of tenant: HostedTenant, at now: Date) async throws -> Int {
        var count = 0
        var last = ""
        while true {
            let after = last
            let found = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
                try await WeatherEvents(transaction).suspended(after: after, limit: 500)
            }
            for request in found
            where !current.contains(where: { $0.suspends(part: request.part, roadClass: request.roadClass) }) {
                let isBack = try await PauseClocks(surroundings).resume(
                    request.reference,
                    at: tenant,
                    by: "hub",
                    text: LocalizedText(
                        english: "The weather event is over; the clock runs again.",
                        french: "L’événement météorologique est terminé; le délai court de nouveau."
                    ),
                    now: now
                )
                if isBack { count += 1 }
            }
            guard found.count == 500, let end = found.last else { return count }
            last = end.reference.rawValue
        }
    }
}

extension PartPattern {
    /// The part itself, or the head of the family.
    fileprivate var head: String { rawValue.hasSuffix(".*") ? String(rawValue.dropLast(2)) : rawValue }
}
