public import Domain
import Foundation

/// The one validation of an intake, whatever channel it came by.
///
/// Every fault is found at once and names its field as Open311 spells it; the pages translate field names to labels.
public struct IntakeCheck: Sendable {
    /// Most code points of a description.
    public static let longestDescription = 4000
    /// Most characters of an address, a name, a phone number or an id.
    public static let longestText = 500

    /// Faults of an intake against the type it is for; empty when it can be stored.
    public static func faults(in intake: Intake, service: Service) -> [FieldFault] {
        var faults: [FieldFault] = []
        if service.locationRequired, service.location != .none, intake.coordinate == nil,
            blank(intake.address), blank(intake.addressID)
        {
            faults.append(
                FieldFault(
                    field: "lat",
                    code: .missing,
                    fault: LocalizedText(english: "and long are required", french: "et long sont obligatoires"),
                    expected: LocalizedText(
                        english: "a point (lat and long), an address_string or an address_id",
                        french: "un point (lat et long), une address_string ou un address_id"
                    )
                )
            )
        }
        if intake.description.unicodeScalars.count > longestDescription {
            faults.append(tooLong("description", most: longestDescription))
        }
        let texts: [(String, String?)] = [
            ("address_string", intake.address), ("address_id", intake.addressID), ("email", intake.contact?.email),
            ("phone", intake.contact?.phone), ("first_name", intake.contact?.firstName),
            ("last_name", intake.contact?.lastName), ("device_id", intake.contact?.deviceID),
            ("account_id", intake.contact?.accountID),
        ]
        faults += texts.filter { ($0.1 ?? "").unicodeScalars.count > longestText }.map {
            tooLong($0.0, most: longestText)
        }
        if let email = intake.contact?.email, !isAddress(email) {
            faults.append(
                FieldFault(
                    field: "email",
                    code: .malformed,
                    fault: LocalizedText(english: "is no e-mail address", french: "n’est pas une adresse courriel"),
                    expected: LocalizedText(english: "such as name@example.org", french: "par exemple nom@example.org")
                )
            )
        }
        if service.contactRule == .required, intake.contact?.canBeReached != true {
            faults.append(
                FieldFault(
                    field: "email",
                    code: .missing,
                    fault: LocalizedText(english: "or phone is required", french: "ou phone est obligatoire"),
                    expected: LocalizedText(
                        english: "this kind of request cannot be handled without a way to reach you",
                        french: "ce type de demande ne peut être traité sans moyen de vous joindre"
                    )
                )
            )
        }
        return faults + AnswerCheck(intake.answers, for: service).faults
    }

    private static func blank(_ text: String?) -> Bool {
        text?.allSatisfy(\.isWhitespace) ?? true
    }

    private static func tooLong(_ field: String, most: Int) -> FieldFault {
        FieldFault(
            field: field,
            code: .tooLong,
            fault: LocalizedText(english: "is too long", french: "est trop long"),
            expected: LocalizedText(english: "at most \(most) characters", french: "au plus \(most) caractères")
        )
    }

    /// Something before one `@` and a dot behind it, with no blank: whether it works only a message tells.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
            && !parts[1].hasSuffix(".") && !text.contains(where: \.isWhitespace)
    }
}
