import Dispatch

/// Waits also in a task that is being cancelled: an orderly stop takes its time.
enum Pause {
    static func milliseconds(_ count: Int) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(count)) { continuation.resume() }
        }
    }
}
