import Domain
import Foundation

/// Names a calendar by what it says, so that no change can keep an old name and no name has to be thought of.
enum CalendarVersion {
    /// `c-` and sixteen hexadecimal digits (FNV-1a, 64 bits, over the calendar's JSON).
    static func of(_ calendar: BusinessCalendar) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(calendar)) ?? Data()
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return "c-" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}
