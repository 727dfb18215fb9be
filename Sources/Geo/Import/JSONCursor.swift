/// What is wrong with a piece of JSON.
struct JSONFault: Error {
    let message: String
}

/// Reads JSON (RFC 8259) from bytes in one pass, and coordinates as exact whole numbers.
struct JSONCursor {
    let bytes: UnsafeRawBufferPointer
    var index = 0
    /// False once a string was not UTF-8; such strings are read as Windows-1252, which Latin-1 is part of.
    private(set) var isUTF8 = true
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
            return text(bytes[start..<index])
        }
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == Byte.quote { return self.text(text[...]) }
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

    private mutating func text(_ bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        isUTF8 = false
        return WindowsLatin.text(of: bytes)
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
}
