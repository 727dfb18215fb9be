/// How a request ended, in the words of pages and messages.
public enum OutcomeWords {
    private static let words: [String: LocalizedText] = [
        "fixed": LocalizedText(english: "Fixed", french: "Réparé"),
        "made_safe": LocalizedText(
            english: "Made safe, repair planned",
            french: "Lieux sécurisés, réparation prévue"
        ),
        "inspected_meets_standard": LocalizedText(
            english: "Inspected, meets the standard",
            french: "Inspecté, conforme à la norme"
        ),
        "not_found": LocalizedText(english: "Not found", french: "Introuvable"),
        "duplicate": LocalizedText(english: "Same as another request", french: "Identique à une autre demande"),
        "could_not_reach": LocalizedText(english: "Could not reach you", french: "Impossible de vous joindre"),
        "withdrawn": LocalizedText(english: "Withdrawn", french: "Retirée"),
        "declined": LocalizedText(
            english: "Will not be done; the reason is given",
            french: "Ne sera pas fait; la raison est donnée"
        ),
        "unspecified": LocalizedText(
            english: "Completed by the other body, which did not say how",
            french: "Terminée par l’autre organisme, qui n’a pas dit comment"
        ),
    ]

    /// The words for an outcome; a test makes sure that each has its own.
    public static func of(_ outcome: Outcome) -> LocalizedText {
        words[outcome.rawValue] ?? LocalizedText(same: outcome.rawValue.replacing("_", with: " "))
    }

    /// Whether an outcome has words of its own.
    static func has(_ outcome: Outcome) -> Bool { words[outcome.rawValue] != nil }
}
