public import Foundation

/// A day of the proleptic Gregorian calendar, without time and without zone.
///
/// Written `2026-04-01` everywhere: in files, in JSON and in `description`. Years run from 1 to 9999.
public struct CalendarDay: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Year, 1 to 9999.
    public let year: Int

    /// Month, 1 to 12.
    public let month: Int

    /// Day of the month, from 1.
    public let day: Int

    /// What was wrong with the parts or the text of a day.
    public enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// The text is not of the form `2026-04-01`.
        case form(String)
        /// The parts name a day the calendar does not have.
        case noSuchDay(year: Int, month: Int, day: Int)

        /// The fault and what would be right.
        public var description: String {
            switch self {
            case .form(let text): "\"\(text.prefix(40))\" is no day; write it as 2026-04-01"
            case .noSuchDay(let year, let month, let day):
                "there is no day \(day) in month \(month) of year \(year)"
            }
        }
    }

    /// Makes a day out of its three parts.
    /// - Throws: ``Invalid`` when the calendar has no such day.
    public init(year: Int, month: Int, day: Int) throws(Invalid) {
        guard
            (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= Self.length(ofMonth: month, year: year)
        else { throw .noSuchDay(year: year, month: month, day: day) }
        self.init(unchecked: year, month, day)
    }

    /// Reads `2026-04-01`; nothing else is a day.
    /// - Throws: ``Invalid`` naming the text.
    public init(_ text: String) throws(Invalid) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { throw .form(text) }
        var digits: [Int] = []
        for (index, byte) in bytes.enumerated() where index != 4 && index != 7 {
            guard (0x30...0x39).contains(byte) else { throw .form(text) }
            digits.append(Int(byte) - 0x30)
        }
        try self.init(
            year: digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3],
            month: digits[4] * 10 + digits[5],
            day: digits[6] * 10 + digits[7]
        )
    }

    /// The day it is in `timeZone` at an instant.
    ///
    /// Instants before year 1 or after year 9999 give the first or the last day there is.
    public init(_ instant: Date, in timeZone: TimeZone) {
        self = LocalTime(instant, in: timeZone).day
    }

    /// The day that lies `dayNumber` days after 1970-01-01; held to years 1 to 9999.
    public init(dayNumber: Int) {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
        let shifted = min(max(dayNumber, Self.firstNumber), Self.lastNumber) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days since 1970-01-01; negative before it.
    public var dayNumber: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday.week[((dayNumber + 3) % 7 + 7) % 7]
    }

    /// The day this many days later (earlier when negative).
    public func adding(days: Int) -> CalendarDay {
        CalendarDay(dayNumber: dayNumber + days)
    }

    /// Days from this one to `other`; negative when `other` is earlier.
    public func days(to other: CalendarDay) -> Int {
        other.dayNumber - dayNumber
    }

    /// `2026-04-01`.
    public var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// The earlier day is the smaller.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Number of days in a month.
    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static let firstNumber = -719_162
    private static let lastNumber = 2_932_896
}
