/// The words of a hub whose tenants write none of their own.
///
/// Terms and sentences: `domain/terms-en-fr.md`, and the texts of the pages: a mail and the page it leads to say the same. Subjects hold
/// the reference alone: a type or a place tells others who look at the screen what the person complained about.
public enum BuiltInMessages {
    /// The message of a moment.
    public static func of(_ event: TellingEvent) -> MessageTemplate {
        switch event {
        case .received: received
        case .reviewed: reviewed
        case .assigned: assigned
        case .madeSafe: madeSafe
        case .late: late
        case .rerouted: rerouted
        case .question: question
        case .completed: completed
        case .reopened: reopened
        }
    }

    private static func text(_ english: [String], _ french: [String]) -> LocalizedText {
        let end = (en: "Follow it here: {link}", fr: "Pour la suivre\u{A0}: {link}")
        return LocalizedText(
            english: (english + [end.en]).joined(separator: "\n\n"),
            french: (french + [end.fr]).joined(separator: "\n\n")
        )
    }

    private static func pair(_ english: String, _ french: String) -> LocalizedText {
        LocalizedText(english: english, french: french)
    }

    private static let received = MessageTemplate(
        subject: pair("We received your report {ref}", "Nous avons reçu votre signalement {ref}"),
        text: text(
            [
                "Received. Your reference is {ref}.", "It is about: {type}.", "Place: {place}.", "{because}",
                "A person reads it by {review_date}.", "Expected by {due_date}.",
            ],
            [
                "Reçue. Votre numéro de référence est {ref}.", "Objet\u{A0}: {type}.", "Endroit\u{A0}: {place}.",
                "{because}", "Une personne la lit d’ici le {review_date}.", "Prévue d’ici le {due_date}.",
            ]
        ),
        sms: pair(
            "{sender}: we received your report {ref}. {link} Reply STOP to end.",
            "{sender}\u{A0}: nous avons reçu votre signalement {ref}. {link} Répondez ARRÊT pour cesser."
        )
    )

    private static let reviewed = MessageTemplate(
        subject: pair("A person has read {ref}", "Une personne a lu {ref}"),
        text: text(
            ["A person has read your report {ref}.", "{Body} looks after it.", "{note}", "Expected by {due_date}."],
            [
                "Une personne a lu votre signalement {ref}.", "{Body} s’en occupe.", "{note}",
                "Prévue d’ici le {due_date}.",
            ]
        ),
        sms: pair(
            "{sender}: a person has read {ref}. {link}",
            "{sender}\u{A0}: une personne a lu {ref}. {link}"
        )
    )

    private static let assigned = MessageTemplate(
        subject: pair("Work assigned: {ref}", "Travail attribué\u{A0}: {ref}"),
        text: text(
            ["The work for {ref} is assigned.", "{Body} looks after it.", "{note}", "Expected by {due_date}."],
            [
                "Le travail pour {ref} est attribué.", "{Body} s’en occupe.", "{note}",
                "Prévue d’ici le {due_date}.",
            ]
        ),
        sms: pair("{sender}: work assigned for {ref}. {link}", "{sender}\u{A0}: travail attribué pour {ref}. {link}")
    )

    private static let madeSafe = MessageTemplate(
        subject: pair("Made safe, still open: {ref}", "Lieux sécurisés, toujours ouverte\u{A0}: {ref}"),
        text: text(
            ["Made safe. The repair is planned. {ref} is still open.", "{note}"],
            ["Lieux sécurisés. La réparation est prévue. {ref} est toujours ouverte.", "{note}"]
        ),
        sms: pair(
            "{sender}: {ref} is made safe, repair planned, still open. {link}",
            "{sender}\u{A0}: {ref}, lieux sécurisés, réparation prévue, toujours ouverte. {link}"
        )
    )

    private static let late = MessageTemplate(
        subject: pair("New date for {ref}", "Nouvelle date pour {ref}"),
        text: text(
            ["{ref} takes longer than promised.", "New date: {due_date}.", "Reason: {note}"],
            ["{ref} prend plus de temps que prévu.", "Nouvelle date\u{A0}: {due_date}.", "Raison\u{A0}: {note}"]
        ),
        sms: pair(
            "{sender}: {ref} takes longer than promised. New date and reason: {link}",
            "{sender}\u{A0}: {ref} prend plus de temps que prévu. Nouvelle date et raison\u{A0}: {link}"
        )
    )

    private static let rerouted = MessageTemplate(
        subject: pair("Who looks after {ref} now", "Qui s’occupe maintenant de {ref}"),
        text: text(
            ["{Body} looks after {ref} now. Same reference, one history.", "{because}", "{note}"],
            ["{Body} s’occupe maintenant de {ref}. Même numéro, un seul historique.", "{because}", "{note}"]
        ),
        sms: pair(
            "{sender}: {body} looks after {ref} now. Same reference. {link}",
            "{sender}\u{A0}: {body} s’occupe maintenant de {ref}. Même numéro. {link}"
        )
    )

    private static let question = MessageTemplate(
        subject: pair("We need your answer: {ref}", "Nous attendons votre réponse\u{A0}: {ref}"),
        text: text(
            ["We need your answer before {ref} can go on. The clock is paused.", "{note}"],
            ["Nous attendons votre réponse pour continuer {ref}. Le délai est suspendu.", "{note}"]
        ),
        sms: pair(
            "{sender}: we need your answer before {ref} can go on. {link}",
            "{sender}\u{A0}: nous attendons votre réponse pour continuer {ref}. {link}"
        )
    )

    private static let completed = MessageTemplate(
        subject: pair("Completed: {ref}", "Terminée\u{A0}: {ref}"),
        text: text(
            [
                "{ref} is completed. Outcome: {outcome}.", "{note}",
                "Not fixed? Tell us by {dispute_date}. Same reference.", "Two questions about how it went: {survey}",
            ],
            [
                "{ref} est terminée. Résultat\u{A0}: {outcome}.", "{note}",
                "Pas réparé? Dites-le-nous d’ici le {dispute_date}. Même numéro.",
                "Deux questions sur le déroulement\u{A0}: {survey}",
            ]
        ),
        sms: pair(
            "{sender}: {ref} is completed: {outcome}. {link}",
            "{sender}\u{A0}: {ref} est terminée\u{A0}: {outcome}. {link}"
        )
    )

    private static let reopened = MessageTemplate(
        subject: pair("Reopened: {ref}", "Rouverte\u{A0}: {ref}"),
        text: text(
            ["{ref} is open again. Same reference.", "{note}", "Expected by {due_date}."],
            ["{ref} est rouverte. Même numéro.", "{note}", "Prévue d’ici le {due_date}."]
        ),
        sms: pair("{sender}: {ref} is open again. {link}", "{sender}\u{A0}: {ref} est rouverte. {link}")
    )
}
