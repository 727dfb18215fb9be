import Synchronization

/// A place where one value arrives once, from any thread, and one task waits for it.
///
/// Whoever resolves first wins, so a result, a time limit and a cancellation can race without harm.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Value, Never>)
        case filled(Value)
        case taken
    }

    private let state = Mutex(State.empty)

    /// Hands the value over.
    ///
    /// False when another one came first.
    @discardableResult
    func resolve(_ value: Value) -> Bool {
        let (won, waiter): (Bool, CheckedContinuation<Value, Never>?) = state.withLock { state in
            switch state {
            case .empty:
                state = .filled(value)
                return (true, nil)
            case .waiting(let continuation):
                state = .taken
                return (true, continuation)
            case .filled, .taken:
                return (false, nil)
            }
        }
        waiter?.resume(returning: value)
        return won
    }

    /// Waits for the value.
    ///
    /// Called by one task, once.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let ready: Value? = state.withLock { state in
                guard case .filled(let value) = state else {
                    state = .waiting(continuation)
                    return nil
                }
                state = .taken
                return value
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }
}
