import Domain
import Foundation
import Logging
public import Storage

/// Ends offers that nobody answered in time, and forgets idempotency keys that have run out.
///
/// An offer that timed out is a bounce: the request is the origin's again, and open. After the second bounce the arbiter of
/// the hub is asked.
public struct TimeOutOffers: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Looks every thirty seconds until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            for entry in surroundings.directory.entries {
                do {
                    guard let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    try await pass(over: tenant)
                } catch {
                    surroundings.log.warning(
                        "offers not swept",
                        metadata: ["tenant": "\(entry.id)", "fault": "\(error)"]
                    )
                }
            }
            try? await Task.sleep(for: .seconds(30))
        }
    }

    /// One pass over a tenant.
    public func pass(over tenant: HostedTenant) async throws {
        let now = surroundings.second
        _ = try await surroundings.directory.hub()
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            _ = try await IdempotencyKeys(transaction).sweep(now: now)
            for var offer in try await HandOvers(transaction).open(.out, dueBefore: now) {
                guard let next = try offer.handOver.timeOut(at: now),
                    try await HandOvers(transaction).save(offer, answeredBy: "hub")
                else { continue }
                let note = ChangeRequest.Note(actor: "hub", at: now, details: ["to": offer.handOver.peer.id])
                let changed = try await ChangeRequest(surroundings: surroundings, tenant: tenant)(
                    offer.handOver.reference,
                    note: note,
                    in: transaction
                ) { request in
                    let effect = try request.life.timedOut()
                    request.counterpart = nil
                    request.standing = tenant.isHub ? .waiting : .lead
                    return effect
                }
                if next == .askArbiter || tenant.isHub, let request = changed?.request {
                    try await AskArbiter(surroundings: surroundings)(
                        request,
                        of: tenant,
                        reason: "timed_out",
                        in: transaction
                    )
                }
            }
        }
    }
}
