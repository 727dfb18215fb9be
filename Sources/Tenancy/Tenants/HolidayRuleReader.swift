import Domain

/// Reads how the day of a holiday is found: exactly one of four keys.
///
/// `fixed: "06-24"` · `weekday: { which: 3, day: monday, month: 2 }` (`which: -1` is the last) · `on_or_before: { day: monday, date: "05-24" }` ·
/// `easter: -2` (days after Easter Sunday).
struct HolidayRuleReader {
    /// The rule; nil, with a fault, when there is none or more than one.
    func read(_ map: YamlMapping) -> HolidayRule? {
        let keys = ["fixed", "weekday", "on_or_before", "easter"]
        let written = keys.filter(map.has)
        guard written.count == 1 else {
            map.fault(at: map.mark, "a holiday needs exactly one rule out of \(keys.joined(separator: ", "))")
            return nil
        }
        switch written[0] {
        case "fixed": return date(map, "fixed").map { .fixed(month: $0.month, day: $0.day) }
        case "weekday": return map.mapping("weekday").flatMap(nthWeekday)
        case "on_or_before": return map.mapping("on_or_before").flatMap(onOrBefore)
        default: return map.integer("easter", in: -100...100).map { .easter(offset: $0) }
        }
    }

    private func nthWeekday(_ map: YamlMapping) -> HolidayRule? {
        _ = map.required("which")
        let which = map.integer("which", in: -5...5)
        let day = map.requiredChoice("day", as: Weekday.self, called: "day of the week")
        _ = map.required("month")
        let month = map.integer("month", in: 1...12)
        map.finish()
        if which == 0 {
            map.fault("which", "\"which\" is 0; 1 is the first, -1 the last")
            return nil
        }
        guard let which, let day, let month else { return nil }
        return .nthWeekday(which, day, month: month)
    }

    private func onOrBefore(_ map: YamlMapping) -> HolidayRule? {
        let day = map.requiredChoice("day", as: Weekday.self, called: "day of the week")
        let date = date(map, "date")
        map.finish()
        guard let day, let date else { return nil }
        return .weekdayOnOrBefore(day, month: date.month, day: date.day)
    }

    private func date(_ map: YamlMapping, _ key: String) -> MonthDay? {
        guard let text = map.requiredText(key, atMost: 20) else { return nil }
        guard let day = MonthDay(text) else {
            map.fault(key, "\"\(FaultText.shown(text))\" is no day of a year; write it as \"06-24\"")
            return nil
        }
        return day
    }
}
