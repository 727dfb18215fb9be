public import Foundation

/// Notice to one carrier that calls to 311 from one exchange shall come to the hub.
///
/// A carrier has six months from notice. Amounts are in cents.
public struct CarrierNotice: Sendable, Hashable, Codable, Identifiable {
    /// Number of the entry; 0 before it is stored.
    public let id: Int

    /// The exchange.
    public let exchange: ExchangeName

    /// The carrier.
    public let carrier: String

    /// Day the notice was given.
    public let noticedOn: CalendarDay

    /// Day the carrier switched; nil before.
    public let activatedOn: CalendarDay?

    /// When a call was tried; nil before.
    public let testCalledAt: Date?

    /// What came of it; nil before.
    public let testResult: TestResult?

    /// What the carrier charges, in cents; nil when nothing was said.
    public let feeCents: Int?

    /// What whoever recorded it wrote.
    public let note: String

    /// What came of a test call.
    public enum TestResult: String, Sendable, Hashable, Codable, CaseIterable {
        /// It arrived at the right desk.
        case arrived
        /// It arrived at a wrong one.
        case misrouted
        /// It did not arrive.
        case failed
    }

    /// An entry of the register.
    public init(
        id: Int = 0,
        exchange: ExchangeName,
        carrier: String,
        noticedOn: CalendarDay,
        activatedOn: CalendarDay? = nil,
        testCalledAt: Date? = nil,
        testResult: TestResult? = nil,
        feeCents: Int? = nil,
        note: String = ""
    ) {
        self.id = id
        self.exchange = exchange
        self.carrier = carrier
        self.noticedOn = noticedOn
        self.activatedOn = activatedOn
        self.testCalledAt = testCalledAt
        self.testResult = testResult
        self.feeCents = feeCents
        self.note = note
    }

    /// The day six months after notice; the last of the month where it has no such day.
    public var dueOn: CalendarDay {
        let months = noticedOn.month - 1 + 6
        let (year, month) = (noticedOn.year + months / 12, months % 12 + 1)
        let length = CalendarDay.length(ofMonth: month, year: year)
        let day = try? CalendarDay(year: year, month: month, day: min(noticedOn.day, length))
        return day ?? noticedOn.adding(days: 184)
    }

    /// What is late about it on a day; empty when nothing is.
    public func overdue(on day: CalendarDay) -> [Lateness] {
        guard let activatedOn else { return dueOn < day ? [.notActivated] : [] }
        guard activatedOn <= day else { return [] }
        switch testResult {
        case nil: return [.notTested]
        case .arrived: return []
        case .misrouted, .failed: return [.testFailed]
        }
    }

    /// What can be late.
    public enum Lateness: String, Sendable, Hashable, Codable, CaseIterable {
        /// Six months are over and the carrier has not switched.
        case notActivated = "not_activated"
        /// Switched, and nobody has tried a call.
        case notTested = "not_tested"
        /// Switched, and the last test call went wrong.
        case testFailed = "test_failed"
    }
}
