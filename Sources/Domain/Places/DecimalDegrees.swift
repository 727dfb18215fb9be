/// Plain decimal text to whole billionths of a degree and back, without passing through a double.
public enum DecimalDegrees {
    /// Longest text that is read; anything longer is no coordinate.
    static let longest = 64

    /// Billionths of a degree in a text of an optional sign, digits, and optionally a point and digits; nil for anything else.
    ///
    /// The tenth digit after the point rounds the ninth, halves away from zero.
    public static func nano(of text: some StringProtocol) -> Int64? {
        var copy = String(text)
        return copy.withUTF8 { nano(of: UnsafeRawBufferPointer($0)) }
    }

    /// The same for bytes, without making a string of them.
    public static func nano(of bytes: UnsafeRawBufferPointer) -> Int64? {
        guard !bytes.isEmpty, bytes.count <= longest else { return nil }
        var negative = false
        var whole: Int64 = 0
        var part: Int64 = 0
        var wholeDigits = 0
        var partDigits = 0
        var roundUp = false
        var afterPoint = false
        for (position, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "+"):
                guard position == 0 else { return nil }
                negative = byte == UInt8(ascii: "-")
            case UInt8(ascii: "."):
                guard !afterPoint, wholeDigits > 0 else { return nil }
                afterPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int64(byte - UInt8(ascii: "0"))
                if afterPoint {
                    partDigits += 1
                    if partDigits <= 9 { part = part * 10 + digit } else if partDigits == 10 { roundUp = digit >= 5 }
                } else {
                    wholeDigits += 1
                    whole = whole * 10 + digit
                    guard whole < 1_000_000 else { return nil }
                }
            default: return nil
            }
        }
        guard wholeDigits > 0, !afterPoint || partDigits > 0 else { return nil }
        for _ in min(partDigits, 9)..<9 { part *= 10 }
        let value = whole * 1_000_000_000 + part + (roundUp ? 1 : 0)
        return negative ? -value : value
    }

    /// The shortest plain decimal of a number of billionths: `-79.3`, `44`, `0`.
    public static func text(of nano: Int64) -> String {
        let magnitude = nano.magnitude
        let whole = String(magnitude / 1_000_000_000)
        var part = String(magnitude % 1_000_000_000)
        part = String(repeating: "0", count: 9 - part.count) + part
        while part.last == "0" { part.removeLast() }
        return (nano < 0 ? "-" : "") + whole + (part.isEmpty ? "" : "." + part)
    }
}
