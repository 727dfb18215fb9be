import Domain
import Foundation

/// The next deadline of a request as a word and a shape; colour only repeats it.
///
/// Shapes: overdue a filled triangle, today a half-filled circle, to come a ring, paused two bars, without a promise a dash.
struct DeadlineMark {
    /// Class of the mark, as on `/design`: `late`, `today`, `due`, `paused`, `none`, `ended`.
    let kind: String
    /// `Overdue 2 d`.
    let word: String
    /// What is due: to be read, to be completed; nil where nothing is.
    let what: String?
    /// The instant for software; nil without one.
    let machine: String?

    /// The mark of a request now.
    init(_ request: ServiceRequest, now: Date, dates: PageDates, words: Words) {
        let life = request.life
        let reviewDue = life.reviewedAt == nil && request.step == .received ? request.reviewDue : nil
        let due = [reviewDue, request.completeDue].compactMap(\.self).min()
        let kind: String
        if !life.isOpen {
            kind = "ended"
            word = words("staff.deadline.ended")
        } else if life.pause != nil {
            kind = "paused"
            word = words("staff.deadline.paused")
        } else if let due {
            (kind, word) = Self.word(of: due, now: now, dates: dates, words: words)
        } else {
            kind = "none"
            word = words("staff.deadline.none")
        }
        self.kind = kind
        let isRunning = ["late", "today", "due"].contains(kind)
        what = isRunning ? words(due == reviewDue ? "staff.deadline.review" : "staff.deadline.complete") : nil
        machine = isRunning ? due.map { dates.machine($0) } : nil
    }

    /// The mark of an instant alone: of a work order, of an offer.
    init(due: Date?, isOpen: Bool, now: Date, dates: PageDates, words: Words) {
        let kind: String
        if !isOpen {
            kind = "ended"
            word = words("staff.deadline.ended")
        } else if let due {
            (kind, word) = Self.word(of: due, now: now, dates: dates, words: words)
        } else {
            kind = "none"
            word = words("staff.deadline.none")
        }
        self.kind = kind
        what = nil
        machine = due.map { dates.machine($0) }
    }

    private static func word(of due: Date, now: Date, dates: PageDates, words: Words) -> (String, String) {
        let late = now.timeIntervalSince(due)
        if late >= 86_400 {
            return ("late", words("staff.deadline.overdue-days", ["n": String(Int(late / 86_400))]))
        }
        if late >= 0 {
            let hours = Int(late / 3_600)
            return ("late", words("staff.deadline.overdue-hours", ["n": hours == 0 ? "< 1" : String(hours)]))
        }
        let day = CalendarDay(due, in: dates.zone)
        if day == CalendarDay(now, in: dates.zone) {
            return ("today", words("staff.deadline.today", ["time": dates.time(due)]))
        }
        return ("due", words("staff.deadline.due", ["day": dates.shortDay(day)]))
    }
}

extension PageDates {
    /// A day without its year, short: `24 Nov`, `24 nov.`; what lies in another year is read on the request's page.
    func shortDay(_ day: CalendarDay) -> String {
        let name: String =
            switch language {
            case .english: Self.shortEnglish[day.month - 1]
            case .french: Self.shortFrench[day.month - 1]
            }
        return "\(day.day)\u{A0}\(name)"
    }

    private static let shortEnglish = [
        "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
    ]

    private static let shortFrench = [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.",
    ]
}
