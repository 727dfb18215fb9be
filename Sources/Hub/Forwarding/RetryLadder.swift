import Foundation

/// When a delivery that failed is tried again: soon at first, then ever later, never all at once.
enum RetryLadder {
    private static let steps: [TimeInterval] = [10, 60, 300, 1800, 3600]

    /// Seconds until attempt `attempt + 1`, spread by a fifth so that a target that comes back is not met by a crowd.
    static func delay(after attempt: Int) -> TimeInterval {
        let step = steps[min(max(attempt, 1), steps.count) - 1]
        return step * Double.random(in: 0.9...1.1)
    }
}
