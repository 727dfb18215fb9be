/// Part of every year in which a type can be reported, both ends included; may run over the new year.
public struct SeasonWindow: Sendable, Hashable, Codable {
    /// First day, `MM-DD`.
    public let from: MonthDay

    /// Last day, `MM-DD`.
    public let to: MonthDay

    /// Both ends.
    public init(from: MonthDay, to: MonthDay) {
        self.from = from
        self.to = to
    }

    /// Whether a day lies in the season.
    public func contains(_ day: CalendarDay) -> Bool {
        let it = MonthDay(trustedMonth: day.month, day: day.day)
        return from <= to ? (from <= it && it <= to) : (it >= from || it <= to)
    }
}

/// A day of every year: `11-01`; `02-29` is the last of February where there is no 29th.
public struct MonthDay: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// 1 to 12.
    public let month: Int

    /// 1 to the month's length, 29 for February.
    public let day: Int

    /// Takes a month and a day that were checked before.
    init(trustedMonth month: Int, day: Int) {
        self.month = month
        self.day = day
    }

    /// Reads `MM-DD`; nil when that is no day of any year.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == 45, let month = Int(text.prefix(2)), let day = Int(text.suffix(2)),
            bytes.enumerated().allSatisfy({ $0.offset == 2 || (48...57).contains($0.element) }),
            (1...12).contains(month),
            (1...[31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]).contains(day)
        else { return nil }
        self.init(trustedMonth: month, day: day)
    }

    /// Reads `MM-DD`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = MonthDay(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no day of a year")
        }
        self = day
    }

    /// Writes `MM-DD`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// `MM-DD`.
    public var description: String {
        (month < 10 ? "0" : "") + "\(month)-" + (day < 10 ? "0" : "") + "\(day)"
    }

    /// In the order of the year.
    public static func < (left: MonthDay, right: MonthDay) -> Bool {
        (left.month, left.day) < (right.month, right.day)
    }
}
