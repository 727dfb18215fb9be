import Foundation

/// All orders of one request seen together: whether work goes on, and how it ended as a whole.
///
/// A request completes when all its orders have ended **and** a person or the rule of its type says so; never because one crew is done
/// while another is still to come.
public struct WorkTogether: Sendable, Hashable {
    /// Orders that have not ended.
    public let openCount: Int

    /// How the orders that were done ended, the first to end first; cancelled ones say nothing.
    public let outcomes: [WorkOutcome]

    /// The orders of one request.
    public init(_ orders: [WorkOrder]) {
        openCount = orders.filter(\.isOpen).count
        let byEnd = orders.sorted {
            ($0.endedAt ?? .distantFuture, $0.number) < ($1.endedAt ?? .distantFuture, $1.number)
        }
        outcomes = byEnd.compactMap { order in
            if case .done(let outcome) = order.state { outcome } else { nil }
        }
    }

    /// How the work ended as a whole; nil while any order is open, or when none was done.
    ///
    /// Something fixed is more than something looked at; and a repair after "made safe" makes it fixed. Where the last word is
    /// "made safe", the lasting repair is still to come.
    public var outcome: WorkOutcome? {
        guard openCount == 0, let last = outcomes.last else { return nil }
        if last == .madeSafe { return .madeSafe }
        let order: [WorkOutcome] = [.fixed, .inspectedMeetsStandard, .couldNotReach, .notFound]
        return order.first(where: outcomes.contains) ?? last
    }
}
