public import Foundation
import Synchronization

/// A clock that stands still until told to go on.
public final class FixedClock: Sendable {
    private let instant: Mutex<Date>

    /// Stands at an instant written as ISO 8601, by default a Tuesday morning in summer.
    public init(_ text: String = "2026-06-16T14:00:00Z") {
        instant = Mutex((try? Date(text, strategy: .iso8601)) ?? .distantPast)
    }

    /// Where it stands.
    public var now: Date { instant.withLock { $0 } }

    /// What settings take as a clock.
    public var reader: @Sendable () -> Date {
        { self.now }
    }

    /// Goes on by some seconds.
    public func advance(by seconds: TimeInterval) {
        instant.withLock { $0 += seconds }
    }

    /// Jumps to an instant.
    public func set(to date: Date) {
        instant.withLock { $0 = date }
    }
}
