import Domain

/// Reads `calendar.yml`: weekly hours, holidays, short days and closures, in the tenant's zone.
struct CalendarReader {
    /// The tenant's zone.
    let timeZone: String

    /// The calendar; nil, with faults, when the file cannot be one.
    func read(_ map: YamlMapping) -> BusinessCalendar? {
        let before = map.faults.count
        let hours = map.requiredMapping("weekly_hours").map(weeklyHours)
        let observed = map.choice("observed", default: Holiday.ObservedRule.nextWorkingDay, called: "rule")
        let holidays = map.mapping("holidays").map { self.holidays($0, observed) } ?? []
        let shortDays = shortDays(map)
        let closures = closures(map)
        map.finish()
        guard map.faults.count == before, let hours else { return nil }
        do {
            let draft = try BusinessCalendar(
                version: "",
                timeZone: timeZone,
                weeklyHours: hours,
                holidays: holidays,
                shortDays: shortDays,
                closures: closures
            )
            return try BusinessCalendar(
                version: CalendarVersion.of(draft),
                timeZone: timeZone,
                weeklyHours: hours,
                holidays: holidays,
                shortDays: shortDays,
                closures: closures
            )
        } catch {
            map.fault("weekly_hours", "\(error)")
            return nil
        }
    }

    private func weeklyHours(_ map: YamlMapping) -> [Weekday: [OpenSpan]] {
        var hours: [Weekday: [OpenSpan]] = [:]
        for weekday in Weekday.allCases where map.has(weekday.rawValue) {
            hours[weekday] = map.list(weekday.rawValue, orOne: true).compactMap {
                span($0, called: weekday.rawValue, in: map)
            }
        }
        map.finish()
        return hours
    }

    private func span(_ node: YamlNode, called name: String, in map: YamlMapping) -> OpenSpan? {
        guard let text = map.text(node, called: name, atMost: 40) else { return nil }
        let times = text.split(separator: "-").map { String($0).trimmingBlanks() }
        if times.count == 2, let from = try? TimeOfDay(times[0]), let to = try? TimeOfDay(times[1]), to <= from {
            map.faults.add(node.file, node.mark, "\(name) closes at \(to), before it opens at \(from)")
            return nil
        }
        do {
            return try OpenSpan(text)
        } catch {
            map.faults.add(node.file, node.mark, "\(name): \(error)")
            return nil
        }
    }

    private func holidays(_ map: YamlMapping, _ observed: Holiday.ObservedRule) -> [Holiday] {
        var known: [KnownHoliday] = []
        if let statutory = map.text("statutory", atMost: 40) {
            if statutory == "ontario" {
                known += KnownHoliday.statutoryInOntario
            } else {
                map.fault("statutory", FaultText.unknown(statutory, "set of statutory holidays", among: ["ontario"]))
            }
        }
        for node in map.list("also") {
            guard
                let holiday = map.choice(node, called: "a holiday", as: KnownHoliday.self, what: "known holiday")
            else { continue }
            if known.contains(holiday) {
                map.faults.add(node.file, node.mark, "the holiday \(holiday.rawValue) is listed twice")
            }
            known.append(holiday)
        }
        let own = map.list("own").compactMap { node -> Holiday? in
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { return nil }
            let name = entry.requiredLocalized("name", atMost: 100)
            let rule = HolidayRuleReader().read(entry)
            entry.finish()
            guard let name, let rule else { return nil }
            return Holiday(name: name, rule: rule, observed: observed)
        }
        map.finish()
        return known.map { Holiday($0, observed: observed) } + own
    }

    private func shortDays(_ map: YamlMapping) -> [ShortDay] {
        map.list("short_days").compactMap { node in
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { return nil }
            let hours = entry.required("hours").flatMap { span($0, called: "hours", in: entry) }
            if entry.has("holiday") {
                let known = entry.requiredChoice("holiday", as: KnownHoliday.self, called: "known holiday")
                entry.finish()
                guard let known, let hours else { return nil }
                return ShortDay(known, hours: hours)
            }
            let name = entry.requiredLocalized("name", atMost: 100)
            let rule = HolidayRuleReader().read(entry)
            entry.finish()
            guard let name, let rule, let hours else { return nil }
            return ShortDay(name: name, rule: rule, hours: hours)
        }
    }

    private func closures(_ map: YamlMapping) -> [Closure] {
        map.list("closures").compactMap { node in
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { return nil }
            let name = entry.requiredLocalized("name", atMost: 100)
            if !entry.has("from") { _ = entry.required("from") }
            if !entry.has("to") { _ = entry.required("to") }
            let first = entry.day("from")
            let last = entry.day("to")
            entry.finish()
            guard let name, let first, let last else { return nil }
            do {
                return try Closure(name: name, first: first, last: last)
            } catch {
                entry.fault("to", "\(error)")
                return nil
            }
        }
    }
}
