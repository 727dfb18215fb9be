public import Domain
import Foundation
import Logging
import Storage

/// Keeps the hub's index of places in step with the tenants' requests, from what each change noted in its own transaction.
///
/// Several may run at once: a lot that two of them tell is told twice and looks the same.
public struct IndexPlaces: Sendable {
    /// Time for a burst of changes to become one lot.
    static let breath = Duration.milliseconds(250)
    /// Seconds between looks into every tenant, for what a signal that died with its process left.
    static let sweepSeconds = 10

    private let surroundings: Surroundings

    /// An indexer over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Works until the task is cancelled; a database that is away is waited for.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await sweep() }
            group.addTask { await work() }
            await group.waitForAll()
        }
    }

    private func sweep() async {
        while !Task.isCancelled {
            for entry in surroundings.directory.entries { surroundings.placeWork.signal(entry.code) }
            try? await Task.sleep(for: .seconds(max(Self.sweepSeconds, surroundings.directory.entries.count / 10)))
        }
    }

    private func work() async {
        while !Task.isCancelled {
            await surroundings.placeWork.wait()
            try? await Task.sleep(for: Self.breath)
            for code in surroundings.placeWork.drain() where !Task.isCancelled {
                do {
                    _ = try await pass(over: code)
                } catch {
                    surroundings.log.warning(
                        "places not indexed",
                        metadata: ["tenant": "\(code)", "fault": "\(error)"]
                    )
                }
            }
        }
    }

    /// Tells the index everything that waits at a tenant; how many changes there were.
    @discardableResult
    public func pass(over code: TenantCode) async throws -> Int {
        guard let id = surroundings.directory.entries.first(where: { $0.code == code })?.id else { return 0 }
        var told = 0
        while true {
            let now = surroundings.now()
            let (numbers, references, places) = try await surroundings.databases.withTenant(code, .readOnly) {
                transaction in
                let changes = PlaceChanges(transaction)
                let (numbers, references) = try await changes.waiting()
                guard !numbers.isEmpty else { return (numbers, references, [RequestPlace]()) }
                return (numbers, references, try await changes.places(of: references, audience: .everybody(now)))
            }
            guard !numbers.isEmpty else { return told }
            try await surroundings.databases.withHub { transaction in
                try await RequestPlaces(transaction).put(places, of: id, among: references)
            }
            try await surroundings.databases.withTenant(code) { try await PlaceChanges($0).strikeOff(numbers) }
            told += numbers.count
            if numbers.count < PlaceChanges.lotSize { return told }
        }
    }

    /// Empties the index of one tenant and fills it anew; how many of its requests are in it then.
    public func rebuild(_ tenant: HostedTenant) async throws -> Int {
        try await surroundings.databases.withHub { try await RequestPlaces($0).empty(of: tenant.id) }
        try await surroundings.databases.withTenant(tenant.code) { try await PlaceChanges($0).noteAll() }
        try await pass(over: tenant.code)
        return try await surroundings.databases.withHub(.readOnly) { try await RequestPlaces($0).count(of: tenant.id) }
    }
}
