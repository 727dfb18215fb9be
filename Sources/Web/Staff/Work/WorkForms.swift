import Crypto
import Domain
import Foundation
import Hub

/// Reads what the forms of work orders send.
enum WorkForms {
    /// A field whose value is no such thing.
    static func fault(_ field: String) -> WorkReport.Invalid {
        WorkReport.Invalid(faults: [.missing(field)])
    }

    /// A new order.
    ///
    /// - Throws: `WorkOrder.InvalidTask`, ``WorkOrderFault/unknownCrew(_:)``, `WorkReport.Invalid` for a day that is none.
    static func draft(_ form: PageForm) throws -> MakeWorkOrder.Draft {
        guard let task = form["task"] else { throw WorkOrder.InvalidTask() }
        return MakeWorkOrder.Draft(
            task: task,
            department: nil,
            priority: form["priority"].flatMap(Priority.init),
            day: try day(form),
            crew: form["crew"].map { CrewCode(rawValue: $0) ?? CrewCode(trusted: "unknown") }
        )
    }

    /// The day of a form; nil when it was left open.
    static func day(_ form: PageForm) throws -> CalendarDay? {
        guard let text = form["day"] else { return nil }
        guard let day = try? CalendarDay(text) else { throw fault("day") }
        return day
    }

    /// What a crew tells; the fields of the checklist are `check.<code>`.
    static func report(_ form: PageForm, checklist: Checklist?) throws -> WorkReport {
        guard let outcome = form["outcome"].flatMap(WorkOutcome.init) else { throw fault("outcome") }
        var minutes: Int?
        if let text = form["minutes"] {
            guard let number = Int(text) else { throw fault("minutes") }
            minutes = number
        }
        var answers: [String: String] = [:]
        for item in checklist?.items ?? [] {
            // A comma is how French writes decimals.
            answers[item.code] =
                item.kind == .number
                ? form["check.\(item.code)"]?.replacing(",", with: ".") : form["check.\(item.code)"]
        }
        return try WorkReport(
            outcome: outcome,
            minutes: minutes,
            materials: form["materials"],
            note: form["note"],
            checklist: answers
        )
    }

    /// The deed a form names, without its photos.
    static func deed(_ form: PageForm, checklist: Checklist?) throws -> FieldAction.Deed? {
        switch form["kind"] {
        case "start": return .start
        case "block":
            guard let obstacle = form["obstacle"].flatMap(WorkOrder.Obstacle.init) else { throw fault("obstacle") }
            return .block(obstacle, note: form["note"].map { String($0.prefix(500)) })
        case "finish": return .finish(try report(form, checklist: checklist))
        case "note":
            guard let note = form["note"] else { throw fault("note") }
            return .note(note)
        default: return nil
        }
    }

    /// An id that follows from another one, for the photos that come with a form: the same form sent again gives the same ids.
    static func derived(_ id: UUID, _ name: String) -> UUID {
        let digest = Array(SHA256.hash(data: Data("\(id.uuidString) \(name)".utf8)))
        return UUID(
            uuid: (
                digest[0], digest[1], digest[2], digest[3], digest[4], digest[5], digest[6], digest[7], digest[8],
                digest[9], digest[10], digest[11], digest[12], digest[13], digest[14], digest[15]
            )
        )
    }
}
