import Domain
import Synchronization

/// Deliveries under way in this process, by tenant and target.
final class Flights: Sendable {
    private struct Lane: Hashable {
        let code: TenantCode
        let target: String
    }

    private let lanes = Mutex<[Lane: Int]>([:])

    /// Deliveries under way.
    var count: Int { lanes.withLock { $0.values.reduce(0, +) } }

    /// Targets of a tenant with at least so many under way.
    func busyTargets(of code: TenantCode, atLeast number: Int) -> [String] {
        lanes.withLock { $0.filter { $0.key.code == code && $0.value >= number }.map(\.key.target) }
    }

    /// A delivery begins.
    func begin(_ code: TenantCode, _ target: String) {
        lanes.withLock { $0[Lane(code: code, target: target), default: 0] += 1 }
    }

    /// A delivery ended.
    func end(_ code: TenantCode, _ target: String) {
        lanes.withLock { lanes in
            let lane = Lane(code: code, target: target)
            lanes[lane] = (lanes[lane] ?? 1) - 1
            if lanes[lane] == 0 { lanes[lane] = nil }
        }
    }
}
