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

    /// Most addresses of pictures.
    public static let mostPictures = 10
    /// Most characters of a picture's address.
    public static let longestURL = 2000

    /// Everything wrong; empty when the intake can be stored.
    public let faults: [FieldFault]
    /// The answers that count: trimmed, and only to what is asked.
    public let answers: Answers

    /// Checks an intake against the type it is for.
    public init(_ intake: Intake, service: Service) {
        let check = AnswerCheck(intake.answers, for: service)
        answers = check.accepted
        faults = Self.plainFaults(intake, service) + Self.unstorable(intake) + check.faults
    }

    /// Faults of an intake against the type it is for; empty when it can be stored.
    public static func faults(in intake: Intake, service: Service) -> [FieldFault] {
        IntakeCheck(intake, service: service).faults
    }

    private static func plainFaults(_ intake: Intake, _ service: Service) -> [FieldFault] {
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
        if isLonger(intake.description, than: longestDescription) {
            faults.append(tooLong("description", most: longestDescription))
        }
        let texts: [(String, String?)] = [
            ("address_string", intake.address), ("address_id", intake.addressID), ("email", intake.contact?.email),
            ("phone", intake.contact?.phone), ("first_name", intake.contact?.firstName),
            ("last_name", intake.contact?.lastName), ("device_id", intake.contact?.deviceID),
            ("account_id", intake.contact?.accountID),
        ]
        faults += texts.filter { isLonger($0.1 ?? "", than: longestText) }.map {
            tooLong($0.0, most: longestText)
        }
        if let email = intake.contact?.email, !isAddress(email) {
            faults.append(addressFault)
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
        return faults
    }

    /// The one character that PostgreSQL stores in no text, and pictures too many or too long.
    private static func unstorable(_ intake: Intake) -> [FieldFault] {
        let texts: [(String, [String?])] = [
            ("description", [intake.description]), ("address_string", [intake.address]),
            ("address_id", [intake.addressID]), ("email", [intake.contact?.email]), ("phone", [intake.contact?.phone]),
            ("first_name", [intake.contact?.firstName]), ("last_name", [intake.contact?.lastName]),
            ("device_id", [intake.contact?.deviceID]), ("account_id", [intake.contact?.accountID]),
            ("media_url", intake.mediaURLs), ("attribute", intake.answers.values.values.flatMap { $0 }),
        ]
        var faults = texts.filter { $0.1.contains { $0?.utf8.contains(0) == true } }.map { field, _ in
            FieldFault(
                field: field,
                code: .malformed,
                fault: LocalizedText(english: "contains the character NUL", french: "contient le caractère NUL"),
                expected: LocalizedText(english: "text without it", french: "un texte sans ce caractère")
            )
        }
        if intake.mediaURLs.count + intake.photos.count > mostPictures {
            faults.append(
                FieldFault(
                    field: "media_url",
                    code: .tooLong,
                    fault: LocalizedText(english: "are too many pictures", french: "compte trop d’images"),
                    expected: LocalizedText(english: "at most \(mostPictures)", french: "au plus \(mostPictures)")
                )
            )
        }
        if intake.mediaURLs.contains(where: { $0.utf8.count > longestURL }) {
            faults.append(tooLong("media_url", most: longestURL))
        }
        return faults
    }

    /// Whether a text has more code points than allowed; no more bytes than that need no counting.
    private static func isLonger(_ text: String, than limit: Int) -> Bool {
        text.utf8.count > limit && text.unicodeScalars.count > limit
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

    /// What is said of a text that is no address for mail.
    static let addressFault = FieldFault(
        field: "email",
        code: .malformed,
        fault: LocalizedText(english: "is no e-mail address", french: "n’est pas une adresse courriel"),
        expected: LocalizedText(english: "such as name@example.org", french: "par exemple nom@example.org")
    )

    /// Something before one `@` and a dot behind it, with no blank: whether it works only a message tells.
    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
            && !parts[1].hasSuffix(".") && !text.contains(where: \.isWhitespace)
    }
}
