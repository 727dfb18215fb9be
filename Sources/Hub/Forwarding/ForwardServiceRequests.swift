import Domain
import Foundation
import Logging
import Metrics
public import Storage

/// Sends what waits in the tenants' outboxes: to other tenants of this hub and to systems outside.
///
/// Claims in a short transaction, sends outside any transaction, then writes what became of it under the lease. Several
/// of these may run at once, in one process or many: a row is leased to one of them. A target that hangs or fails holds
/// a few workers; the others go on with everything else.
public struct ForwardServiceRequests: Sendable {
    /// Most deliveries under way at once.
    static let mostAtOnce = 48
    /// Most rows of one target taken at once; with this many under way nothing more is taken.
    static let perTarget = 4
    /// Length of a lease in seconds; longer than any send may take.
    static let leaseSeconds: TimeInterval = 60
    /// Wait after a pass that found nothing to send.
    static let breath = Duration.milliseconds(5)
    /// Wait after a pass that found something.
    static let breathInBursts = Duration.milliseconds(80)
    /// Seconds between sweeps over all tenants.
    static let sweepSeconds = 5

    private let surroundings: Surroundings
    private let send: SendOutboxItem
    private let flights = Flights()
    /// Targets whose way is not configured.
    private let waiting: [String]

    /// A dispatcher over these ways out.
    ///
    /// - Parameter ways: How people are told; rows for a way that is not configured wait.
    public init(_ surroundings: Surroundings, outside: OutsideDelivery, ways: MessageWays = .none) {
        self.surroundings = surroundings
        waiting = ways.waitingTargets
        send = SendOutboxItem(surroundings: surroundings, outside: outside, ways: ways)
    }

    /// Works until the task is cancelled; a database that is away is waited for.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await sweep() }
            group.addTask { await work() }
            await group.waitForAll()
        }
    }

    /// Wakes every tenant now and then, so that nothing depends on a signal that died with its process.
    private func sweep() async {
        while !Task.isCancelled {
            for entry in surroundings.directory.entries { surroundings.work.signal(entry.code) }
            try? await Task.sleep(for: .seconds(max(Self.sweepSeconds, surroundings.directory.entries.count / 20)))
        }
    }

    private func work() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                await surroundings.work.wait()
                var isBusy = false
                for code in surroundings.work.drain() where !Task.isCancelled {
                    for (tenant, leased) in await claim(code) {
                        isBusy = true
                        group.addTask { await deliver(leased, of: tenant) }
                    }
                }
                // A breath, so that a burst of signals becomes one claim a tenant: short for the first of them, longer while they keep coming,
                // for then a claim costs the residents who are waiting for an answer more than it gains anybody.
                try? await Task.sleep(for: isBusy ? Self.breathInBursts : Self.breath)
            }
        }
    }

    /// Delivers everything that is due now, tenant by tenant; how many deliveries there were.
    func pass() async -> Int {
        var count = 0
        for entry in surroundings.directory.entries {
            let claimed = await claim(entry.code)
            count += claimed.count
            await withDiscardingTaskGroup { group in
                for (tenant, leased) in claimed { group.addTask { await deliver(leased, of: tenant) } }
            }
        }
        return count
    }

    private func claim(_ code: TenantCode) async -> [(HostedTenant, LeasedItem)] {
        let room = Self.mostAtOnce - flights.count
        guard room > 0 else { return [] }
        do {
            guard surroundings.directory.isActive(code) else { return [] }
            let closed = flights.closedTargets(of: code, atLeast: Self.perTarget, now: surroundings.now())
            let clock = surroundings.outboxClock()
            let now = surroundings.now()
            let leased = try await surroundings.databases.withTenant(code) { transaction in
                // What another process found out about a target counts here too.
                let resting = try await ForwardingTargets(transaction).closed(at: now)
                return try await Outbox(transaction).claim(
                    limit: min(room, 16),
                    perTarget: Self.perTarget,
                    leaseSeconds: Self.leaseSeconds,
                    skippingTargets: closed + resting + waiting,
                    clock: clock
                )
            }
            // The tenant's files are read only where there is something to send: a sweep over a thousand tenants loads none.
            guard !leased.isEmpty, let tenant = try await surroundings.directory.tenant(code: code) else { return [] }
            for item in leased { flights.begin(code, item.item.target) }
            return leased.map { (tenant, $0) }
        } catch {
            surroundings.log.warning("outbox not read", metadata: ["tenant": "\(code)", "fault": "\(error)"])
            return []
        }
    }

    private func deliver(_ leased: LeasedItem, of tenant: HostedTenant) async {
        let result = await send(leased, of: tenant)
        let now = surroundings.now()
        let target = leased.item.target
        defer { surroundings.work.signal(tenant.code) }
        let news = flights.end(tenant.code, target, arrived: result.isAnswer, now: now)
        let clock = surroundings.outboxClock()
        do {
            let isOurs = try await surroundings.databases.withTenant(tenant.code) { transaction in
                if let news, OutboxTarget.isConnector(target) {
                    let known = try await ForwardingTargets(transaction).read(target)
                    let condition = known ?? TargetCondition(target: target, updatedAt: now)
                    try await ForwardingTargets(transaction).put(condition.after(news, result, at: now))
                }
                return try await Outbox(transaction).finish(leased, result, clock: clock)
            }
            if !isOurs {
                surroundings.log.notice(
                    "lease lost before the end of a delivery",
                    metadata: ["tenant": "\(tenant.id)", "kind": "\(leased.item.kind)"]
                )
            }
        } catch {
            // The lease runs out and somebody tries again; the receiving side recognises the repetition.
            surroundings.log.warning(
                "end of a delivery not written",
                metadata: ["tenant": "\(tenant.id)", "kind": "\(leased.item.kind)", "fault": "\(error)"]
            )
        }
        Counter(
            label: "hub.deliveries",
            dimensions: [("tenant", tenant.id.rawValue), ("kind", leased.item.kind), ("result", result.word)]
        ).increment()
    }
}

extension DeliveryResult {
    /// Whether the target answered, be it with a refusal.
    var isAnswer: Bool {
        switch self {
        case .sent, .dead: true
        case .failed, .uncertain: false
        }
    }

    /// What went wrong; nil when nothing did.
    var fault: String? {
        switch self {
        case .sent: nil
        case .failed(let fault, _, _), .uncertain(let fault, _), .dead(let fault): fault
        }
    }

    /// One word for metrics and logs.
    var word: String {
        switch self {
        case .sent: "sent"
        case .failed: "failed"
        case .uncertain: "uncertain"
        case .dead: "dead"
        }
    }
}

extension TargetCondition {
    /// The condition after a delivery.
    fileprivate func after(_ news: Flights.News, _ result: DeliveryResult, at now: Date) -> TargetCondition {
        var condition = self
        condition.updatedAt = now
        switch news {
        case .answers:
            (condition.failuresInARow, condition.closedUntil) = (0, nil)
            condition.lastSuccessAt = now
        case .failing(let failures, let until):
            (condition.failuresInARow, condition.closedUntil) = (failures, until)
        }
        if let fault = result.fault { condition.lastFault = String(fault.prefix(500)) }
        return condition
    }
}
