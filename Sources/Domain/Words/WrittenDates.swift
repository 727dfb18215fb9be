public import Foundation

/// Days and times as people read them in pages, mails and texts, in the zone of the body that answers.
///
/// Source: Language Portal of Canada: `November 24, 2026`, `2:30 p.m.`; `24 novembre 2026`, `1er avril`, `14 h 30`.
public struct WrittenDates: Sendable {
    /// Language of the text.
    public let language: Language
    /// Zone of the tenant.
    public let zone: TimeZone

    /// Dates in a language and a zone.
    public init(language: Language, zone: TimeZone) {
        self.language = language
        self.zone = zone
    }

    /// A day without its article: `November 24, 2026`, `24 novembre 2026`.
    public func day(_ day: CalendarDay) -> String {
        let month = Self.months[language]?[day.month - 1] ?? ""
        switch language {
        case .english: return "\(month)\u{A0}\(day.day), \(day.year)"
        case .french: return "\(day.day == 1 ? "1er" : String(day.day))\u{A0}\(month) \(day.year)"
        }
    }

    /// The day of an instant.
    public func day(_ instant: Date) -> String { day(CalendarDay(instant, in: zone)) }

    /// The time of an instant: `2:30 p.m.`, `14 h 30`.
    public func time(_ instant: Date) -> String {
        let minutes = Int(LocalTime(instant, in: zone).seconds) / 60
        let (hour, minute) = (minutes / 60, minutes % 60)
        let padded = (minute < 10 ? "0" : "") + String(minute)
        switch language {
        case .english:
            let shown = hour % 12 == 0 ? 12 : hour % 12
            return "\(shown):\(padded)\u{A0}\(hour < 12 ? "a.m." : "p.m.")"
        case .french:
            return minute == 0 ? "\(hour)\u{A0}h" : "\(hour)\u{A0}h\u{A0}\(padded)"
        }
    }

    /// Day and time: `2:30 p.m. on November 24, 2026`, `24 novembre 2026, 14 h 30`; never ends with an abbreviation's point.
    public func moment(_ instant: Date) -> String {
        switch language {
        case .english: "\(time(instant)) on \(day(instant))"
        case .french: "\(day(instant)), \(time(instant))"
        }
    }

    /// For the attribute `datetime`: ISO 8601 in UTC.
    public func machine(_ instant: Date) -> String { instant.formatted(.iso8601) }

    /// A day of every year: `November 1`, `1er novembre`.
    public func dayOfYear(_ day: MonthDay) -> String {
        let month = month(day)
        switch language {
        case .english: return "\(month)\u{A0}\(day.day)"
        case .french: return "\(day.day == 1 ? "1er" : String(day.day))\u{A0}\(month)"
        }
    }

    /// The month of a day: `November`, `novembre`.
    public func month(_ day: MonthDay) -> String { Self.months[language]?[day.month - 1] ?? "" }

    /// The month after "de", elided where French elides: `d’avril`, `de mai`.
    public func monthAfterDe(_ day: MonthDay) -> String {
        let month = month(day)
        guard language == .french else { return month }
        return "aeo".contains(month.first ?? " ") ? "d’\(month)" : "de \(month)"
    }

    private static let months: [Language: [String]] = [
        .english: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ],
        .french: [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre",
        ],
    ]
}
