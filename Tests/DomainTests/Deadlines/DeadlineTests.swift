import Domain
import Foundation
import Testing

@Suite("The word, shape and colour of a deadline")
struct DeadlineTests {
    private func deadline(
        at now: String,
        pause: RequestLife.PauseReason? = nil,
        isOpen: Bool = true,
        change: (inout [RequestClock], BusinessCalendar) throws -> Void = { _, _ in }
    ) throws -> Deadline {
        let office = try torontoOffice()
        let start = try instant("2026-11-16 10:00", in: office.timeZone)
        func clock(_ kind: RequestClock.Kind, _ days: Int) throws -> RequestClock {
            RequestClock(
                starting: kind,
                at: start,
                target: try SLATarget(amount: days, .businessDays),
                slaVersion: "1",
                calendar: office,
                ladder: .standard,
                priority: .p3
            )
        }
        var clocks = [try clock(.review, 1), try clock(.complete, 5)]
        try change(&clocks, office)
        return Deadline(
            clocks: clocks,
            isOpen: isOpen,
            pause: pause,
            asOf: try instant(now, in: office.timeZone),
            in: office.timeZone
        )
    }

    /// Reads the request half an hour after it came.
    private func read(_ clocks: inout [RequestClock], _ office: BusinessCalendar) throws {
        clocks[0].meet(at: try instant("2026-11-16 10:30", in: office.timeZone), in: office)
    }

    @Test("follows the review clock until it is read, then the complete clock")
    func next() throws {
        #expect(try deadline(at: "2026-11-16 11:00").word.english == "Due 17 Nov")
        let read = try deadline(at: "2026-11-16 11:00", change: read)
        #expect(read.word == LocalizedText(english: "Due 23 Nov", french: "Échéance le 23 nov."))
        #expect(read.tone == .good && read.shape == .ring && read.name == "on_time")
    }

    @Test("is soon on the day itself, late the instant after, and counts minutes, hours, days")
    func late() throws {
        let today = try deadline(at: "2026-11-23 08:00", change: read)
        #expect(today.word.english == "Due today" && today.tone == .warn && today.shape == .halfCircle)
        #expect(try deadline(at: "2026-11-23 16:30", change: read).name == "soon")
        let late = try deadline(at: "2026-11-23 16:31", change: read)
        #expect(late.word == LocalizedText(english: "Overdue 1 min", french: "En retard de 1 min"))
        #expect(late.tone == .danger && late.shape == .filledTriangle)
        #expect(try deadline(at: "2026-11-23 19:30", change: read).word.english == "Overdue 3 h")
        #expect(try deadline(at: "2026-11-25 17:00", change: read).word.french == "En retard de 2 j")
    }

    @Test("names the pause, but what ran out before stays late")
    func paused() throws {
        let paused = try deadline(at: "2026-11-20 10:00", pause: .season) { clocks, office in
            try read(&clocks, office)
            clocks[1].pause(.season, at: try instant("2026-11-19 10:00", in: office.timeZone), endsBy: nil)
        }
        #expect(paused.word == LocalizedText(english: "Paused: season", french: "En pause : saison"))
        #expect(paused.shape == .twoBars && paused.tone == .warn)
        let late = try deadline(at: "2026-11-26 10:00", pause: .season) { clocks, office in
            try read(&clocks, office)
            clocks[1].breachedAt = clocks[1].due
            clocks[1].pause(.season, at: try instant("2026-11-24 10:00", in: office.timeZone), endsBy: nil)
        }
        #expect(late.name == "late")
    }

    @Test("says that nothing was promised, or how it ended")
    func others() throws {
        #expect(try deadline(at: "2026-11-16 11:00") { clocks, _ in clocks = [] }.word.english == "No date promised")
        let done = try deadline(at: "2026-11-30 11:00", isOpen: false) { clocks, office in
            let end = try instant("2026-11-20 11:00", in: office.timeZone)
            for index in clocks.indices { clocks[index].meet(at: end, in: office) }
        }
        // Read and finished on the 20th: the review was late.
        #expect(done.state == .met(inTime: false))
    }
}
