import Dispatch
import Synchronization

/// Passes the cancellation of a task on to the server.
///
/// A request that overtakes its statement finds the server idle and is dropped there, so it is repeated until the
/// statement is over.
///
/// After a cancellation was sent the connection is not used before the server has confirmed having passed it on;
/// otherwise it could hit the next statement, of somebody else.
final class Cancellation: Sendable {
    private enum State {
        case armed
        case sent(OneShot<Bool>, over: DispatchSemaphore)
        case over
    }

    private let handle: ConnectionHandle
    private let state = Mutex(State.armed)

    init(_ handle: ConnectionHandle) {
        self.handle = handle
    }

    /// Called from the cancellation handler, on any thread.
    func send() {
        let sent: (answer: OneShot<Bool>, isOver: DispatchSemaphore)? = state.withLock { state in
            guard case .armed = state else { return nil }
            let answer = OneShot<Bool>()
            let isOver = DispatchSemaphore(value: 0)
            state = .sent(answer, over: isOver)
            return (answer, isOver)
        }
        guard let sent else { return }
        let handle = handle
        BlockingThread.start(sent.answer) { [isOver = sent.isOver] in
            var pause = 5
            repeat {
                // A server that cannot be asked to stop is not waited for.
                guard handle.requestCancel() else {
                    handle.sever()
                    return false
                }
                pause = min(pause * 2, 1_000)
            } while isOver.wait(timeout: .now() + .milliseconds(pause)) == .timedOut
            return true
        }
    }

    /// Called when the statement is over.
    ///
    /// True when a cancellation was sent, and then only after it has arrived.
    func settle() async -> Bool {
        let sent: (answer: OneShot<Bool>, isOver: DispatchSemaphore)? = state.withLock { state in
            guard case .sent(let answer, let isOver) = state else {
                state = .over
                return nil
            }
            state = .over
            return (answer, isOver)
        }
        guard let sent else { return false }
        sent.isOver.signal()
        _ = await sent.answer.value()
        return true
    }
}
