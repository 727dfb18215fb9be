public import Foundation

/// W3C date-times as GeoReport prints and reads them.
///
/// Printed: `yyyy-mm-ddThh:mm:ss` and `Z` or `±hh:mm`, never a fraction. Read: seconds and a fraction of them may be
/// missing or there, the zone must be there, the date must exist in the calendar (rules L9, L11, L15). A fraction is
/// cut off, not rounded: what is stored has whole seconds, so a printed time always finds its own record.
public enum WireDateTime {
    /// What a date-time should look like, for messages.
    public static let expected = "a date and time with zone such as 2026-03-01T09:00:00Z"

    /// Prints an instant, in UTC or at an offset from it in seconds (whole minutes are kept).
    public static func text(_ date: Date, offset: Int = 0) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(25)
        append(date, offset: offset, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func append(_ date: Date, offset: Int = 0, to bytes: inout [UInt8]) {
        let minutes = offset / 60
        let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + minutes * 60
        let day = Int((Double(seconds) / 86_400).rounded(.down))
        let clock = seconds - day * 86_400
        let civil = civilDay(day)
        append(civil.year, 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(civil.month, 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(civil.day, 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        append(clock / 3600, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(clock / 60 % 60, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(clock % 60, 2, to: &bytes)
        guard minutes != 0 else {
            bytes.append(UInt8(ascii: "Z"))
            return
        }
        bytes.append(UInt8(ascii: minutes < 0 ? "-" : "+"))
        append(abs(minutes) / 60, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(abs(minutes) % 60, 2, to: &bytes)
    }

    /// Reads a date-time; nil when it is anything but the form above.
    ///
    /// A blank where the `+` of an offset should be means `+`: clients forget to escape it in a query.
    public static func date(_ text: some StringProtocol) -> Date? {
        var reader = Digits(Array(text.utf8))
        guard
            let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("T"), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2)
        else { return nil }
        var second = 0
        if reader.skip(":") {
            guard let value = reader.number(2) else { return nil }
            second = value
            if reader.skip(".") {
                guard reader.skipDigits() > 0 else { return nil }
            }
        }
        guard let offset = reader.zone(), reader.isAtEnd else { return nil }
        guard
            year >= 1, (1...12).contains(month), (1...daysOfMonth(month, year)).contains(day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let days = dayNumber(year: year, month: month, day: day)
        return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset))
    }

    private static func append(_ value: Int, _ width: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    private static func daysOfMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Inverse of ``dayNumber(year:month:day:)``.
    private static func civilDay(_ number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

/// Walks through a date-time byte by byte.
private struct Digits {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number(_ width: Int) -> Int? {
        guard position + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + width] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        position += width
        return value
    }

    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    mutating func skipDigits() -> Int {
        let start = position
        while number(1) != nil {}
        return position - start
    }

    /// Seconds east of UTC; up to 14 hours, as XML Schema allows.
    mutating func zone() -> Int? {
        if skip("Z") { return 0 }
        let sign: Int
        if skip("+") || skip(" ") {
            sign = 1
        } else if skip("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(2), skip(":"), let minutes = number(2), minutes < 60 else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return seconds <= 14 * 3600 ? sign * seconds : nil
    }
}
