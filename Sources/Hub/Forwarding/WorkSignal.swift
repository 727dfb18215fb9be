public import Domain
import Synchronization

/// Tells the dispatcher of this process that a tenant's outbox has something new, so that it need not wait for its sweep.
///
/// Only a hint: what is lost with the process is found by the sweep over all tenants.
public final class WorkSignal: Sendable {
    private struct State {
        var waiting: Set<TenantCode> = []
        var continuation: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// A signal nobody has given yet.
    public init() {}

    /// There is work at a tenant.
    public func signal(_ code: TenantCode) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.waiting.insert(code)
            defer { state.continuation = nil }
            return state.continuation
        }
        waiter?.resume()
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
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state -> Bool in
                    guard state.waiting.isEmpty, !Task.isCancelled, state.continuation == nil else { return true }
                    state.continuation = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { state -> CheckedContinuation<Void, Never>? in
                defer { state.continuation = nil }
                return state.continuation
            }?.resume()
        }
    }
}
