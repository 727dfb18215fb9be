extension ErrorsMessage {
    /// Reads what a server said with a status that is no success, whatever its shape.
    ///
    /// Met: an array, `{"errors": […]}` (FixMyStreet's server), `errors/error` in XML, one entry alone, a description
    /// only (uReport), `{"message": …}` with the rest embedded (Libre311), plain text, HTML. Never empty; what cannot be
    /// understood is quoted, at most 500 characters, as text.
    ///
    /// - Parameter status: HTTP status of the answer; the code of entries that have none of their own.
    public init(reading bytes: [UInt8], status: Int) {
        if let answer = try? OutsideAnswer(bytes),
            let message = ErrorsMessage(answer.content, root: answer.root ?? "errors", fallback: status)
        {
            self = message
            return
        }
        let text = String(decoding: bytes.prefix(2000), as: UTF8.self)
        self.init(entries: [Entry(code: status, description: Self.plain(text) ?? "status \(status) without a body")])
    }

    /// Entries of a value that is an errors body; nil when it is something else.
    ///
    /// - Parameter root: name of the root element; an array counts as errors when it is `errors`, or when its first
    ///   member has a description and nothing of a request.
    init?(_ value: AnswerValue, root: String?, fallback: Int) {
        let isErrors: Bool
        switch value {
        case .list(let items):
            let first = items.first ?? .null
            isErrors = root == "errors" || (first.has("description") && first.has("code") && !first.has("values"))
        case .object:
            isErrors =
                root == "errors" || value.has("errors", "error")
                || (root == nil && value.has("code") && value.has("description"))
        case .text, .null: isErrors = root == "errors"
        }
        guard isErrors else { return nil }
        let entries = Self.entries(value, fallback: fallback)
        guard !entries.isEmpty else { return nil }
        self.init(entries: entries)
    }

    private static func entries(_ value: AnswerValue, fallback: Int) -> [Entry] {
        let inner = value.has("_embedded") ? value["_embedded"] : value
        return inner.items(.errors).prefix(50).compactMap { item in
            let said = ["description", "message", "error_description", "detail", "title"].lazy.compactMap {
                item[$0].text
            }
            guard let text = item.text ?? said.first ?? item["error"].text, let description = plain(text) else {
                return nil
            }
            return Entry(code: item["code"].text.flatMap { Int($0.trimmed) } ?? fallback, description: description)
        }
    }

    /// One line of at most 500 characters; nil when nothing is left.
    private static func plain(_ text: String) -> String? {
        let words = text.split { $0.isWhitespace || $0.isNewline }
        let line = words.joined(separator: " ").unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        let cut = String(String.UnicodeScalarView(line.prefix(500)))
        return cut.isEmpty ? nil : cut
    }
}
