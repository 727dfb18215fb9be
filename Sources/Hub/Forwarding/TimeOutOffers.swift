import Domain
import Foundation
import Logging
public import Storage

/// Ends offers that nobody answered in time, and forgets idempotency keys that have run out.
///
/// An offer that timed out is a bounce: the request is the origin's again, and open. After the second bounce the arbiter of
/// the hub is asked. The body that did not answer hears that the offer no longer stands.
public struct TimeOutOffers: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Looks every thirty seconds, with many tenants less often, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let entries = surroundings.directory.entries
            for entry in entries where !Task.isCancelled {
                do {
                    try await pass(over: entry)
                } catch {
                    surroundings.log.warning(
                        "offers not swept",
                        metadata: ["tenant": "\(entry.id)", "fault": "\(error)"]
                    )
                }
            }
            try? await Task.sleep(for: .seconds(max(30, entries.count / 10)))
        }
    }

    /// One pass over a tenant, whose files are read only where an offer has run out.
    private func pass(over entry: StoredJurisdiction) async throws {
        let now = surroundings.second
        let open = try await surroundings.databases.withTenant(entry.code) { transaction in
            _ = try await IdempotencyKeys(transaction).sweep(now: now)
            return try await HandOvers(transaction).open(.out, dueBefore: now)
        }
        guard !open.isEmpty, let tenant = try await surroundings.directory.tenant(entry.id) else { return }
        try await end(open, of: tenant, now: now)
    }

    /// One pass over a tenant.
    public func pass(over tenant: HostedTenant) async throws {
        guard let entry = surroundings.directory.entries.first(where: { $0.id == tenant.id }) else { return }
        try await pass(over: entry)
    }

    /// Each offer in a transaction of its own, so that one that cannot be ended holds up no other.
    private func end(_ open: [StoredHandOver], of tenant: HostedTenant, now: Date) async throws {
        _ = try await surroundings.directory.hub()
        let end = EndOffer(surroundings: surroundings, tenant: tenant)
        for offer in open {
            do {
                try await surroundings.databases.withTenant(tenant.code) { transaction in
                    _ = try await end(offer, .timedOut, at: now, by: "hub", in: transaction)
                }
            } catch let fault as RequestLife.IllegalTransition {
                surroundings.log.error(
                    "offer not ended",
                    metadata: ["reference": "\(offer.handOver.reference)", "fault": "\(fault)"]
                )
            }
        }
        surroundings.work.signal(tenant.code)
    }
}
