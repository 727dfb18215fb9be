import Foundation

/// Instants as mail writes them: `Tue, 16 Jun 2026 14:00:00 +0000` (RFC 5322 section 3.3), always in UTC.
enum MailDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The text of an instant.
    static func text(_ instant: Date) -> String {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down))
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        // The ISO form is the same in every locale and calendar.
        let iso = instant.formatted(.iso8601)
        let parts = iso.split { $0 == "-" || $0 == "T" || $0 == "Z" }
        guard parts.count == 4, let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month) else {
            return iso
        }
        let weekday = weekdays[((days % 7) + 7) % 7]
        return "\(weekday), \(day) \(months[month - 1]) \(parts[0]) \(parts[3]) +0000"
    }
}
