import DataFiles
public import Domain
import Foundation
import Logging
import Metrics
import Storage

/// Compares, for each connector and day, what it was given with what it has: counts and ids, both ways.
///
/// A GeoReport server is asked for its list; any other system may put a list of references into its folder. What cannot be asked is
/// said to be so, and our own books are still held against each other: whatever did not leave is a difference.
public struct ReconcileConnectors: Sendable {
    private let surroundings: Surroundings
    private let outside: OutsideDelivery

    /// An operation over these ways out.
    public init(_ surroundings: Surroundings, outside: OutsideDelivery) {
        self.surroundings = surroundings
        self.outside = outside
    }

    /// Compares yesterday once the tenant's day is three hours old, looking every twenty minutes, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            for entry in surroundings.directory.entries where !Task.isCancelled {
                do {
                    guard let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    try await pass(over: tenant)
                } catch {
                    surroundings.log.warning(
                        "not reconciled",
                        metadata: ["tenant": "\(entry.id)", "fault": "\(error)"]
                    )
                }
            }
            try? await Task.sleep(for: .seconds(1200))
        }
    }

    /// Compares yesterday for every connector of a tenant that has no report of it yet.
    public func pass(over tenant: HostedTenant) async throws {
        let targets = tenant.configuration.forwarding.filter(\.isEnabled)
        guard !targets.isEmpty else { return }
        let yesterday = tenant.day(of: surroundings.now().addingTimeInterval(-3 * 3600)).adding(days: -1)
        for target in targets {
            let known = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
                try await ConnectorReconciliations(transaction).read(connector: target.code, day: yesterday)
            }
            if known == nil { _ = try await callAsFunction(target, of: tenant, on: yesterday) }
        }
    }

    /// Compares one connector on one local day, and keeps the report.
    public func callAsFunction(
        _ target: ForwardingTarget,
        of tenant: HostedTenant,
        on day: CalendarDay
    ) async throws -> Reconciliation {
        let start = LocalTime(day, seconds: 0).instant(in: tenant.calendar.timeZone)
        let end = LocalTime(day.adding(days: 1), seconds: 0).instant(in: tenant.calendar.timeZone)
        let address = OutboxTarget.of(target)
        let books = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            Books(
                given: try await RequestLinks(transaction).given(to: target.code, from: start, until: end),
                unsent: try await Outbox(transaction).unsent(to: address).filter { $0.item.createdAt < end },
                sent: try await Outbox(transaction).sentCount(to: address, from: start, until: end),
                heard: try await ConnectorWords(transaction)
                    .received(connector: target.code, from: start, until: end)
            )
        }
        let other = await theirs(target, of: tenant, day: day, from: start, until: end)
        let strangers = try await strangersGiven(other.requests, books, target, of: tenant)
        let report = Reconciliation(
            tenant: tenant.id,
            connector: target.code,
            day: "\(day)",
            asked: other.asked,
            given: books.given.count,
            sent: books.sent,
            there: other.requests?.count,
            heard: books.heard.count,
            differences: ComparedBooks(books: books, theirs: other.requests, givenBefore: strangers).differences
        )
        let stored = StoredReconciliation(
            connector: target.code,
            day: day,
            differences: report.differences.count,
            report: try StoredJSON(report),
            madeAt: surroundings.second
        )
        try await surroundings.databases.withTenant(tenant.code) { try await ConnectorReconciliations($0).put(stored) }
        Gauge(
            label: "hub.connector.differences",
            dimensions: [("tenant", tenant.id.rawValue), ("connector", target.code)]
        ).record(report.differences.count)
        return report
    }

    /// What we have written down.
    struct Books: Sendable {
        let given: [GivenRequest]
        let unsent: [OutboxRow]
        let sent: Int
        let heard: [StoredConnectorWord]
    }

    private func theirs(
        _ target: ForwardingTarget,
        of tenant: HostedTenant,
        day: CalendarDay,
        from start: Date,
        until end: Date
    ) async -> (asked: Reconciliation.Asked, requests: [OutsideRequest]?) {
        if target.kind == .open311 {
            do {
                // An hour on both sides: their clock is not ours, and what was made at midnight belongs somewhere.
                let there = try await outside.requests(
                    target,
                    start.addingTimeInterval(-3600),
                    end.addingTimeInterval(3600)
                )
                return (.server, there)
            } catch {
                surroundings.log.notice(
                    "a target did not say what it has",
                    metadata: ["tenant": "\(tenant.id)", "target": "\(target.code)", "fault": "\(error)"]
                )
                return (.noAnswer, nil)
            }
        }
        guard let root = surroundings.connectors.folder else { return (.notAtAll, nil) }
        let list = ConnectorFolder(below: root, tenant: tenant.id, target: target).list(of: day)
        guard let listed = try? Self.read(list.path) else { return (.notAtAll, nil) }
        return (.list, listed)
    }

    /// A list as a department puts it there: `reference`, and if it likes `id` and `status`.
    private static func read(_ path: String) throws -> [OutsideRequest] {
        var columns: [String] = []
        var requests: [OutsideRequest] = []
        try CSVReader.read(path: path) { row in
            let cells = (0..<row.count).map {
                CSVCell.unguarded(row.text($0) ?? "").trimmingCharacters(in: .whitespaces)
            }
            guard !columns.isEmpty else { return columns = cells.map { $0.lowercased() } }
            func cell(_ name: String) -> String? {
                columns.firstIndex(of: name).flatMap { $0 < cells.count ? cells[$0] : nil }
            }
            let reference = cell("reference").flatMap { try? RequestReference(parsing: $0) }
            guard reference != nil || cell("id") != nil else { return }
            let status = cell("status").flatMap { StatusWords.meaning(of: $0)?.open311Status } ?? .open
            requests.append(
                OutsideRequest(remoteID: cell("id") ?? reference?.rawValue ?? "", reference: reference, status: status)
            )
        }
        return requests
    }

    /// Of what the other side has and our books of the day do not: what it was given on another day.
    private func strangersGiven(
        _ theirs: [OutsideRequest]?,
        _ books: Books,
        _ target: ForwardingTarget,
        of tenant: HostedTenant
    ) async throws -> Set<RequestReference> {
        let known = Set(books.given.map(\.link.reference))
        let strangers = Set((theirs ?? []).compactMap(\.reference)).subtracting(known)
        guard !strangers.isEmpty else { return [] }
        let links = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await RequestLinks(transaction).of(strangers.sorted(), peer: target.code)
        }
        return Set(links.map(\.reference))
    }
}
