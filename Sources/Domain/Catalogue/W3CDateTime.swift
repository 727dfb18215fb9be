/// Dates and instants as answers spell them: a day, or a time with its zone.
///
/// Source: W3C note "Date and Time Formats", the levels with a complete date; a time without zone is refused, because nobody could say when it is.
public enum W3CDateTime {
    /// Whether the text is `2026-04-01`, `2026-04-01T14:30Z`, `…:05-04:00` or the like and names a time that exists.
    public static func isWellFormed(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes.count <= 40, (try? CalendarDay(String(text.prefix(10)))) != nil else {
            return false
        }
        guard bytes.count > 10 else { return true }
        guard bytes[10] == 84 else { return false }
        var rest = bytes[11...]
        guard let hour = twoDigits(&rest), hour < 24, colon(&rest), let minute = twoDigits(&rest), minute < 60 else {
            return false
        }
        if rest.first == 58 {
            // 60 is a leap second.
            guard colon(&rest), let second = twoDigits(&rest), second <= 60, fraction(&rest) else { return false }
        }
        return isZone(rest)
    }

    private static func twoDigits(_ rest: inout ArraySlice<UInt8>) -> Int? {
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rest = rest.dropFirst(2)
        return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    private static func colon(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == 58 else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == 46 else { return true }
        let digits = rest.dropFirst().prefix { (48...57).contains($0) }
        rest = rest.dropFirst(1 + digits.count)
        return (1...9).contains(digits.count)
    }

    private static func isZone(_ rest: ArraySlice<UInt8>) -> Bool {
        if rest.elementsEqual([90]) { return true }
        guard rest.first == 43 || rest.first == 45 else { return false }
        var offset = rest.dropFirst()
        guard let hour = twoDigits(&offset), hour <= 14, colon(&offset), let minute = twoDigits(&offset) else {
            return false
        }
        return minute < 60 && offset.isEmpty
    }
}
