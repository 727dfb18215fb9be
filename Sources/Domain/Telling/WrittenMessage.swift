public import Foundation

/// One message in words: subject and paragraphs of a mail, and the text message.
public struct WrittenMessage: Sendable, Hashable {
    /// Subject, on one line.
    public let subject: String
    /// Paragraphs of the mail.
    public let paragraphs: [String]
    /// The text message, on one line.
    public let sms: String

    /// Fills a template.
    ///
    /// - Parameters:
    ///   - sender: Name of the tenant that writes, without article.
    ///   - link: Address of the request's page.
    ///   - survey: Address of the questions; nil where none are asked.
    public init(
        _ template: MessageTemplate,
        _ facts: NewsFacts,
        sender: String,
        language: Language,
        zone: TimeZone,
        link: String,
        survey: String?
    ) {
        let dates = WrittenDates(language: language, zone: zone)
        let body = facts.body.withArticle[language]
        let values: [MessageBlank: String?] = [
            .reference: facts.reference.rawValue, .type: facts.type?[language], .place: facts.place, .body: body,
            .bodyAtStart: body.prefix(1).uppercased() + body.dropFirst(), .toBody: facts.body.afterA[language],
            .ofBody: facts.body.afterDe[language], .sender: sender, .because: facts.because?[language],
            .note: facts.note?[language], .reviewDate: facts.reviewDue.map { dates.day($0) },
            .dueDate: facts.completeDue.map { dates.day($0) }, .outcome: facts.outcome.map { Self.words($0, language) },
            .disputeDate: facts.disputeUntil.map { dates.day($0) }, .link: link, .survey: survey,
        ]
        func filled(_ text: String) -> String? { Self.filled(text, values) }
        subject = Self.oneLine(filled(template.subject[language]) ?? facts.reference.rawValue)
        paragraphs = Self.paragraphs(of: template.text[language]).compactMap(filled)
        let short = filled(template.sms[language]) ?? "\(sender): \(facts.reference) \(link)"
        sms = Self.oneLine(short)
    }

    /// Paragraphs of a text: apart by an empty line, other line ends are blanks.
    static func paragraphs(of text: String) -> [String] {
        text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .split { $0.allSatisfy(\.isWhitespace) }
            .map { $0.joined(separator: " ") }
    }

    /// A text with its blanks filled in one pass; nil when one of them has no value.
    static func filled(_ text: String, _ values: [MessageBlank: String?]) -> String? {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            if let blank = MessageBlank(rawValue: name) {
                guard let value = values[blank] ?? nil, !value.isEmpty else { return nil }
                result += value
            } else {
                result += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// A text without line ends or other control characters: nothing in it can begin a header or a message of its own.
    public static func oneLine(_ text: String) -> String {
        let clean = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let isControl = scalar.properties.generalCategory == .control
            return isControl || scalar.value == 0x2028 || scalar.value == 0x2029 ? " " : scalar
        }
        return String(String.UnicodeScalarView(clean)).split(separator: " ").joined(separator: " ")
    }

    private static func words(_ outcome: String, _ language: Language) -> String {
        Outcome(rawValue: outcome).map { OutcomeWords.of($0)[language] } ?? outcome
    }
}
