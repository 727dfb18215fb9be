import Domain
import Foundation
import Synchronization

/// Deliveries under way in this process by tenant and target, and targets that are left alone for a while.
///
/// A target that failed several times in a row is a circuit that opens: nothing is sent there until its time is over, so that
/// one dead system costs neither workers nor attempts of everything that waits for it.
final class Flights: Sendable {
    /// Failures in a row after which a target is left alone.
    static let mostFailures = 5
    /// Longest time a target is left alone, in seconds.
    static let longestRest: TimeInterval = 300

    private struct Lane: Hashable {
        let code: TenantCode
        let target: String
    }

    private struct State {
        var underWay: [Lane: Int] = [:]
        var failures: [Lane: Int] = [:]
        var restingUntil: [Lane: Date] = [:]
        var successNotedAt: [Lane: Date] = [:]
    }

    /// What is worth writing down of a target after a delivery: another process, and an operator, see it.
    enum News: Sendable, Hashable {
        /// So many failures in a row; left alone until then.
        case failing(Int, restsUntil: Date?)
        /// It answers.
        case answers
    }

    private let state = Mutex(State())

    /// Deliveries under way.
    var count: Int { state.withLock { $0.underWay.values.reduce(0, +) } }

    /// Targets of a tenant to which nothing more is sent now: with at least so many under way, or resting.
    func closedTargets(of code: TenantCode, atLeast number: Int, now: Date) -> [String] {
        state.withLock { state in
            let busy = state.underWay.filter { $0.key.code == code && $0.value >= number }.keys
            let resting = state.restingUntil.filter { $0.key.code == code && $0.value > now }.keys
            return Set(busy).union(resting).map(\.target)
        }
    }

    /// A delivery begins.
    func begin(_ code: TenantCode, _ target: String) {
        state.withLock { $0.underWay[Lane(code: code, target: target), default: 0] += 1 }
    }

    /// A delivery ended; `arrived`: the target answered, whatever it said.
    ///
    /// - Returns: What is worth writing down; nil for one more success within a minute.
    @discardableResult
    func end(_ code: TenantCode, _ target: String, arrived: Bool, now: Date) -> News? {
        let lane = Lane(code: code, target: target)
        return state.withLock { state in
            state.underWay[lane] = (state.underWay[lane] ?? 1) - 1
            if state.underWay[lane] == 0 { state.underWay[lane] = nil }
            guard !arrived else {
                let failed = state.failures[lane] != nil
                (state.failures[lane], state.restingUntil[lane]) = (nil, nil)
                if !failed, let noted = state.successNotedAt[lane], now.timeIntervalSince(noted) < 60 { return nil }
                state.successNotedAt[lane] = now
                return .answers
            }
            let failures = (state.failures[lane] ?? 0) + 1
            state.failures[lane] = failures
            guard failures >= Self.mostFailures else { return .failing(failures, restsUntil: nil) }
            let rest = 10 * pow(2, Double(min(failures - Self.mostFailures, 5)))
            let until = now.addingTimeInterval(min(rest, Self.longestRest))
            state.restingUntil[lane] = until
            return .failing(failures, restsUntil: until)
        }
    }
}
