import Domain
import Metrics
import Synchronization

/// The counter of each tenant and channel, made when first needed: to name one costs more than to use it.
final class SubmissionCounters: Sendable {
    static let shared = SubmissionCounters()

    private struct Key: Hashable {
        let tenant: JurisdictionID
        let channel: Channel
    }

    private let known = Mutex<[Key: Counter]>([:])

    func count(_ tenant: JurisdictionID, _ channel: Channel) {
        let key = Key(tenant: tenant, channel: channel)
        if let counter = known.withLock({ $0[key] }) { return counter.increment() }
        let counter = Counter(
            label: "hub.requests.submitted",
            dimensions: [("tenant", tenant.rawValue), ("channel", channel.rawValue)]
        )
        known.withLock { $0[key] = counter }
        counter.increment()
    }
}
