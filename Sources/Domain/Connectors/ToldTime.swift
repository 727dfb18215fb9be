public import Foundation

/// A time as a system outside told it: kept word for word, held against what we know, never put into our clocks.
///
/// Our clocks move by the instant at which we heard. A time in the future, without a zone, or from before the request says more about the
/// other system's clock than about the work; it stays readable with what is odd about it.
public struct ToldTime: Sendable, Hashable {
    /// What was told; at most 64 characters of it.
    public let text: String

    /// What is odd about it; nil when nothing is.
    public let oddity: Oddity?

    /// What may be odd.
    public enum Oddity: String, Sendable, Hashable, CaseIterable {
        /// Later than now by more than ``ToldTime/tolerance``.
        case future
        /// A time of day without a zone: nobody can say when it is.
        case noZone = "no_zone"
        /// Before the request was made.
        case beforeRequest = "before_request"
        /// No time at all.
        case unreadable
    }

    /// How far two clocks may differ, in seconds.
    public static let tolerance: TimeInterval = 120

    /// Holds a told text against the present and the request.
    ///
    /// Source of the form: W3C date and time formats (``W3CDateTime``); a blank for the T and fractions of a second are taken too.
    public init(_ told: String, now: Date, requestedAt: Date) {
        let spelled = told.trimmingCharacters(in: .whitespacesAndNewlines)
        text = String(String.UnicodeScalarView(spelled.unicodeScalars.prefix(64)))
        var form = text
        if form.utf8.count > 10, form.dropFirst(10).first == " " { form = "\(form.prefix(10))T\(form.dropFirst(11))" }
        if W3CDateTime.isWellFormed(form), form.utf8.count > 10 {
            oddity = Self.instant(form).map { Self.oddity(of: $0, now: now, requestedAt: requestedAt) } ?? .unreadable
        } else if form.utf8.count == 10 ? W3CDateTime.isWellFormed(form) : W3CDateTime.isWellFormed(form + "Z") {
            oddity = .noZone
        } else {
            oddity = .unreadable
        }
    }

    /// Holds an instant against the present and the request.
    public init(_ instant: Date, now: Date, requestedAt: Date) {
        text = instant.formatted(.iso8601)
        oddity = Self.oddity(of: instant, now: now, requestedAt: requestedAt)
    }

    /// What goes into the particulars of an event: `told_at`, and `told_at_oddity` where there is one.
    public var details: [String: String] {
        var details = ["told_at": text]
        if let oddity { details["told_at_oddity"] = oddity.rawValue }
        return details
    }

    private static func oddity(of instant: Date, now: Date, requestedAt: Date) -> Oddity? {
        if instant > now.addingTimeInterval(tolerance) { return .future }
        return instant < requestedAt.addingTimeInterval(-tolerance) ? .beforeRequest : nil
    }

    private static func instant(_ text: String) -> Date? {
        if let whole = try? Date(text, strategy: .iso8601) { return whole }
        if let fine = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) {
            return fine
        }
        // Without seconds: `2026-04-01T14:30Z`.
        guard text.utf8.count > 16 else { return nil }
        return try? Date("\(text.prefix(16)):00\(text.dropFirst(16))", strategy: .iso8601)
    }
}
