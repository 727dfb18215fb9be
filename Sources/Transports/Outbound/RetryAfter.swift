internal import Domain
internal import Foundation

/// The header that says when to come back (RFC 9110, section 10.2.3): seconds, or a date.
enum RetryAfter {
    /// Longest time we let a server ask for, in seconds.
    static let longest = 86_400.0

    /// Seconds from `now`; nil when the header makes no sense.
    ///
    /// A date that has passed means now.
    static func seconds(of header: String, now: Date) -> Double? {
        let text = header.trimmingCharacters(in: .whitespaces)
        guard (1...40).contains(text.utf8.count) else { return nil }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return min(Double(text) ?? longest, longest)
        }
        guard let date = date(of: text) else { return nil }
        return min(max(0, date.timeIntervalSince(now)), longest)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`; the obsolete forms are not read.
    private static func date(of text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard
            parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT",
            let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
            let date = try? CalendarDay(year: year, month: month + 1, day: day)
        else { return nil }
        let clock = parts[4].split(separator: ":").map { Int($0) }
        guard
            clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        return Date(timeIntervalSince1970: Double(date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
