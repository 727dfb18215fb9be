import Domain

/// The sentences a decision speaks when no rule of the agreement has words of its own.
///
/// Wording: the project's forty texts, numbers 9 to 16; they are the same in every tenant.
enum FixedTexts {
    static let somebody = LocalizedText(english: "another body", french: "un autre organisme")
    static let toSomebody = LocalizedText(english: "to another body", french: "à un autre organisme")
    static let thisThing = LocalizedText(english: "this object", french: "cet objet")
    static let thisRoad = LocalizedText(english: "this road", french: "cette route")
    static let theMunicipality = LocalizedText(english: "the municipality", french: "la municipalité")

    /// Number 9.
    static let whichOfTwoRoads = LocalizedText(
        english: "Two roads meet here. Which one do you mean?",
        french: "Deux routes se croisent ici. De laquelle parlez-vous?"
    )
    static let whichRoad = LocalizedText(
        english: "Several roads meet here. Which one do you mean?",
        french: "Plusieurs routes se croisent ici. De laquelle parlez-vous?"
    )

    /// Number 10.
    static let doNotKnow = LocalizedText(english: "I do not know", french: "Je ne sais pas")

    static let onBorder = LocalizedText(
        english: "This place is on a border. Which municipality do you mean?",
        french: "Cet endroit se trouve à la limite. De quelle municipalité parlez-vous?"
    )
    static let whichMunicipality = LocalizedText(
        english: "In which municipality is it?",
        french: "Dans quelle municipalité est-ce?"
    )

    /// Number 13.
    static let border = LocalizedText(
        english: "This place is on the border. By agreement {body} looks after it.",
        french: "Cet endroit se trouve à la limite. Selon une entente, {body} s’en occupe."
    )

    /// Number 14; the second sentence only when the hub has set itself a day.
    static func findingOut(by day: CalendarDay?) -> LocalizedText {
        let first = LocalizedText(
            english: "We will find out who is responsible.",
            french: "Nous trouverons qui est responsable."
        )
        guard let day else { return first }
        return LocalizedText(
            english: first.english + " You will hear from us by \(inWords(day).english).",
            french: first.french + " Vous aurez de nos nouvelles d’ici le \(inWords(day).french)."
        )
    }

    /// Number 15.
    static let outside = LocalizedText(
        english: "This place is outside our region. {Body} looks after it: {phone}.",
        french: "Cet endroit est hors de notre région. {Body} s’en occupe : {phone}."
    )
    static let elsewhere = LocalizedText(
        english: "This place is outside our region. {Body} can tell you who looks after it: {phone}.",
        french: "Cet endroit est hors de notre région. {Body} peut vous dire qui s’en occupe : {phone}."
    )

    /// `December 2, 2026`, `2 décembre 2026`.
    static func inWords(_ day: CalendarDay) -> LocalizedText {
        let english = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ]
        let french = [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre",
        ]
        return LocalizedText(
            english: "\(english[day.month - 1]) \(day.day), \(day.year)",
            french: "\(day.day == 1 ? "1er" : String(day.day)) \(french[day.month - 1]) \(day.year)"
        )
    }
}
