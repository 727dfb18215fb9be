/// Writes JSON straight into a byte buffer, fields in the order they are given.
///
/// Foundation's encoders sort or shuffle keys and print numbers through doubles; a list of a thousand requests needs
/// neither. Source: RFC 8259.
struct JSONWriter: Sendable {
    var bytes: [UInt8] = []

    /// One per array or object that is open: whether the next thing in it needs a comma before it.
    private var needsComma: [Bool] = []

    mutating func open(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma.append(false)
    }

    mutating func close(_ bracket: Unicode.Scalar) {
        needsComma.removeLast()
        bytes.append(UInt8(ascii: bracket))
    }

    /// Goes to the next element of the array or member of the object that is open.
    mutating func separate() {
        guard let last = needsComma.indices.last else { return }
        if needsComma[last] { bytes.append(UInt8(ascii: ",")) }
        needsComma[last] = true
    }

    /// The name of a member; its value must follow.
    mutating func key(_ name: String) {
        separate()
        string(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// A value already spelled as JSON: a number, `true`, `null`.
    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var copy = text
        copy.withUTF8 { text in
            var run = 0
            for index in text.indices {
                guard let escape = Self.escape(text[index]) else { continue }
                bytes.append(contentsOf: text[run..<index])
                raw(escape)
                run = index + 1
            }
            bytes.append(contentsOf: text[run...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// What stands for a byte that may not stand for itself.
    private static func escape(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0..<0x20: (byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)
        default: nil
        }
    }
}
