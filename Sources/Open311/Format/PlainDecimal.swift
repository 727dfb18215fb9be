/// Decimal numbers as GeoReport carries them: digits, at most one point, at most one sign, never an exponent.
public enum PlainDecimal {
    /// What a number should look like, for messages.
    public static let expected = "a plain decimal number such as 12.5"

    /// Whether a text is such a number; `NaN`, `1e400`, `12,5`, `0x10`, `.` and texts over 64 characters are not.
    public static func isPlain(_ text: some StringProtocol) -> Bool {
        var digits = 0
        var points = 0
        guard text.utf8.count <= 64 else { return false }
        for (position, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "+"), UInt8(ascii: "-"):
                if position > 0 { return false }
            case UInt8(ascii: "."):
                points += 1
                // a digit must stand on both sides
                if digits == 0 || points > 1 { return false }
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            default: return false
            }
        }
        return digits > 0 && text.last != "."
    }

    /// The value of such a number, nil for any other text.
    public static func value(_ text: some StringProtocol) -> Double? {
        isPlain(text) ? Double(text) : nil
    }
}
