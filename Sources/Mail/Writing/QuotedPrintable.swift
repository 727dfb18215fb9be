/// Text as lines of at most 76 printable characters of ASCII (RFC 2045 section 6.7).
enum QuotedPrintable {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Encodes UTF-8; lines may end with LF, CRLF or CR and come out with CRLF.
    static func encoded(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + text.utf8.count / 8)
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if number > 0 { out += [13, 10] }
            append(line, to: &out)
        }
        return out
    }

    private static func append(_ line: Substring, to out: inout [UInt8]) {
        let bytes = Array(line.utf8)
        var used = 0
        for (position, byte) in bytes.enumerated() {
            let isLast = position == bytes.count - 1
            let isBlank = byte == 32 || byte == 9
            let isPlain = (33...126).contains(byte) && byte != 61 || isBlank && !isLast
            let width = isPlain ? 1 : 3
            // One character of the 76 stays free for the soft line end.
            if used + width > 75 {
                out += [61, 13, 10]
                used = 0
            }
            if isPlain {
                out.append(byte)
            } else {
                out += [61, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
            used += width
        }
    }

    /// Decodes; what is no correct escape stays as it is.
    static func decoded(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 61 else {
                out.append(bytes[index])
                index += 1
                continue
            }
            if index + 1 < bytes.count, bytes[index + 1] == 10 {
                index += 2
            } else if index + 2 < bytes.count, bytes[index + 1] == 13, bytes[index + 2] == 10 {
                index += 3
            } else if index + 2 < bytes.count, let high = value(bytes[index + 1]), let low = value(bytes[index + 2]) {
                out.append(high << 4 | low)
                index += 3
            } else {
                out.append(61)
                index += 1
            }
        }
        return out
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
