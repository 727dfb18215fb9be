/// What somebody should know about an answer before they rely on it.
public enum AddressWarning: String, Sendable, Hashable, Codable, CaseIterable {
    /// No register of addresses is in force.
    case noAddresses = "no_addresses"
    /// The text has no street, so there is nothing to look for.
    case noStreet = "no_street"
    /// No such street is known anywhere.
    case streetUnknown = "street_unknown"
    /// The street is not in the municipality that was named; what is shown lies elsewhere and must be confirmed.
    case streetElsewhere = "street_elsewhere"
    /// The municipality or community that was named is not known here.
    case municipalityUnknown = "municipality_unknown"
    /// The street is known, the number on it is not.
    case numberUnknown = "number_unknown"
    /// No number was given.
    case noNumber = "no_number"
    /// The spelling was corrected.
    case corrected
    /// The address point lies in another municipality than its register says.
    case overTheBorder = "over_the_border"
    /// The street has another name now.
    case formerName = "former_name"
    /// The postal code contradicts the address.
    case postalCodeDiffers = "postal_code_differs"
    /// What looks like a postal code is none.
    case postalCodeInvalid = "postal_code_invalid"
    /// The unit was not checked: registers hold buildings.
    case unitNotChecked = "unit_not_checked"

    /// One sentence.
    public var text: LocalizedText {
        switch self {
        case .noAddresses:
            LocalizedText(
                english: "No register of addresses is in force.",
                french: "Aucun répertoire d’adresses n’est en vigueur."
            )
        case .noStreet:
            LocalizedText(
                english: "The address names no street. Give a number and a street.",
                french: "L’adresse ne nomme aucune rue. Donnez un numéro et une rue."
            )
        case .streetUnknown:
            LocalizedText(
                english: "This street is not known here. Check its name.",
                french: "Cette rue n’est pas connue ici. Vérifiez son nom."
            )
        case .streetElsewhere:
            LocalizedText(
                english: "This street is not in the municipality named; the ones shown are elsewhere.",
                french: "Cette rue n’est pas dans la municipalité nommée; celles montrées sont ailleurs."
            )
        case .municipalityUnknown:
            LocalizedText(
                english: "The municipality named is not known here.",
                french: "La municipalité nommée n’est pas connue ici."
            )
        case .numberUnknown:
            LocalizedText(
                english: "The street is known, this number is not. Check the number.",
                french: "La rue est connue, pas ce numéro. Vérifiez le numéro."
            )
        case .noNumber:
            LocalizedText(english: "No civic number was given.", french: "Aucun numéro n’a été donné.")
        case .corrected:
            LocalizedText(english: "The spelling was corrected.", french: "L’orthographe a été corrigée.")
        case .overTheBorder:
            LocalizedText(
                english: "The point of this address lies in another municipality than its register says.",
                french: "Le point de cette adresse est dans une autre municipalité que celle de son répertoire."
            )
        case .formerName:
            LocalizedText(
                english: "This street has another name now.",
                french: "Cette rue porte un autre nom aujourd’hui."
            )
        case .postalCodeDiffers:
            LocalizedText(
                english: "The postal code belongs to another address.",
                french: "Le code postal est celui d’une autre adresse."
            )
        case .postalCodeInvalid:
            LocalizedText(
                english: "The postal code is not well-formed; expected A1A 1A1.",
                french: "Le code postal n’est pas bien formé; attendu : A1A 1A1."
            )
        case .unitNotChecked:
            LocalizedText(
                english: "The unit was not checked, only the building.",
                french: "L’unité n’a pas été vérifiée, seulement l’immeuble."
            )
        }
    }
}
