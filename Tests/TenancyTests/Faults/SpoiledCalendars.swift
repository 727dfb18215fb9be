@testable import Tenancy

/// Ways to spoil `oakton/calendar.yml`, and what must be said about each.
enum SpoiledCalendars {
    private static let file = "oakton/calendar.yml"

    static let rows: [Spoiled] = [
        Spoiled(
            file,
            "monday: \"08:30-16:30\"",
            "monday: \"16:30-08:30\"",
            "oakton/calendar.yml:2:11: monday closes at 08:30, before it opens at 16:30"
        ),
        Spoiled(
            file,
            "monday: \"08:30-16:30\"",
            "monday: \"08:30 to 16:30\"",
            "oakton/calendar.yml:2:11: monday: \"08:30 to 16:30\" is no span of a day; write it as 08:30-16:30"
        ),
        Spoiled(
            file,
            "monday: \"08:30-16:30\"",
            "monday: [\"08:30-16:30\", \"16:00-18:00\"]",
            "oakton/calendar.yml:2:3: hours of monday overlap; spans of one day stand apart"
        ),
        Spoiled(
            file,
            "friday:",
            "firday:",
            "oakton/calendar.yml:3:3: unknown key \"firday\"; did you mean friday?"
        ),
        Spoiled(
            file,
            "also: [easter-monday]",
            "also: [easter-munday, canada-day]",
            "oakton/calendar.yml:7:10: \"easter-munday\" is no known holiday; did you mean easter-monday?",
            "oakton/calendar.yml:7:25: the holiday canada-day is listed twice"
        ),
        Spoiled(
            file,
            "statutory: ontario",
            "statutory: quebec",
            "oakton/calendar.yml:6:14: \"quebec\" is no set of statutory holidays; known are ontario"
        ),
        Spoiled(
            file,
            "  also: [easter-monday]",
            "  own:\n    - { name: { en: A, fr: B }, fixd: \"06-24\" }",
            "oakton/calendar.yml:8:7: a holiday needs exactly one rule out of fixed, weekday, on_or_before, easter",
            "oakton/calendar.yml:8:33: unknown key \"fixd\"; did you mean fixed?"
        ),
        Spoiled(
            file,
            "  also: [easter-monday]",
            "  own:\n    - { name: { en: A, fr: B }, weekday: { which: 0, day: monday, month: 13 } }",
            "oakton/calendar.yml:8:51: \"which\" is 0; 1 is the first, -1 the last",
            "oakton/calendar.yml:8:74: \"month\" is 13; must be from 1 to 12"
        ),
        Spoiled(
            file,
            "observed: next_working_day",
            "observed: nextworkingday",
            "oakton/calendar.yml:4:11: \"nextworkingday\" is no rule; did you mean next_working_day?"
        ),
        Spoiled(
            file,
            "to: 2026-04-17",
            "to: 2026-04-12",
            "oakton/calendar.yml:11:67: a closure from 2026-04-13 to 2026-04-12 is not possible; it runs forward and at most 366 days"
        ),
        Spoiled(
            file,
            "to: 2026-04-17",
            "to: 2026-04-31",
            "oakton/calendar.yml:11:67: \"to\": there is no day 31 in month 4 of year 2026"
        ),
    ]
}
