/// A name people say for a road that is officially called something else, with the days on which it is understood.
///
/// A highway handed over to a region keeps its old name in speech for decades. Written in files as text: `Highway 7`, or with its days as
/// an interval of ISO 8601, `Highway 7 [2019-04-01/..]`.
public struct RoadAlias: Sendable, Hashable {
    /// The name as people say it.
    public let name: String

    /// First day on which the name means this road, as ISO date; nil: always did.
    public let from: String?

    /// Last day, that day included; nil: no end known.
    public let until: String?

    /// A spoken name.
    public init(name: String, from: String? = nil, until: String? = nil) {
        self.name = name
        self.from = from
        self.until = until
    }

    /// Reads `Name` or `Name [from/until]`; nil when the interval can't be read.
    public init?(text: String) {
        guard text.hasSuffix("]"), let open = text.lastIndex(of: "[") else {
            self.init(name: text)
            return
        }
        let interval = text[text.index(after: open)...].dropLast()
        let ends = interval.split(separator: "/", omittingEmptySubsequences: false)
        var name = text[..<open]
        while name.last == " " { name.removeLast() }
        guard ends.count == 2, !name.isEmpty else { return nil }
        var days: [String?] = []
        for end in ends {
            if end.isEmpty || end == ".." {
                days.append(nil)
            } else if let day = try? CalendarDay(String(end)) {
                days.append(day.description)
            } else {
                return nil
            }
        }
        self.init(name: String(name), from: days[0], until: days[1])
    }

    /// The text that is read back the same.
    public var text: String {
        from == nil && until == nil ? name : "\(name) [\(from ?? "..")/\(until ?? "..")]"
    }

    /// Whether the name means this road on a day.
    ///
    /// - Parameter day: ISO date; ISO dates compare as text.
    public func isUnderstood(onISODate day: String) -> Bool {
        if let from, day < from { return false }
        if let until, day > until { return false }
        return true
    }
}

extension RoadAlias: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        let text = try value.decode(String.self)
        // A name with brackets of its own that are no interval is a name.
        self = RoadAlias(text: text) ?? RoadAlias(name: text)
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }
}
