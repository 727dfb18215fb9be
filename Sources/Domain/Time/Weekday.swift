/// Day of the week, as it is written in calendar files.
public enum Weekday: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
    /// First day of the working week.
    case monday
    /// Second day.
    case tuesday
    /// Third day.
    case wednesday
    /// Fourth day.
    case thursday
    /// Fifth day.
    case friday
    /// Sixth day.
    case saturday
    /// Seventh day.
    case sunday

    /// All seven, Monday first; made once, for `allCases` is made anew each time.
    static let week = allCases
}
