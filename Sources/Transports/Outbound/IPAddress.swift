/// An address of the internet, version 4 or 6, as numbers.
public enum IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four bytes, the first one highest.
    case version4(UInt32)
    /// Sixteen bytes, the first eight in `high`.
    case version6(high: UInt64, low: UInt64)

    /// Reads the one canonical spelling of an address: four plain decimals, or RFC 4291 text without zone and brackets.
    ///
    /// `127.1`, `0x7f000001`, `2130706433` and `0177.0.0.1` are no addresses here, whatever a C library makes of them.
    public init?(_ text: String) {
        if let four = Self.version4(text[...]) {
            self = .version4(four)
        } else if let (high, low) = Self.version6(text) {
            self = .version6(high: high, low: low)
        } else {
            return nil
        }
    }

    /// The canonical spelling.
    public var description: String {
        switch self {
        case .version4(let value):
            return [24, 16, 8, 0].map { (shift: UInt32) in String((value >> shift) & 0xFF) }.joined(separator: ".")
        case .version6(let high, let low):
            return [high, low].flatMap { (half: UInt64) -> [String] in
                [48, 32, 16, 0].map { (shift: UInt64) in String((half >> shift) & 0xFFFF, radix: 16) }
            }
            .joined(separator: ":")
        }
    }

    private static func version4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard
                (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                part.utf8.count == 1 || part.utf8.first != 0x30, let byte = UInt8(part)
            else { return nil }
            value = value << 8 | UInt32(byte)
        }
        return value
    }

    private static func version6(_ text: String) -> (UInt64, UInt64)? {
        guard text.utf8.count <= 45, text.contains(":") else { return nil }
        let halves = text.components(separatedBy: "::")
        guard halves.count <= 2 else { return nil }
        var groups: [[UInt16]] = []
        for (index, half) in halves.enumerated() {
            guard let found = hextets(half, mayEndInVersion4: index == halves.count - 1) else { return nil }
            groups.append(found)
        }
        let all: [UInt16]
        if groups.count == 2 {
            let missing = 8 - groups[0].count - groups[1].count
            guard missing >= 1 else { return nil }
            all = groups[0] + Array(repeating: 0, count: missing) + groups[1]
        } else {
            all = groups[0]
        }
        guard all.count == 8 else { return nil }
        return (
            all[..<4].reduce(0) { $0 << 16 | UInt64($1) },
            all[4...].reduce(0) { $0 << 16 | UInt64($1) }
        )
    }

    private static func hextets(_ text: String, mayEndInVersion4: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var found: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndInVersion4, index == parts.count - 1, part.contains(".") {
                guard let four = version4(part) else { return nil }
                found += [UInt16(four >> 16), UInt16(four & 0xFFFF)]
            } else {
                guard
                    (1...4).contains(part.utf8.count), part.utf8.allSatisfy(\.isHexadecimal),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                found.append(group)
            }
        }
        return found
    }
}

extension UInt8 {
    /// Whether it is 0-9, A-F or a-f.
    fileprivate var isHexadecimal: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
}

extension String {
    /// The parts between occurrences of a text; the text is never empty here.
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
