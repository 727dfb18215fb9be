import XML

/// Reads JSON from outside servers, under limits, keeping numbers as they were written.
///
/// Own code because of what those servers send: ids as `001`, which is no JSON but stands in the samples of the standard,
/// coordinates that must not pass through a double, and bombs, which a general decoder expands before anyone can count.
/// Source: RFC 8259, with leading zeros and a byte order mark forgiven.
struct JSONReader {
    private let bytes: [UInt8]
    private let limits: OutsideAnswer.Limits
    private var position = 0
    private var values = 0

    /// Why it is not read, in words for a log or an operator.
    struct Fault: Error, Sendable, Hashable {
        let description: String
    }

    static func value(of bytes: [UInt8], limits: OutsideAnswer.Limits) throws(Fault) -> AnswerValue {
        guard bytes.count <= limits.bytes else { throw Fault(description: "more than \(limits.bytes) bytes") }
        var reader = JSONReader(bytes, limits: limits)
        let value = try reader.readValue(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.fault("something follows the end") }
        return value
    }

    private init(_ bytes: [UInt8], limits: OutsideAnswer.Limits) {
        self.bytes = bytes
        self.limits = limits
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private func fault(_ text: String) -> Fault { Fault(description: "JSON, byte \(position): \(text)") }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard next == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    private mutating func readValue(depth: Int) throws(Fault) -> AnswerValue {
        guard depth < limits.depth else { throw fault("more than \(limits.depth) levels") }
        values += 1
        guard values <= limits.values else { throw fault("more than \(limits.values) values") }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try readObject(depth: depth)
        case UInt8(ascii: "["): return try readArray(depth: depth)
        case UInt8(ascii: "\""): return .text(try readString())
        default: return try readLiteral()
        }
    }

    private mutating func readArray(depth: Int) throws(Fault) -> AnswerValue {
        position += 1
        var items: [AnswerValue] = []
        if skip("]") { return .list(items) }
        repeat { items.append(try readValue(depth: depth + 1)) } while skip(",")
        guard skip("]") else { throw fault("expected , or ]") }
        return .list(items)
    }

    private mutating func readObject(depth: Int) throws(Fault) -> AnswerValue {
        position += 1
        var members: [AnswerValue.Member] = []
        if skip("}") { return .object(members) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw fault("expected a name") }
            let name = try readString()
            guard skip(":") else { throw fault("expected :") }
            members.append(AnswerValue.Member(name: name, value: try readValue(depth: depth + 1)))
        } while skip(",")
        guard skip("}") else { throw fault("expected , or }") }
        return .object(members)
    }

    private mutating func readLiteral() throws(Fault) -> AnswerValue {
        let start = position
        while let byte = next, Self.isLiteral(byte) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true", "false": return .text(word)
        default:
            guard word.utf8.allSatisfy(Self.isNumeric), word.utf8.contains(where: Self.isDigit), Double(word) != nil
            else {
                position = start
                throw fault("expected a value")
            }
            return .text(word)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || "+-.eE".utf8.contains(byte)
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        isNumeric(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// A string; bytes that are not UTF-8 and characters XML cannot carry become U+FFFD.
    private mutating func readString() throws(Fault) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                return XMLText(replacingIllegal: String(decoding: text, as: UTF8.self)).string
            case UInt8(ascii: "\\"):
                guard let escape = next else { throw fault("the text does not end") }
                position += 1
                switch escape {
                case UInt8(ascii: "n"): text.append(0x0A)
                case UInt8(ascii: "r"): text.append(0x0D)
                case UInt8(ascii: "t"): text.append(0x09)
                case UInt8(ascii: "b"): text.append(0x08)
                case UInt8(ascii: "f"): text.append(0x0C)
                case UInt8(ascii: "u"): text.append(contentsOf: String(try readScalar()).utf8)
                default: text.append(escape)
                }
            default: text.append(byte)
            }
        }
        throw fault("the text does not end")
    }

    /// The character of `\uXXXX`, two of them for a surrogate pair; a lone surrogate becomes U+FFFD.
    private mutating func readScalar() throws(Fault) -> Unicode.Scalar {
        let first = try readUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let mark = position
        if first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let second = UInt32(try readUnit())
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
            position = mark
        }
        return "\u{FFFD}"
    }

    private mutating func readUnit() throws(Fault) -> UInt16 {
        guard position + 4 <= bytes.count,
            bytes[position..<position + 4].allSatisfy({
                Self.isDigit($0) || ("a"..."f").contains(Unicode.Scalar($0 | 0x20))
            }),
            let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw fault("expected four hexadecimal digits") }
        position += 4
        return unit
    }
}
