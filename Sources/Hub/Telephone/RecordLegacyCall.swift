public import Domain
public import Foundation
import Storage

/// Counts a call that reached an old number, by day, so that one sees when the number can be given up.
public struct RecordLegacyCall: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Counts in memory; ``flush()`` writes it down.
    public func callAsFunction(_ number: NationalNumber, at instant: Date) {
        let zone = surroundings.numbering.plan.timeZone
        surroundings.numbering.count(number, on: CalendarDay(instant, in: zone))
    }

    /// Writes down what was counted; what cannot be written now is kept for the next time.
    public func flush() async throws {
        let calls = surroundings.numbering.takeCalls()
        guard !calls.isEmpty else { return }
        do {
            try await surroundings.databases.withHub { try await TelephoneNumbers($0).count(calls) }
        } catch {
            surroundings.numbering.putBack(calls)
            throw error
        }
    }
}
