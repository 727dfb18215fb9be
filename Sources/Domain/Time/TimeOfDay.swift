/// A time on the wall clock, in whole minutes; `24:00` is the end of the day.
public struct TimeOfDay: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Minutes since midnight, 0 to 1440.
    public let minutes: Int

    /// The text or number is no time of day.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was given.
        public let text: String

        /// The fault and what would be right.
        public var description: String {
            "\"\(text.prefix(40))\" is no time of day; write it as 08:30, up to 24:00"
        }
    }

    /// Makes a time out of hour and minute.
    /// - Throws: ``Invalid`` outside 0:00 to 24:00.
    public init(hour: Int, minute: Int = 0) throws(Invalid) {
        guard (0...24).contains(hour), (0...59).contains(minute), hour < 24 || minute == 0 else {
            throw Invalid(text: "\(hour):\(minute)")
        }
        minutes = hour * 60 + minute
    }

    /// Takes minutes that were checked before.
    init(trustedMinutes minutes: Int) {
        self.minutes = minutes
    }

    /// Reads `08:30`.
    /// - Throws: ``Invalid`` naming the text.
    public init(_ text: String) throws(Invalid) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard
            parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]),
            let time = try? TimeOfDay(hour: hour, minute: minute)
        else { throw Invalid(text: text) }
        self = time
    }

    /// `08:30`.
    public var description: String {
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// The earlier time is the smaller.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A stretch of one day during which an office is open: from the first time up to, not including, the second.
public struct OpenSpan: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Opening time.
    public let from: TimeOfDay

    /// Closing time; later than ``from``.
    public let to: TimeOfDay

    /// A span that ends before it begins, or not at all.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was given.
        public let text: String

        /// The fault and what would be right.
        public var description: String {
            "\"\(text.prefix(40))\" is no span of a day; write it as 08:30-16:30"
        }
    }

    /// Makes a span.
    /// - Throws: ``Invalid`` when it does not end after it begins.
    public init(from: TimeOfDay, to: TimeOfDay) throws(Invalid) {
        guard from < to else { throw Invalid(text: "\(from)-\(to)") }
        self.from = from
        self.to = to
    }

    /// Reads `08:30-16:30`; blanks round the dash and an en dash are fine.
    /// - Throws: ``Invalid`` naming the text.
    public init(_ text: String) throws(Invalid) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
            .map { $0.filter { $0 != " " } }
        guard
            parts.count == 2, let from = try? TimeOfDay(parts[0]), let to = try? TimeOfDay(parts[1]),
            from < to
        else { throw Invalid(text: text) }
        self.from = from
        self.to = to
    }

    /// `08:30-16:30`.
    public var description: String { "\(from)-\(to)" }

    /// The part this span has in common with another.
    func intersection(_ other: OpenSpan) -> OpenSpan? {
        try? OpenSpan(from: max(from, other.from), to: min(to, other.to))
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
}
