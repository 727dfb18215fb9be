public import Foundation

/// Seconds from 2000-01-01 (PostgreSQL's epoch) to 2001-01-01 (Foundation's), both UTC.
private let secondsBetweenEpochs = 31_622_400.0

extension Date: PostgresEncodable, PostgresDecodable {
    /// `timestamp with time zone`: an instant, exact to the microsecond.
    public static var postgresType: PostgresType { .timestamptz }

    /// Microseconds since 2000-01-01 UTC; instants beyond the server's range become ±infinity.
    public var postgresBytes: [UInt8]? {
        var bytes: [UInt8] = []
        _ = appendPostgresBytes(to: &bytes)
        return bytes
    }

    /// Appends the same, without a copy in between.
    public func appendPostgresBytes(to bytes: inout [UInt8]) -> Bool {
        let microseconds = ((timeIntervalSinceReferenceDate + secondsBetweenEpochs) * 1_000_000).rounded()
        bytes.appendBigEndian(Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max))
        return true
    }

    /// Reads `timestamptz`, and `timestamp` as UTC; ±infinity become `distantFuture` and `distantPast`.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        try cell.expect(.timestamptz, .timestamp, for: "Date")
        switch try cell.integer(Int64.self) {
        case .max: self = .distantFuture
        case .min: self = .distantPast
        case let microseconds:
            // Whole seconds and the rest apart, so that a microsecond survives the trip through a double.
            let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
            self.init(
                timeIntervalSinceReferenceDate: Double(seconds) - secondsBetweenEpochs + Double(rest) / 1_000_000
            )
        }
    }
}

/// A day of the calendar, as the type `date` keeps it: no time, no zone.
public struct PostgresDay: Sendable, Hashable, Comparable, PostgresEncodable, PostgresDecodable {
    /// Days since 2000-01-01 in the proleptic Gregorian calendar; negative before.
    public let daysSince2000: Int32

    /// Wraps a number of days.
    public init(daysSince2000: Int32) {
        self.daysSince2000 = daysSince2000
    }

    /// The day of a year, month (1 to 12) and day of the month; a day past the month's end runs into the next.
    public init(year: Int, month: Int, day: Int) {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil; years begin in March.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.daysSince2000 = Int32(era * 146_097 + dayOfEra - 730_425)
    }

    /// Year, month (1 to 12) and day of the month.
    public var components: (year: Int, month: Int, day: Int) {
        let days = Int(daysSince2000) + 730_425
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Earlier days come first.
    public static func < (left: PostgresDay, right: PostgresDay) -> Bool {
        left.daysSince2000 < right.daysSince2000
    }

    /// `date`.
    public static var postgresType: PostgresType { .date }

    /// Four bytes.
    public var postgresBytes: [UInt8]? { daysSince2000.postgresBytes }

    /// Reads `date`.
    public init(postgres cell: PostgresCell) throws(PostgresDecodingFault) {
        try cell.expect(.date, for: "PostgresDay")
        self.daysSince2000 = try cell.integer(Int32.self)
    }
}
