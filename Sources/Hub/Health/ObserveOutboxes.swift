import Domain
import Foundation
import Logging
import Metrics
public import Storage
import Synchronization

/// Puts into the metrics what no request tells: outbox depth and age by state, pool use, the generation in force.
public struct ObserveOutboxes: Sendable {
    private let surroundings: Surroundings
    private let last = LastLook()

    /// An observer.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Looks every fifteen seconds until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            await once()
            try? await Task.sleep(for: .seconds(15))
        }
    }

    /// One look; with many tenants what was seen some seconds ago is good enough, however often somebody asks.
    public func once() async {
        let now = surroundings.now()
        guard last.isOlder(than: TimeInterval(surroundings.directory.entries.count / 10), now: now) else { return }
        for entry in surroundings.directory.entries {
            guard
                let depths = try? await surroundings.databases.withTenant(
                    entry.code,
                    .readOnly,
                    { transaction in try await Outbox(transaction).depths() }
                )
            else { continue }
            for state in OutboxState.allCases where state != .sent {
                let rows = depths.filter { $0.state == state }
                let dimensions = [("tenant", entry.id.rawValue), ("state", state.rawValue)]
                Gauge(label: "hub.outbox.depth", dimensions: dimensions).record(rows.map(\.count).reduce(0, +))
                let age = rows.map(\.oldest).min().map { now.timeIntervalSince($0) } ?? 0
                Gauge(label: "hub.outbox.age.seconds", dimensions: dimensions).record(age)
            }
        }
        let use = surroundings.databases.use
        for (kind, busy, idle, waiting) in [
            ("hub", use.hubBusy, use.hubIdle, use.hubWaiting),
            ("tenants", use.tenantsBusy, use.tenantsIdle, use.tenantsWaiting),
        ] {
            for (state, count) in [("busy", busy), ("idle", idle), ("waiting", waiting)] {
                Gauge(label: "hub.pool.connections", dimensions: [("pool", kind), ("state", state)]).record(count)
            }
        }
        Gauge(label: "hub.boundary.generation").record(surroundings.geography.generation?.rawValue ?? 0)
    }
}

/// When was looked last.
private final class LastLook: Sendable {
    private let instant = Mutex<Date?>(nil)

    /// Whether the last look is so old that the next is due, which then counts as made.
    func isOlder(than seconds: TimeInterval, now: Date) -> Bool {
        instant.withLock { last in
            if let last, now >= last, now.timeIntervalSince(last) < seconds { return false }
            last = now
            return true
        }
    }
}
