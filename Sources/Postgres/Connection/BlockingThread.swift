import Foundation

/// Runs a blocking call of libpq (connecting, cancelling) on a thread of its own, so that it holds up no task.
enum BlockingThread {
    /// Starts the call; the result arrives in the one-shot, or is dropped when that was resolved before.
    static func start<Value: Sendable>(_ answer: OneShot<Value>, _ call: @escaping @Sendable () -> Value) {
        let thread = Thread { answer.resolve(call()) }
        thread.stackSize = 512 * 1024
        thread.start()
    }
}
