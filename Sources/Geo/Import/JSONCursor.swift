/// What is wrong with a piece of JSON.
struct JSONFault: Error {
    let message: String
}

/// Reads JSON (RFC 8259) from bytes in one pass, and coordinates as exact whole numbers.
struct JSONCursor {
    private let bytes: UnsafeRawBufferPointer
    private(set) var index = 0
    private static let deepest = 64

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The next byte that is not blank, not consumed; nil at the end.
    mutating func peek() -> UInt8? {
        while index < bytes.count {
            let byte = bytes[index]
            guard Byte.isBlank(byte) || byte == Byte.recordSeparator else { return byte }
            index += 1
        }
        return nil
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard take(byte) else {
            throw JSONFault(message: "expected \(Character(UnicodeScalar(byte))) but found \(found)")
        }
    }

    /// Some of what stands here, for a message.
    var found: String {
        guard index < bytes.count else { return "the end" }
        let end = min(index + 12, bytes.count)
        return "\"" + String(decoding: bytes[index..<end].filter { $0 >= 0x20 }, as: UTF8.self) + "\""
    }

    /// Goes through the members of an object; the body must consume each value.
    mutating func object(_ body: (inout JSONCursor, String) throws(JSONFault) -> Void) throws(JSONFault) {
        try expect(Byte.openBrace)
        if take(Byte.closeBrace) { return }
        repeat {
            let key = try string()
            try expect(Byte.colon)
            try body(&self, key)
        } while take(Byte.comma)
        try expect(Byte.closeBrace)
    }

    /// A string with its escapes resolved.
    mutating func string() throws(JSONFault) -> String {
        try expect(Byte.quote)
        let start = index
        while index < bytes.count, bytes[index] != Byte.quote, bytes[index] != Byte.backslash {
            guard bytes[index] >= 0x20 else { throw JSONFault(message: "a control character inside a string") }
            index += 1
        }
        guard index < bytes.count else { throw JSONFault(message: "a string without its closing quote") }
        if bytes[index] == Byte.quote {
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == Byte.quote { return String(decoding: text, as: UTF8.self) }
            guard byte == Byte.backslash else {
                text.append(byte)
                continue
            }
            guard index < bytes.count else { break }
            let escape = bytes[index]
            index += 1
            switch escape {
            case Byte.quote, Byte.backslash, UInt8(ascii: "/"): text.append(escape)
            case UInt8(ascii: "b"): text.append(8)
            case UInt8(ascii: "f"): text.append(12)
            case UInt8(ascii: "n"): text.append(10)
            case UInt8(ascii: "r"): text.append(13)
            case UInt8(ascii: "t"): text.append(9)
            case UInt8(ascii: "u"): text.append(contentsOf: String(try unicodeEscape()).utf8)
            default: throw JSONFault(message: "an unknown escape in a string")
            }
        }
        throw JSONFault(message: "a string without its closing quote")
    }

    private mutating func unicodeEscape() throws(JSONFault) -> Character {
        let first = try hexadecimal()
        if (0xD800..<0xDC00).contains(first), index + 1 < bytes.count, bytes[index] == Byte.backslash,
            bytes[index + 1] == UInt8(ascii: "u")
        {
            index += 2
            let second = try hexadecimal()
            if (0xDC00..<0xE000).contains(second),
                let scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return Character(scalar)
            }
            return "\u{FFFD}"
        }
        return Character(UnicodeScalar(first) ?? "\u{FFFD}")
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        guard index + 4 <= bytes.count,
            bytes[index..<index + 4].allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw JSONFault(message: "a broken \\u escape in a string") }
        index += 4
        return value
    }

    /// Reads past one value of any kind.
    mutating func skipValue(depth: Int = 0) throws(JSONFault) {
        guard depth < Self.deepest else { throw JSONFault(message: "nested more than \(Self.deepest) levels deep") }
        switch peek() {
        case Byte.openBrace: try object { (cursor, _) throws(JSONFault) in try cursor.skipValue(depth: depth + 1) }
        case Byte.openBracket:
            index += 1
            if take(Byte.closeBracket) { return }
            repeat { try skipValue(depth: depth + 1) } while take(Byte.comma)
            try expect(Byte.closeBracket)
        default: _ = try scalar()
        }
    }

    /// A string, number, truth value or null; nested values are skipped and read as null.
    mutating func value() throws(JSONFault) -> PropertyValue {
        switch peek() {
        case Byte.openBracket: try list()
        case Byte.openBrace:
            try { (cursor: inout JSONCursor) throws(JSONFault) -> PropertyValue in
                try cursor.skipValue()
                return .null
            }(&self)
        default: try scalar()
        }
    }

    private mutating func list() throws(JSONFault) -> PropertyValue {
        index += 1
        var texts: [String] = []
        if take(Byte.closeBracket) { return .list([]) }
        repeat {
            if peek() == Byte.quote { texts.append(try string()) } else { try skipValue(depth: 1) }
        } while take(Byte.comma)
        try expect(Byte.closeBracket)
        return .list(texts)
    }

    private mutating func scalar() throws(JSONFault) -> PropertyValue {
        guard let byte = peek() else { throw JSONFault(message: "a value is missing") }
        if byte == Byte.quote { return .text(try string()) }
        for (word, value) in [("true", PropertyValue.truth(true)), ("false", .truth(false)), ("null", .null)]
        where bytes[index...].starts(with: word.utf8) {
            index += word.utf8.count
            return value
        }
        let start = index
        _ = try degrees()
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    /// A JSON number in billionths, rounded at the tenth digit after the point, halves away from zero.
    ///
    /// Numbers too large for any place on the earth come back as `Int64.max`, so that the range check names them.
    @inline(__always)
    mutating func degrees() throws(JSONFault) -> Int64 {
        _ = peek()
        let start = index
        var negative = false
        if index < bytes.count, bytes[index] == Byte.minus {
            negative = true
            index += 1
        }
        let wholeStart = index
        var value: Int64 = 0
        while index < bytes.count, Byte.isDigit(bytes[index]) {
            if value < 100_000_000 { value = value * 10 + Int64(bytes[index] & 15) } else { value = 1_000_000_000 }
            index += 1
        }
        let wholeDigits = index - wholeStart
        guard wholeDigits > 0 else { return try refuseNumber(start) }
        let tooLarge = value >= 1_000_000_000
        var decimals = 0
        var roundUp = false
        if index < bytes.count, bytes[index] == Byte.point {
            index += 1
            let partStart = index
            while index < bytes.count, Byte.isDigit(bytes[index]) {
                if decimals < 9 {
                    value = value * 10 + Int64(bytes[index] & 15)
                    decimals += 1
                } else if index - partStart == 9 {
                    roundUp = bytes[index] >= UInt8(ascii: "5")
                }
                index += 1
            }
            guard index > partStart else { return try refuseNumber(start) }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            return try exponent(start: start, negative: negative)
        }
        guard !tooLarge else { return negative ? -Int64.max : Int64.max }
        while decimals < 9 {
            value *= 10
            decimals += 1
        }
        if roundUp { value += 1 }
        return negative ? -value : value
    }

    /// A number with an exponent: its digits are shifted as text, so nothing is lost to a double.
    private mutating func exponent(start: Int, negative: Bool) throws(JSONFault) -> Int64 {
        let mantissa = bytes[start..<index].filter { Byte.isDigit($0) }
        let pointOffset = bytes[start..<index].firstIndex(of: Byte.point).map { index - $0 - 1 } ?? 0
        index += 1
        var exponentIsNegative = false
        if index < bytes.count, bytes[index] == Byte.minus || bytes[index] == Byte.plus {
            exponentIsNegative = bytes[index] == Byte.minus
            index += 1
        }
        let digitStart = index
        var power = 0
        while index < bytes.count, Byte.isDigit(bytes[index]) {
            power = min(power * 10 + Int(bytes[index] & 15), 10_000)
            index += 1
        }
        guard index > digitStart else { return try refuseNumber(start) }
        // Value in billionths = digits × 10^shift.
        let shift = (exponentIsNegative ? -power : power) - pointOffset + 9
        let significant = mantissa.drop { $0 == Byte.zero }
        guard !significant.isEmpty else { return 0 }
        let length = significant.count + shift
        guard length <= 18 else { return negative ? -Int64.max : Int64.max }
        guard length >= 0 else { return 0 }
        var value: Int64 = 0
        for position in 0..<length {
            let digit = position < significant.count ? significant[significant.startIndex + position] & 15 : 0
            value = value * 10 + Int64(digit)
        }
        if length < significant.count, significant[significant.startIndex + length] >= UInt8(ascii: "5") { value += 1 }
        return negative ? -value : value
    }

    private mutating func refuseNumber(_ start: Int) throws(JSONFault) -> Int64 {
        index = start
        throw JSONFault(message: "\(found) where a number is expected")
    }
}

/// A property of a feature, as far as names and ids need it.
enum PropertyValue: Hashable {
    case text(String)
    /// Digits as written, so that an id `0012` or a long number keeps its spelling.
    case number(String)
    case truth(Bool)
    case list([String])
    case null

    /// The value as a text; nil for null, lists and empty texts.
    var text: String? {
        switch self {
        case .text(let text): text.isEmpty ? nil : text
        case .number(let digits): digits
        case .truth(let truth): String(truth)
        case .list, .null: nil
        }
    }
}
