/// Whether a text holds a way to reach a person: an e-mail address or a telephone number.
///
/// For free-text answers, which a public list would show word for word. It errs on the side of silence: ten digits in a row
/// count as a number even where they are none. Words of the description are the resident's own and stay as sent.
public enum ContactData {
    /// Whether the text holds an e-mail address or a telephone number.
    public static func isIn(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return hasAddress(bytes) || hasNumber(bytes)
    }

    /// Something, `@`, something with a dot inside.
    private static func hasAddress(_ bytes: [UInt8]) -> Bool {
        for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "@") {
            guard place > 0, isWordLike(bytes[place - 1]) else { continue }
            let host = bytes[(place + 1)...].prefix { isWordLike($0) || $0 == UInt8(ascii: ".") }
            if host.dropLast().dropFirst().contains(UInt8(ascii: ".")) { return true }
        }
        return false
    }

    /// Ten digits or more with nothing between them but what people write into telephone numbers, two marks at most in a row.
    private static func hasNumber(_ bytes: [UInt8]) -> Bool {
        var digits = 0
        var marks = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                marks = 0
                if digits == 10 { return true }
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: "+"), UInt8(ascii: "/"):
                marks += 1
                if marks > 2 { digits = 0 }
            default:
                digits = 0
                marks = 0
            }
        }
        return false
    }

    /// Letters, digits, the marks of addresses, and every byte of letters beyond ASCII.
    private static func isWordLike(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "%"), 0x80...:
            true
        default: false
        }
    }
}
