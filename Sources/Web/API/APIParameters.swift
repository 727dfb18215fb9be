import Domain
import Foundation
import Hummingbird
import Open311

/// The query of one API request, each parameter read to its type.
///
/// A parameter that is there but empty is the same as one that is not there. Faults are collected, so that a caller learns all of
/// them at once: call ``check()`` after the last one was read.
struct APIParameters {
    /// Most characters of an address.
    static let longestAddress = 500

    private let fields: [FormField]
    private var faults: [FieldFault] = []

    init(_ request: Request) throws {
        fields = try FormBody.fields(ofQuery: request.uri.query ?? "")
    }

    /// First text of a name without blanks round it; nil when nothing is left.
    func word(_ name: String) -> String? {
        for field in fields where field.name == name {
            let text = Self.trimmed(field.value)
            if !text.isEmpty { return text }
        }
        return nil
    }

    /// First text of a name as it was sent, blanks and all; nil when it is not there.
    func raw(_ name: String) -> String? { fields.first { $0.name == name && !$0.value.isEmpty }?.value }

    /// The text without blanks round it; what begins and ends with a visible ASCII character, nearly everything, is not copied.
    private static func trimmed(_ text: String) -> String {
        let visible: ClosedRange<UInt8> = 0x21...0x7E
        if let first = text.utf8.first, let last = text.utf8.last, visible.contains(first), visible.contains(last) {
            return text
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// `lat` and `long`, both or neither.
    mutating func coordinate() -> Coordinate? {
        switch (word("lat"), word("long")) {
        case (nil, nil): return nil
        case (let latitude?, let longitude?):
            do {
                return try Coordinate(latitudeText: latitude, longitudeText: longitude)
            } catch {
                faults.append(FieldFault(error))
                return nil
            }
        case (nil, _): faults.append(.missing("lat"))
        case (_, nil): faults.append(.missing("long"))
        }
        return nil
    }

    /// An address in words.
    mutating func address() -> String? {
        guard let address = word("address") else { return nil }
        guard address.unicodeScalars.count <= Self.longestAddress else {
            fail(
                "address",
                .tooLong,
                "at most \(Self.longestAddress) characters",
                "au plus \(Self.longestAddress) caractères"
            )
            return nil
        }
        return address
    }

    /// A code or id of a checked form.
    mutating func checked<Value: CheckedText>(_ name: String, _ type: Value.Type = Value.self) -> Value? {
        guard let text = word(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            fail(name, .malformed, Value.form.english, Value.form.french)
            return nil
        }
        return value
    }

    /// An instant: a date and time with zone, or a day, of which noon is taken.
    mutating func instant(_ name: String) -> Date? {
        guard let text = word(name) else { return nil }
        if let date = WireDateTime.date(text) ?? WireDateTime.date("\(text)T12:00:00Z") { return date }
        fail(
            name,
            .malformed,
            "a date and time with zone such as 2026-03-01T09:00:00Z, or a day",
            "une date et une heure avec fuseau comme 2026-03-01T09:00:00Z, ou un jour"
        )
        return nil
    }

    /// `language`; English when none is given.
    mutating func language() -> Language {
        guard let text = word("language") else { return .english }
        guard let language = Language(rawValue: text.lowercased()) else {
            fail("language", .unknown, "en or fr", "en ou fr")
            return .english
        }
        return language
    }

    /// `answer[CODE]`; the same code several times adds up.
    var answers: Answers {
        var answers = Answers()
        for field in fields where !field.value.isEmpty {
            guard field.name.hasPrefix("answer["), field.name.hasSuffix("]") else { continue }
            let code = String(field.name.dropFirst("answer[".count).dropLast())
            if !code.isEmpty { answers[code] += [field.value] }
        }
        return answers
    }

    /// Notes a fault of a parameter.
    mutating func fail(_ field: String, _ code: FieldFault.Code, _ english: String, _ french: String) {
        faults.append(
            FieldFault(
                field: field,
                code: code,
                fault: LocalizedText(english: "is not taken", french: "n’est pas accepté"),
                expected: LocalizedText(english: english, french: french)
            )
        )
    }

    /// Notes a fault.
    mutating func fail(_ fault: FieldFault) {
        faults.append(fault)
    }

    /// - Throws: 400 with every fault that was noted.
    func check() throws {
        guard faults.isEmpty else { throw HTTPFault(faults) }
    }
}

extension FieldFault {
    /// A coordinate that is none.
    init(_ fault: Coordinate.Invalid) {
        let isLatitude = fault.axis == .latitude
        let limit = isLatitude ? 90 : 180
        self.init(
            field: isLatitude ? "lat" : "long",
            code: fault.fault == .notDecimal ? .malformed : .outOfRange,
            fault: fault.fault == .notDecimal
                ? LocalizedText(english: "is no plain decimal number", french: "n’est pas un nombre décimal simple")
                : LocalizedText(english: "is outside the earth", french: "est hors de la Terre"),
            expected: LocalizedText(
                english:
                    "degrees of WGS 84 between -\(limit) and \(limit), such as \(isLatitude ? "44.2051" : "-79.3")",
                french: "degrés WGS 84 entre -\(limit) et \(limit), comme \(isLatitude ? "44.2051" : "-79.3")"
            )
        )
    }
}
