/// A ten-digit number of the North American plan: `+1 705 555 0100`.
public struct NationalNumber: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Its first six digits.
    public let code: CentralOfficeCode

    /// Its last four digits, 0 to 9999.
    public let line: Int

    /// A number from code and line.
    ///
    /// - Parameter line: 0 to 9999; held to that range.
    public init(code: CentralOfficeCode, line: Int) {
        self.code = code
        self.line = min(max(line, 0), 9_999)
    }

    /// Reads a text that must be a ten-digit number, in any usual spelling.
    ///
    /// - Throws: ``InvalidText``.
    public init(_ text: String) throws(InvalidText) {
        guard case .national(let number) = TelephoneNumber(text) else {
            throw InvalidText(text: text, expected: Self.form)
        }
        self = number
    }

    /// The form in words.
    public static let form = LocalizedText(
        english: "a ten-digit number such as +17055550100 or 705-555-0100",
        french: "un numéro à dix chiffres comme +17055550100 ou 705-555-0100"
    )

    /// International form, `+17055550100` (ITU-T E.164).
    public var e164: String { "+1\(code.areaCode)\(code.officeCode)\(lineDigits)" }

    /// The number without its last four digits, fit for a log: `+1705555····`.
    public var masked: String { "+1\(code.areaCode)\(code.officeCode)····" }

    /// International form.
    public var description: String { e164 }

    /// By digits.
    public static func < (left: Self, right: Self) -> Bool {
        (left.code, left.line) < (right.code, right.line)
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the international form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(e164)
    }

    private var lineDigits: String {
        let digits = String(line)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
