/// The number a resident is given: `BB-7K3QF-2M9V`, the same for life and across tiers, never used twice.
///
/// Made of the code of the tenant where the request was born, eight random characters (40 bits) and a check character,
/// in Crockford's base 32 (no I, L, O, U). It can be read aloud and is checked without a look-up. It is no secret: it opens public data
/// only. It is the `service_request_id` of Open311.
public struct RequestReference: RawRepresentable, Sendable, Hashable, Comparable, Codable,
    CustomStringConvertible
{
    /// The written form: capital letters, dashes after the code and after the fifth character.
    public let rawValue: String

    /// Why a text is no reference.
    public enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// Too many or too few characters.
        case length
        /// A character no reference has, such as U in the random part or a digit in the code.
        case character(Character)
        /// Well-formed, but some character was read or typed wrongly, or two were swapped.
        case check

        /// The fault and what would be right; shows no part of other references.
        public var description: String {
            switch self {
            case .length:
                "a reference has a code of 2 to 4 letters and 9 more characters, such as BB-7K3QF-2M9V"
            case .character(let character): "\"\(character)\" does not occur there in a reference"
            case .check: "one character is wrong or two are swapped; check each letter and number"
            }
        }
    }

    /// Takes a reference that was checked before, as in a row read back.
    public init(trusted: String) {
        rawValue = trusted
    }

    /// Takes the written form exactly; nil for anything else, other human spellings too.
    public init?(rawValue: String) {
        guard let reference = try? RequestReference(parsing: rawValue), reference.rawValue == rawValue
        else {
            return nil
        }
        self = reference
    }

    /// Reads any human spelling: lower case, blanks or dashes or dots anywhere or nowhere, I or L for 1, O for 0.
    ///
    /// - Throws: ``Invalid`` saying what is wrong, without a look-up.
    public init(parsing text: String) throws(Invalid) {
        let characters = try Self.characters(of: text)
        guard (11...13).contains(characters.count) else { throw .length }
        let body = Array(characters.suffix(9))
        for (character, typed) in body where CheckCharacter.value(of: character) == nil {
            throw .character(typed)
        }
        let random = body.map(\.character)
        for code in try Self.codes(from: characters.dropLast(9)) {
            guard CheckCharacter.of(code: code, body: random.dropLast()) == random.last else { continue }
            self.init(code: code, body: random)
            return
        }
        throw .check
    }

    /// Makes a new reference; whoever stores it makes another in the rare case it is taken.
    public static func make(code: TenantCode, random: inout some RandomNumberGenerator)
        -> RequestReference
    {
        // One number has bits enough for eight characters of five.
        let bits: UInt64 = random.next()
        let body = (0..<8).map { CheckCharacter.alphabet[Int((bits >> (5 * UInt64($0))) & 31)] }
        return RequestReference(
            code: Array(code.rawValue),
            body: body + [CheckCharacter.of(code: Array(code.rawValue), body: body[...])]
        )
    }

    /// Makes a new reference from the system's random numbers.
    public static func make(code: TenantCode) -> RequestReference {
        var random = SystemRandomNumberGenerator()
        return make(code: code, random: &random)
    }

    /// Code of the tenant where the request was born.
    public var code: TenantCode { TenantCode(trusted: String(rawValue.prefix { $0 != "-" })) }

    /// The three groups, as they are shown and read aloud: `BB`, `7K3QF`, `2M9V`.
    public var groups: [String] { rawValue.split(separator: "-").map(String.init) }

    /// The written form.
    public var description: String { rawValue }

    /// By written form; says nothing about age.
    public static func < (left: RequestReference, right: RequestReference) -> Bool {
        left.rawValue < right.rawValue
    }

    private init(code: [Character], body: [Character]) {
        rawValue = "\(String(code))-\(String(body[..<5]))-\(String(body[5...]))"
    }

    /// Capital letters and digits of a text, separators dropped; 0 and 1 for letters mistaken for them.
    private static func characters(of text: String) throws(Invalid) -> [(
        character: Character, typed: Character
    )] {
        // Long enough for any spelling with separators, short enough that nobody makes us work.
        guard text.utf8.count <= 100 else { throw .length }
        var found: [(Character, Character)] = []
        for character in text where !isSeparator(character) {
            let upper = character.uppercased()
            guard upper.utf8.count == 1, let capital = upper.first, capital.isLetter || capital.isNumber
            else {
                throw .character(character)
            }
            found.append((capital, character))
        }
        return found.enumerated().map { index, pair in
            guard index >= found.count - 9 else { return pair }
            return switch pair.0 {
            case "I", "L": ("1", pair.1)
            case "O": ("0", pair.1)
            default: pair
            }
        }
    }

    /// Codes that may have been meant: letters as they are, 0 for O, 1 for I or L (the check character decides).
    private static func codes(
        from characters: ArraySlice<(character: Character, typed: Character)>
    ) throws(Invalid) -> [[Character]] {
        var codes: [[Character]] = [[]]
        for (character, typed) in characters {
            let meant: [Character]
            switch character {
            case "0": meant = ["O"]
            case "1": meant = ["I", "L"]
            case "A"..."Z": meant = [character]
            default: throw .character(typed)
            }
            codes = codes.flatMap { code in meant.map { code + [$0] } }
        }
        return codes
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character.isWhitespace || "-–—‑_./·".contains(character)
    }

    /// Reads a written form, or any human spelling of it.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the written form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
