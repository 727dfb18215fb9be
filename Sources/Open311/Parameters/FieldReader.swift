import Domain
import Foundation

/// Reads typed values out of parameters and collects what is wrong with them.
///
/// A value at fault reads as nil, so one pass finds every fault.
struct FieldReader {
    let parameters: ParameterSet
    private(set) var faults: [Open311Fault] = []

    init(_ parameters: ParameterSet) {
        self.parameters = parameters
    }

    /// Fifty faults are enough to mend a request; a list of garbage shall not be answered entry by entry.
    mutating func fail(_ fault: Open311Fault) {
        if faults.count < 50 { faults.append(fault) }
    }

    /// Ends the reading.
    func check() throws(Open311Faults) {
        if let faults = Open311Faults(faults) { throw faults }
    }

    /// A text that may have only so many Unicode code points (rules P8, P9); never cut.
    mutating func text(_ name: String, atMost limit: Int) -> String? {
        guard let text = parameters.text(name) else { return nil }
        return isWithin(limit, text, name) ? text : nil
    }

    /// A short text of one word or line, without blanks round it.
    mutating func word(_ name: String, atMost limit: Int) -> String? {
        guard let text = parameters.word(name) else { return nil }
        return isWithin(limit, text, name) ? text : nil
    }

    private mutating func isWithin(_ limit: Int, _ text: String, _ name: String) -> Bool {
        // no more bytes than allowed code points: no need to count
        guard text.utf8.count > limit, case let count = text.unicodeScalars.count, count > limit else { return true }
        fail(.bad(name, "has \(count) characters; at most \(limit) are taken"))
        return false
    }

    mutating func date(_ name: String) -> Date? {
        guard let text = parameters.word(name) else { return nil }
        guard let date = WireDateTime.date(text) else {
            fail(.bad(name, "\(Self.quoted(text)) is not \(WireDateTime.expected)"))
            return nil
        }
        return date
    }

    mutating func decimal(_ name: String, in range: ClosedRange<Double>, expected: String) -> Double? {
        guard let text = parameters.word(name) else { return nil }
        guard let value = PlainDecimal.value(text) else {
            fail(.bad(name, "\(Self.quoted(text)) is not a plain decimal number; expected \(expected)"))
            return nil
        }
        guard range.contains(value) else {
            fail(.bad(name, "\(Self.quoted(text)) is out of range; expected \(expected)"))
            return nil
        }
        return value
    }

    /// `lat` and `long`: nil when both are missing or something is wrong with them.
    mutating func coordinate() -> Coordinate? {
        let latitude = decimal("lat", in: -90...90, expected: "degrees between -90 and 90 such as 44.2051")
        let longitude = decimal("long", in: -180...180, expected: "degrees between -180 and 180 such as -79.3")
        switch (parameters.word("lat"), parameters.word("long")) {
        case (nil, nil): return nil
        case (nil, _?): fail(.bad("lat", "is missing; lat and long belong together"))
        case (_?, nil): fail(.bad("long", "is missing; lat and long belong together"))
        case (let first?, let second?):
            guard latitude != nil, longitude != nil else { return nil }
            do throws(Coordinate.Invalid) {
                return try Coordinate(latitudeText: first, longitudeText: second)
            } catch {
                fail(.bad(error.axis == .latitude ? "lat" : "long", "is not \(error.expected)"))
            }
        }
        return nil
    }

    /// A whole number: an optional sign and digits; what no longer fits an `Int` is held to `Int.max`.
    mutating func wholeNumber(_ name: String, from least: Int, expected: String) -> Int? {
        guard let text = parameters.word(name) else { return nil }
        let digits = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            fail(.bad(name, "\(Self.quoted(text)) is not a whole number; expected \(expected)"))
            return nil
        }
        let value = Int(text) ?? (text.first == "-" ? Int.min : Int.max)
        guard value >= least else {
            fail(.bad(name, "\(Self.quoted(text)) is too small; expected \(expected)"))
            return nil
        }
        return value
    }

    /// Addresses of pictures: http, https with a host, or a `data:` image (rule E14); at most ten (rule P15).
    mutating func mediaURLs() -> [String] {
        let given = parameters.values("media_url").map(\.trimmed).filter { !$0.isEmpty }
        guard given.count <= 10 else {
            fail(.bad("media_url", "is given \(given.count) times; at most 10 are taken"))
            return []
        }
        return given.filter { url in
            if MediaURL.isAccepted(url) { return true }
            fail(.bad("media_url", "\(Self.quoted(url)) is not \(MediaURL.expected)"))
            return false
        }
    }

    static func quoted(_ text: String) -> String { "\"\(Open311Fault.shown(text))\"" }
}

/// What may stand in `media_url`.
enum MediaURL {
    static let expected = "an http or https address of at most 2048 characters or a data:image/… address"

    static func isAccepted(_ text: String) -> Bool {
        guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return false }
        // scheme names know no case (RFC 3986 section 3.1)
        let start = text.prefix(12).lowercased()
        if start.hasPrefix("data:image/") {
            return text.contains(",")
        }
        guard start.hasPrefix("http://") || start.hasPrefix("https://"), text.utf8.count <= 2048 else { return false }
        let rest = text.drop { $0 != "/" }.dropFirst(2)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return !authority.isEmpty && authority.first != ":" && !authority.contains("@") && !authority.contains("\\")
    }
}
