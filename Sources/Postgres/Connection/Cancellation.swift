import Synchronization

/// Passes the cancellation of a task on to the server, at most once per statement.
///
/// After a cancellation was sent the connection is not used before the server has confirmed having passed it on;
/// otherwise it could hit the next statement, of somebody else.
final class Cancellation: Sendable {
    private enum State {
        case armed
        case sent(OneShot<Bool>)
        case over
    }

    private let handle: ConnectionHandle
    private let state = Mutex(State.armed)

    init(_ handle: ConnectionHandle) {
        self.handle = handle
    }

    /// Called from the cancellation handler, on any thread.
    func send() {
        let answer: OneShot<Bool>? = state.withLock { state in
            guard case .armed = state else { return nil }
            let answer = OneShot<Bool>()
            state = .sent(answer)
            return answer
        }
        guard let answer else { return }
        let handle = handle
        BlockingThread.start(answer) {
            let passedOn = handle.requestCancel()
            // A server that cannot be asked to stop is not waited for.
            if !passedOn { handle.sever() }
            return passedOn
        }
    }

    /// Called when the statement is over.
    ///
    /// True when a cancellation was sent, and then only after it has arrived.
    func settle() async -> Bool {
        let answer: OneShot<Bool>? = state.withLock { state in
            guard case .sent(let answer) = state else {
                state = .over
                return nil
            }
            state = .over
            return answer
        }
        guard let answer else { return false }
        _ = await answer.value()
        return true
    }
}
