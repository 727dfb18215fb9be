import Domain
import Foundation
import Hummingbird
import NIOCore

/// The JSON body of `POST /api/v1/requests`, read leniently to values that can be checked one by one.
///
/// A number may be written as a number or as text, one answer as a text or as a list of one; members that are not known are ignored. What is
/// of the wrong kind is a fault of its field and not of the whole body.
struct SubmittedRequest {
    /// Most bytes of a body; larger photos go by address, or by Open311's multipart.
    static let largestBody = 1 << 20
    /// Most pictures of one request.
    static let mostPhotos = 10

    private let members: [String: Any]
    private(set) var faults: [FieldFault] = []

    /// Reads a body.
    ///
    /// - Throws: 400 when it is no JSON object, 415 when it says that it is something else.
    init(_ bytes: ByteBuffer, contentType: String?) throws {
        let type = contentType?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        guard let type, type == "application/json" || type.hasSuffix("+json") else {
            throw HTTPFault(
                .unsupportedMediaType,
                english: "the body must be application/json",
                french: "le contenu doit être application/json"
            )
        }
        guard let members = try? JSONSerialization.jsonObject(with: Data(bytes.readableBytesView)) as? [String: Any]
        else {
            throw HTTPFault(
                .badRequest,
                english: "the body is not a JSON object in UTF-8",
                french: "le contenu n’est pas un objet JSON en UTF-8"
            )
        }
        self.members = members
    }

    /// A text or number, without blanks round it; nil when it is absent, null or empty.
    mutating func word(_ name: String, in object: String? = nil) -> String? {
        text(name, in: object).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.flatMap {
            $0.isEmpty ? nil : $0
        }
    }

    /// A text as it was sent, with line feeds; nil when it is absent, null or empty.
    mutating func text(_ name: String, in object: String? = nil) -> String? {
        let holder = object.map { members[$0] as? [String: Any] ?? [:] } ?? members
        guard let value = holder[name], !(value is NSNull) else { return nil }
        let field = object.map { "\($0).\(name)" } ?? name
        guard let text = Self.text(of: value) else {
            fail(field, .malformed, "is no text", "n’est pas un texte")
            return nil
        }
        return checked(text, field)
    }

    /// A code of a checked form.
    mutating func code<Value: CheckedText>(_ name: String, _ type: Value.Type = Value.self) -> Value? {
        guard let text = word(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            fail(name, .malformed, "is not well-formed", "n’est pas bien formé", Value.form)
            return nil
        }
        return value
    }

    /// `lat` and `long`, both or neither.
    mutating func coordinate() -> Coordinate? {
        let (latitude, longitude) = (word("lat"), word("long"))
        guard let latitude, let longitude else {
            if latitude != nil { faults.append(.missing("long")) }
            if longitude != nil { faults.append(.missing("lat")) }
            return nil
        }
        do {
            return try Coordinate(latitudeText: latitude, longitudeText: longitude)
        } catch {
            faults.append(FieldFault(error))
            return nil
        }
    }

    /// `answers`: code to value, or to a list of values.
    mutating func answers() -> Answers {
        guard let value = members["answers"], !(value is NSNull) else { return Answers() }
        guard let object = value as? [String: Any] else {
            fail("answers", .malformed, "is no object of codes and values", "n’est pas un objet de codes et de valeurs")
            return Answers()
        }
        var answers = Answers()
        for (code, value) in object.sorted(by: { $0.key < $1.key }) {
            for single in value as? [Any] ?? [value] where !(single is NSNull) {
                if let text = Self.text(of: single) {
                    if let good = checked(text, "answers.\(FieldFault.excerpt(code))") { answers[code] += [good] }
                } else {
                    fail("answers.\(FieldFault.excerpt(code))", .malformed, "is no text", "n’est pas un texte")
                }
            }
        }
        return answers
    }

    /// `photos`: addresses, http, https or `data:`.
    mutating func photos() -> [String] {
        guard let value = members["photos"], !(value is NSNull) else { return [] }
        let list = (value as? [Any])?.compactMap { $0 as? String } ?? []
        guard let all = value as? [Any], all.count == list.count else {
            fail("photos", .malformed, "is no list of addresses", "n’est pas une liste d’adresses")
            return []
        }
        guard list.count <= Self.mostPhotos else {
            fail("photos", .tooLong, "has more than \(Self.mostPhotos) entries", "a plus de \(Self.mostPhotos) entrées")
            return []
        }
        for address in list where !Self.isPhotoAddress(address) {
            fail(
                "photos",
                .malformed,
                "has an entry that is no http, https or data: address",
                "a une entrée qui n’est pas une adresse http, https ou data:"
            )
        }
        return list
    }

    /// Notes a fault when a member is there and no object.
    mutating func expectObject(_ name: String) {
        guard let value = members[name], !(value is NSNull), !(value is [String: Any]) else { return }
        fail(name, .malformed, "is no object", "n’est pas un objet")
    }

    /// Notes a fault.
    mutating func fail(
        _ field: String,
        _ code: FieldFault.Code,
        _ english: String,
        _ french: String,
        _ expected: LocalizedText = LocalizedText(same: "")
    ) {
        faults.append(
            FieldFault(
                field: field,
                code: code,
                fault: LocalizedText(english: english, french: french),
                expected: expected
            )
        )
    }

    /// Texts as they are; numbers and booleans as they are written; nothing else.
    private static func text(of value: Any) -> String? {
        if let text = value as? String { return text }
        guard let number = value as? NSNumber else { return nil }
        if CFBoolean.isBoolean(number) { return number.boolValue ? "yes" : "no" }
        let decimal = number.decimalValue
        return decimal.isNaN ? nil : "\(decimal)"
    }

    /// The text with LF; nil and a fault when it holds a character that XML cannot carry, so that Open311 could not give it back.
    private mutating func checked(_ text: String, _ field: String) -> String? {
        let isBad = text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case ..<0x20, 0xFFFE, 0xFFFF: true
            default: false
            }
        }
        guard !isBad else {
            fail(field, .malformed, "holds a control character", "contient un caractère de commande")
            return nil
        }
        let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        return plain.isEmpty ? nil : plain
    }

    private static func isPhotoAddress(_ address: String) -> Bool {
        let lower = address.prefix(8).lowercased()
        if lower.hasPrefix("data:") { return true }
        guard address.utf8.count <= 2000, lower.hasPrefix("http://") || lower.hasPrefix("https://") else {
            return false
        }
        return URL(string: address)?.host()?.isEmpty == false
    }
}

private enum CFBoolean {
    /// Whether a number was written `true` or `false`: Foundation keeps those as numbers of the type `char`.
    static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
