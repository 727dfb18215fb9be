import Synchronization

/// How often something may be done: at once, and in the long run.
public struct RateAllowance: Sendable, Hashable {
    /// Most at once.
    public var burst: Double

    /// How many come back each minute.
    public var perMinute: Double

    /// An allowance; both greater than zero.
    public init(burst: Double, perMinute: Double) {
        self.burst = max(burst, 1)
        self.perMinute = max(perMinute, 0.01)
    }
}

/// One bucket of tokens for each subject: taking one costs, time fills it again.
///
/// Memory is bounded however many subjects come: full buckets are forgotten first, for they say nothing, and when that is not enough
/// some others.
final class TokenBuckets: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: ContinuousClock.Instant
    }

    /// Most subjects remembered; some 100 bytes each.
    static let capacity = 65_536

    let allowance: RateAllowance
    private let buckets = Mutex<[String: Bucket]>([:])

    init(_ allowance: RateAllowance) {
        self.allowance = allowance
    }

    /// Takes tokens; nil when there were enough, else the seconds after which there will be.
    func take(_ cost: Double, of subject: String, now: ContinuousClock.Instant) -> Double? {
        let cost = min(cost, allowance.burst)
        return buckets.withLock { buckets in
            var bucket = buckets[subject] ?? Bucket(tokens: allowance.burst, at: now)
            bucket.tokens = tokens(bucket, now)
            bucket.at = max(now, bucket.at)
            let missing = cost - bucket.tokens
            if missing <= 0 { bucket.tokens -= cost }
            if buckets[subject] == nil, buckets.count >= Self.capacity { makeRoom(&buckets, now) }
            buckets[subject] = bucket
            return missing <= 0 ? nil : missing * 60 / allowance.perMinute
        }
    }

    /// Subjects remembered now.
    var count: Int { buckets.withLock { $0.count } }

    private func tokens(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
        let minutes = max(bucket.at.duration(to: now) / .seconds(60), 0)
        return min(allowance.burst, bucket.tokens + minutes * allowance.perMinute)
    }

    private func makeRoom(_ buckets: inout [String: Bucket], _ now: ContinuousClock.Instant) {
        buckets = buckets.filter { tokens($0.value, now) < allowance.burst }
        // The order of a dictionary is as good as chance.
        for subject in buckets.keys.prefix(max(buckets.count - Self.capacity * 3 / 4, 0)) { buckets[subject] = nil }
    }
}
