import Domain
import Foundation
import Storage

/// What an alarm says, and the outbox rows that carry it to each person it tells.
enum AlarmMessage {
    /// One row for each person: by text message where it cannot wait, else by mail, else by whatever there is.
    static func outboxItems(
        of alarm: DeadlineAlarm,
        tenant: HostedTenant,
        surroundings: Surroundings
    ) throws -> [OutboxItem] {
        guard alarm.state == .open else { return [] }
        return try alarm.recipients.compactMap { person in
            let isUrgent = alarm.step.hasSuffix("min")
            let text = words(alarm)[person.language]
            let (kind, address): (String, String)
            if let phone = person.phone, isUrgent || person.email == nil {
                (kind, address) = ("sms", phone)
            } else if let email = person.email {
                (kind, address) = ("mail", email)
            } else {
                return nil
            }
            return OutboxItem(
                kind: kind,
                target: kind,
                orderKey: alarm.reference.rawValue,
                payload: try StoredJSON(
                    AlarmNotice(
                        to: address,
                        name: person.name,
                        language: person.language,
                        subject: subject(alarm)[person.language],
                        text: text,
                        reference: alarm.reference,
                        step: alarm.step
                    )
                ),
                createdAt: alarm.notedAt,
                dueAt: alarm.deliverAt
            )
        }
    }

    /// Nothing of the person, the place or the matter: the reference and how far the clock is.
    static func subject(_ alarm: DeadlineAlarm) -> LocalizedText {
        let step = stepWords(alarm.step)
        return LocalizedText(
            english: "\(alarm.reference): \(step.english)",
            french: "\(alarm.reference)\u{A0}: \(step.french)"
        )
    }

    /// The message itself.
    static func words(_ alarm: DeadlineAlarm) -> LocalizedText {
        let step = stepWords(alarm.step)
        let clock = clockWords(alarm.kind)
        let department = alarm.department.map { " (\($0))" } ?? ""
        return LocalizedText(
            english: "\(alarm.reference)\(department): \(clock.english): \(step.english).",
            french: "\(alarm.reference)\(department)\u{A0}: \(clock.french)\u{A0}: \(step.french)."
        )
    }

    private static func clockWords(_ kind: RequestClock.Kind) -> LocalizedText {
        switch kind {
        case .review: LocalizedText(english: "review", french: "examen")
        case .complete: LocalizedText(english: "completion", french: "exécution")
        case .placing: LocalizedText(english: "finding who answers", french: "recherche du responsable")
        }
    }

    private static func stepWords(_ step: String) -> LocalizedText {
        if step.hasSuffix("min") {
            let minutes = step.dropLast(3)
            return LocalizedText(
                english: "nobody has read it for \(minutes) minutes",
                french: "personne ne l’a lue depuis \(minutes) minutes"
            )
        }
        let percent = Int(step.dropLast()) ?? 0
        switch percent {
        case ..<100:
            return LocalizedText(
                english: "\(percent)% of the time is used",
                french: "\(percent)\u{A0}% du délai est écoulé"
            )
        case 100: return LocalizedText(english: "the time has run out", french: "le délai est écoulé")
        default:
            return LocalizedText(
                english: "late, at \(percent)% of the time",
                french: "en retard, à \(percent)\u{A0}% du délai"
            )
        }
    }
}

/// The payload of an alarm in the outbox: whom to tell what, ready to be sent.
struct AlarmNotice: Codable, Sendable, Hashable {
    /// Mail address, or number in international form.
    let to: String
    /// The person's name.
    let name: String
    /// Language of the words.
    let language: Language
    /// Subject of a mail.
    let subject: String
    /// The words; a text message is these alone.
    let text: String
    /// The request.
    let reference: RequestReference
    /// The step reached.
    let step: String
}
