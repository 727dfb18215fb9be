/// Canadian postal codes: well-formed or not, and packed into one number.
///
/// Letters D, F, I, O, Q and U never occur, W and Z never come first (Canada Post, addressing guidelines).
public enum PostalCode {
    /// What a text is.
    enum Finding: Equatable {
        /// A whole code, `A1A 1A1`, or its first three.
        case code(String)
        /// It has the shape of one, with letters that never occur.
        case malformed
        /// Nothing of the kind.
        case none
    }

    /// The code in one or two words of small letters and digits.
    static func finding(_ word: String) -> Finding {
        let bytes = Array(word.utf8)
        guard bytes.count == 6 || bytes.count == 3 else { return .none }
        for (index, byte) in bytes.enumerated() {
            let isDigit = (0x30...0x39).contains(byte)
            let isLetter = (0x61...0x7A).contains(byte)
            guard index.isMultiple(of: 2) ? isLetter : isDigit else { return .none }
        }
        let letters = bytes.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        let never = Array("dfioqu".utf8)
        guard !letters.contains(where: never.contains), ![UInt8(ascii: "w"), UInt8(ascii: "z")].contains(bytes[0])
        else { return .malformed }
        let upper = word.uppercased()
        return .code(bytes.count == 3 ? upper : upper.prefix(3) + " " + upper.suffix(3))
    }

    /// A code in the form `A1A 1A1` as a number greater than zero; 0 for anything else.
    static func packed(_ text: String) -> UInt32 {
        let compact = text.lowercased().filter { $0 != " " && $0 != "-" }
        guard compact.utf8.count == 6, case .code = finding(compact) else { return 0 }
        var value: UInt32 = 0
        for (index, byte) in compact.utf8.enumerated() {
            value = index.isMultiple(of: 2) ? value * 26 + UInt32(byte - 0x61) : value * 10 + UInt32(byte - 0x30)
        }
        return value + 1
    }

    /// The text of a packed code; nil for 0.
    static func text(_ packed: UInt32) -> String? {
        guard packed > 0 else { return nil }
        var value = packed - 1
        var bytes: [UInt8] = []
        for index in 0..<6 {
            if index.isMultiple(of: 2) {
                bytes.append(UInt8(0x30 + value % 10))
                value /= 10
            } else {
                bytes.append(UInt8(0x41 + value % 26))
                value /= 26
            }
        }
        let text = String(decoding: bytes.reversed(), as: UTF8.self)
        return text.prefix(3) + " " + text.suffix(3)
    }
}
