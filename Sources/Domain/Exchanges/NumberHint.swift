/// Something about the numbers of a call that makes them say less of a place than they seem to.
public enum NumberHint: String, Sendable, Hashable, Codable, CaseIterable {
    /// The caller's code is held by a wireless company: the number travels.
    case wireless
    /// The caller's code lies in another exchange than the dialled number.
    case callerElsewhere = "caller_elsewhere"
    /// The caller's number is toll-free: it has no place.
    case tollFree = "toll_free"
    /// The caller's area code is no place's (600, 622, 633, 644, 655, 677, 688, 900 and the like).
    case nonGeographic = "non_geographic"
    /// The caller's code is not in the list: out of the list's provinces, or not given out.
    case notListed = "not_listed"
    /// The caller's code is given to a company, but not in use yet.
    case notInService = "not_in_service"
    /// The caller's code is being taken back.
    case beingRecovered = "being_recovered"
    /// The caller's number may have moved to another company and, within its exchange, to another address.
    case portable
    /// The caller withheld the number.
    case callerWithheld = "caller_withheld"
    /// The caller calls from another country.
    case callerAbroad = "caller_abroad"
    /// The caller's number could not be read.
    case callerUnreadable = "caller_unreadable"
    /// The number dialled is an old one of a body.
    case legacyDialled = "legacy_dialled"
    /// The number dialled is not in the register of termination numbers.
    case dialledUnknown = "dialled_unknown"
    /// The emergency number was dialled.
    case emergency

    /// For the operator, in both languages.
    public var text: LocalizedText {
        switch self {
        case .wireless:
            LocalizedText(
                english: "The caller's number is wireless; it tells nothing of where the caller is.",
                french: "Le numéro de l’appelant est sans fil; il ne dit rien de l’endroit où se trouve l’appelant."
            )
        case .callerElsewhere:
            LocalizedText(
                english: "The caller's own number belongs to another exchange.",
                french: "Le numéro de l’appelant relève d’une autre circonscription téléphonique."
            )
        case .tollFree:
            LocalizedText(
                english: "The caller's number is toll-free and has no place.",
                french: "Le numéro de l’appelant est sans frais et n’a pas de lieu."
            )
        case .nonGeographic:
            LocalizedText(
                english: "The caller's area code belongs to no place.",
                french: "L’indicatif régional de l’appelant ne correspond à aucun lieu."
            )
        case .notListed:
            LocalizedText(
                english: "The caller's code is not in the list of this province.",
                french: "L’indicatif de l’appelant ne figure pas dans la liste de cette province."
            )
        case .notInService:
            LocalizedText(
                english: "The caller's code is assigned, but not in service.",
                french: "L’indicatif de l’appelant est attribué, mais n’est pas en service."
            )
        case .beingRecovered:
            LocalizedText(
                english: "The caller's code is being taken back by the administrator.",
                french: "L’indicatif de l’appelant est en cours de récupération par l’administrateur."
            )
        case .portable:
            LocalizedText(
                english: "Numbers are portable: the code tells where this one was assigned.",
                french: "Les numéros sont transférables : l’indicatif dit où celui-ci a été attribué."
            )
        case .callerWithheld:
            LocalizedText(english: "The caller's number is withheld.", french: "Le numéro de l’appelant est masqué.")
        case .callerAbroad:
            LocalizedText(
                english: "The caller's number is of another country.",
                french: "Le numéro de l’appelant est d’un autre pays."
            )
        case .callerUnreadable:
            LocalizedText(
                english: "The caller's number cannot be read.",
                french: "Le numéro de l’appelant est illisible."
            )
        case .legacyDialled:
            LocalizedText(
                english: "The caller dialled an old number.",
                french: "L’appelant a composé un ancien numéro."
            )
        case .dialledUnknown:
            LocalizedText(
                english: "The dialled number is not in the register of termination numbers.",
                french: "Le numéro composé ne figure pas au registre des numéros d’aboutissement."
            )
        case .emergency:
            LocalizedText(
                english: "911 is never transferred: hang up and dial 911.",
                french: "Le 911 n’est jamais transféré : raccrochez et composez le 911."
            )
        }
    }
}
