import Domain

/// Kinds of danger that have an instruction of their own; the order is the order in which they are shown.
enum Danger: CaseIterable {
    case wire
    case gas
    case crisis
    case general

    func text(distributor: LocalizedText?) -> LocalizedText? {
        switch self {
        case .wire: EmergencyTexts.wire(distributor: distributor)
        case .gas: EmergencyTexts.gas
        case .crisis: EmergencyTexts.crisis
        case .general: nil
        }
    }
}

/// The instructions; wording numbers 1 to 3 of the project's forty texts, the rest in their manner.
enum EmergencyTexts {
    /// Number 1.
    static let isAnyoneInDanger = LocalizedText(
        english: "Is anyone in danger? Hang up and call 911 now. We do not pass calls to 911.",
        french: "Quelqu’un est-il en danger? Raccrochez et composez le 911 maintenant. "
            + "Nous ne transférons pas les appels au 911."
    )

    /// Number 2.
    static let soundsLike = LocalizedText(
        english: "This sounds like an emergency. Call 911. This form is not read at once.",
        french: "Cela ressemble à une urgence. Composez le 911. Ce formulaire n’est pas lu immédiatement."
    )

    /// Number 3.
    static func wire(distributor: LocalizedText?) -> LocalizedText {
        let distributor =
            distributor
            ?? LocalizedText(english: "the electricity distributor", french: "le distributeur d’électricité")
        return LocalizedText(
            english: "Wire down: stay at least 10 metres away. Call 911, then \(distributor.english).",
            french: "Fil tombé : restez à au moins 10 mètres. Composez le 911, puis appelez \(distributor.french)."
        )
    }

    static let gas = LocalizedText(
        english: "Smell of gas or a carbon monoxide alarm: leave now. Call 911 from outside.",
        french: "Odeur de gaz ou alarme de monoxyde de carbone : sortez maintenant. Composez le 911 de l’extérieur."
    )

    static let crisis = LocalizedText(
        english:
            "You do not have to be alone with this. Call or text 988, day or night; someone listens and stays with you.",
        french: "Vous n’avez pas à rester seul avec cela. Appelez ou textez le 988, jour et nuit; "
            + "quelqu’un écoute et reste avec vous."
    )
}

/// Public types that bring the instruction whatever the words are, because the matter itself is danger to life.
///
/// Held here, not in the catalogue: a tenant that leaves out a type's emergency text changes nothing.
enum EmergencyTypes {
    static let always: Set<String> = [
        "RD-DEBRIS", "RD-FLOOD", "RD-BRIDGE", "WN-ICE", "PK-TREEHZ", "AN-BITE", "BD-UNSAFE", "BY-HEAT", "WW-SPILL",
        "HS-SHELTER", "PO-NONEM",
    ]
}
