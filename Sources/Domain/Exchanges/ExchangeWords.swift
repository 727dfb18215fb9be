/// Sentences of an exchange answer, in both languages.
enum ExchangeWords {
    /// What the operator asks.
    static func question(_ candidates: [ExchangeAnswer.Candidate]) -> LocalizedText {
        let english = candidates.map(\.municipality.name.english).joined(separator: ", ")
        let french = candidates.map(\.municipality.name.french).joined(separator: ", ")
        switch candidates.count {
        case 0:
            return LocalizedText(
                english: "What is the address or the nearest crossing, and in which town?",
                french: "Quelle est l’adresse ou l’intersection la plus proche, et dans quelle municipalité?"
            )
        case 1:
            return LocalizedText(
                english: "Is it about this place: \(english)? What is the address or the nearest crossing?",
                french: "Est-ce bien à cet endroit : \(french)? Quelle est l’adresse ou l’intersection la plus proche?"
            )
        default:
            return LocalizedText(
                english:
                    "Which place is it about: \(english), or somewhere else? What is the address or the nearest crossing?",
                french:
                    "De quel endroit s’agit-il : \(french), ou ailleurs? Quelle est l’adresse ou l’intersection la plus proche?"
            )
        }
    }

    /// Why, for staff.
    static func reason(_ source: EvidenceRung, exchange: ExchangeName?, body: JurisdictionID?) -> LocalizedText {
        let name = exchange?.rawValue ?? ""
        switch source {
        case .dialledExchange where body != nil:
            return LocalizedText(
                english: "The number dialled is that body's own; the call may still be about another place.",
                french:
                    "Le numéro composé est celui de cet organisme; l’appel peut néanmoins concerner un autre endroit."
            )
        case .dialledExchange:
            return LocalizedText(
                english: "The number dialled takes calls of the exchange \(name); an exchange is no municipality.",
                french:
                    "Le numéro composé reçoit les appels de la circonscription téléphonique \(name); une circonscription n’est pas une municipalité."
            )
        case .callerExchange:
            return LocalizedText(
                english: "The caller's number was assigned in the exchange \(name); it is only a hint.",
                french:
                    "Le numéro de l’appelant a été attribué dans la circonscription téléphonique \(name); ce n’est qu’un indice."
            )
        default:
            return LocalizedText(
                english: "Neither number says where the call comes from.",
                french: "Aucun des deux numéros ne dit d’où vient l’appel."
            )
        }
    }
}
