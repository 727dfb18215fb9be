import ArgumentParser
import Domain
import Foundation

/// Values of the command line read strictly, with a fault that names the option and what would be right.
enum Checked {
    /// A checked word such as a code or an id.
    static func value<Word: CheckedText>(_ text: String, _ option: String, _ type: Word.Type) throws -> Word {
        guard let word = Word(rawValue: text) else {
            throw ValidationError("\(option): \(FieldFault.excerpt(text)) is not well-formed: \(Word.form.english)")
        }
        return word
    }

    /// An instant with zone, or a day taken at noon UTC.
    static func instant(_ text: String, _ option: String) throws -> Date {
        if let instant = try? Date(text, strategy: .iso8601) { return instant }
        if let day = try? CalendarDay(text), let noon = try? Date("\(day)T17:00:00Z", strategy: .iso8601) {
            return noon
        }
        throw ValidationError(
            "\(option): a day such as 2026-03-01 or an instant such as 2026-03-01T02:00:00-05:00, not \(text)"
        )
    }
}
