public import Foundation

/// How a request stands to its next date, in a word, a shape and a colour: what lists and pages show.
///
/// Source: UX.md section 2, "Deadline". The word alone says it all; shape and colour only repeat it.
public struct Deadline: Sendable, Hashable {
    /// How it stands.
    public let state: State

    /// The instant it was worked out for.
    public let asOf: Date

    /// Whose days are counted.
    private let timeZone: TimeZone

    /// How a request stands.
    public enum State: Sendable, Hashable {
        /// There is time.
        case onTime(due: Date)
        /// Due today, or three quarters of the time are used up.
        case soon(due: Date)
        /// It ran out; the new date, where one was told.
        case late(due: Date, newDate: Date?)
        /// The clocks stand still.
        case paused(RequestLife.PauseReason)
        /// Nothing was promised.
        case none
        /// It has ended; whether in time.
        case met(inTime: Bool)
    }

    /// Colours of the design sheet: `--good`, `--warn`, `--danger`, or the text's own.
    public enum Tone: String, Sendable, Hashable, Codable, CaseIterable {
        /// On time, or ended in time.
        case good
        /// Due soon, or standing still.
        case warn
        /// Late.
        case danger
        /// Nothing promised.
        case neutral
    }

    /// Shapes of the design sheet.
    public enum Shape: String, Sendable, Hashable, Codable, CaseIterable {
        /// Late.
        case filledTriangle = "filled-triangle"
        /// Soon.
        case halfCircle = "half-circle"
        /// On time.
        case ring
        /// Standing still.
        case twoBars = "two-bars"
        /// Nothing promised.
        case dash
        /// Ended.
        case tick
    }

    /// The deadline of a request.
    ///
    /// What runs out next counts: the review clock until somebody has read it, then the complete clock. One that has run out
    /// counts before one that has not.
    ///
    /// - Parameters:
    ///   - clocks: The clocks of the latest round.
    ///   - isOpen: Whether the request has not ended.
    public init(
        clocks: [RequestClock],
        isOpen: Bool,
        pause: RequestLife.PauseReason?,
        asOf now: Date,
        in timeZone: TimeZone
    ) {
        asOf = now
        self.timeZone = timeZone
        guard isOpen else {
            state = .met(inTime: clocks.allSatisfy { ($0.clock.metAt ?? now) <= $0.due })
            return
        }
        let running = clocks.filter(\.isRunning).sorted { $0.due < $1.due }
        if let late = running.first(where: { $0.due < now && $0.clock.currentPause == nil })
            ?? running.first(where: { $0.breachedAt != nil })
        {
            state = .late(due: late.due, newDate: late.newDate)
        } else if let pause {
            state = .paused(pause)
        } else if let next = running.first {
            let used = now.timeIntervalSince(next.clock.startedAt)
            let allowed = next.due.timeIntervalSince(next.clock.startedAt)
            let isToday = CalendarDay(next.due, in: timeZone) == CalendarDay(now, in: timeZone)
            state = isToday || used > allowed * 0.75 ? .soon(due: next.due) : .onTime(due: next.due)
        } else {
            state = clocks.isEmpty ? .none : .met(inTime: clocks.allSatisfy { $0.breachedAt == nil })
        }
    }

    /// Its colour.
    public var tone: Tone {
        switch state {
        case .onTime: .good
        case .soon, .paused: .warn
        case .late: .danger
        case .none: .neutral
        case .met(let inTime): inTime ? .good : .danger
        }
    }

    /// Its shape.
    public var shape: Shape {
        switch state {
        case .onTime: .ring
        case .soon: .halfCircle
        case .late: .filledTriangle
        case .paused: .twoBars
        case .none: .dash
        case .met: .tick
        }
    }

    /// One word for software, filters and CSS classes (`deadline-late`): on_time, soon, late, paused, none, met.
    public var name: String {
        switch state {
        case .onTime: "on_time"
        case .soon: "soon"
        case .late: "late"
        case .paused: "paused"
        case .none: "none"
        case .met: "met"
        }
    }

    /// The date that counts; nil where there is none.
    public var due: Date? {
        switch state {
        case .onTime(let due), .soon(let due), .late(let due, _): due
        case .paused, .none, .met: nil
        }
    }

    /// What stands beside the shape: `Overdue 2 d`, `Due today`, `Due 24 Nov`, `Paused: season`, `No date promised`.
    public var word: LocalizedText {
        switch state {
        case .onTime(let due): dueWord(due)
        case .soon(let due): dueWord(due)
        case .late(let due, _): lateWord(since: due)
        case .paused(let reason): Self.pauseWord(reason)
        case .none: LocalizedText(english: "No date promised", french: "Aucune date promise")
        case .met(let inTime):
            inTime
                ? LocalizedText(english: "Done in time", french: "Fait à temps")
                : LocalizedText(english: "Done late", french: "Fait en retard")
        }
    }

    private func dueWord(_ due: Date) -> LocalizedText {
        let day = CalendarDay(due, in: timeZone)
        guard day != CalendarDay(asOf, in: timeZone) else {
            return LocalizedText(english: "Due today", french: "Échéance aujourd’hui")
        }
        let (english, french) = (Self.months[day.month - 1])
        let year = day.year == CalendarDay(asOf, in: timeZone).year ? "" : " \(day.year)"
        return LocalizedText(
            english: "Due \(day.day) \(english)\(year)",
            french: "Échéance le \(day.day) \(french)\(year)"
        )
    }

    private func lateWord(since due: Date) -> LocalizedText {
        let minutes = Int(max(0, asOf.timeIntervalSince(due)) / 60)
        let (number, english, french) =
            switch minutes {
            case ..<60: (max(1, minutes), "min", "min")
            case ..<1_440: (minutes / 60, "h", "h")
            default: (minutes / 1_440, "d", "j")
            }
        return LocalizedText(english: "Overdue \(number) \(english)", french: "En retard de \(number) \(french)")
    }

    private static func pauseWord(_ reason: RequestLife.PauseReason) -> LocalizedText {
        switch reason {
        case .waitingForRequester:
            LocalizedText(english: "Paused: waiting for requester", french: "En pause : réponse attendue")
        case .waitingForOtherBody:
            LocalizedText(english: "Paused: waiting for other body", french: "En pause : autre organisme")
        case .season: LocalizedText(english: "Paused: season", french: "En pause : saison")
        case .weatherEvent: LocalizedText(english: "Paused: weather event", french: "En pause : événement météo")
        case .beforeCourt: LocalizedText(english: "Paused: before a court", french: "En pause : devant un tribunal")
        }
    }

    private static let months = [
        ("Jan", "janv."), ("Feb", "févr."), ("Mar", "mars"), ("Apr", "avr."), ("May", "mai"), ("Jun", "juin"),
        ("Jul", "juill."), ("Aug", "août"), ("Sep", "sept."), ("Oct", "oct."), ("Nov", "nov."), ("Dec", "déc."),
    ]
}
