import Domain
import Synchronization

/// Tenants standing in line for several workers; once stopped, nobody gets another.
final class Line: Sendable {
    private let waiting: Mutex<ArraySlice<TenantCode>>

    init(_ codes: [TenantCode]) {
        waiting = Mutex(codes[...])
    }

    /// The next tenant; nil when there is none or the line was stopped.
    func next() -> TenantCode? {
        waiting.withLock { $0.popFirst() }
    }

    /// Sends everybody home.
    func stop() {
        waiting.withLock { $0 = [] }
    }
}
