public import Domain
import Synchronization

/// Tells the dispatcher of this process that a tenant's outbox has something new, so that it need not wait for its sweep.
///
/// Only a hint: what is lost with the process is found by the sweep over all tenants.
public final class WorkSignal: Sendable {
    private struct State {
        var waiting: Set<TenantCode> = []
        var continuations: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter: UInt64 = 0
    }

    private let state = Mutex(State())

    /// A signal nobody has given yet.
    public init() {}

    /// There is work at a tenant.
    public func signal(_ code: TenantCode) {
        let waiters = state.withLock { state in
            state.waiting.insert(code)
            defer { state.continuations = [:] }
            return state.continuations.values.map { $0 }
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Tenants signalled since the last call; empty when none was.
    func drain() -> Set<TenantCode> {
        state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    /// Returns when somebody signals, or at once when somebody has, or when the task is cancelled.
    func wait() async {
        let waiter = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state -> Bool in
                    guard state.waiting.isEmpty, !Task.isCancelled else { return true }
                    state.continuations[waiter] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.continuations.removeValue(forKey: waiter) }?.resume()
        }
    }
}
