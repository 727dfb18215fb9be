extension JSONCursor {
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
