/// Answers that fit a definition, and everything that does not.
public struct AttributeCheck: Sendable, Hashable {
    /// Values of one question.
    public struct Answer: Sendable, Hashable {
        /// The question.
        public let attribute: AttributeMessage

        /// Keys for the two list types, otherwise the one text; never empty.
        public let values: [String]
    }

    /// Answers in the order of the definition.
    public let answers: [Answer]

    /// One 400 for each fault, each naming its attribute code.
    public let faults: [Open311Fault]

    /// Most code points of a typed answer.
    public static let longestText = 4000

    /// Holds what was sent against a definition (rules A2 to A4, A8 to A13).
    ///
    /// Codes the definition lacks are ignored, and so are those of questions that are only text for the user.
    public init(_ submitted: SubmittedAttributes, definition: [AttributeMessage]) {
        var answers: [Answer] = []
        var faults: [Open311Fault] = []
        for attribute in definition.sorted(by: { $0.order < $1.order }) where attribute.variable {
            switch Self.values(submitted[attribute.code], of: attribute) {
            case .success(let values) where !values.isEmpty:
                answers.append(Answer(attribute: attribute, values: values))
            case .success:
                if attribute.required {
                    faults.append(
                        Open311Fault(
                            status: 400,
                            field: "attribute[\(attribute.code)]",
                            "attribute \(attribute.code) is required"
                        )
                    )
                }
            case .failure(let fault): faults.append(fault)
            }
        }
        self.answers = answers
        self.faults = faults
    }

    private static func values(
        _ texts: [String],
        of attribute: AttributeMessage
    ) -> Result<[String], Open311Fault> {
        func bad(_ predicate: String) -> Result<[String], Open311Fault> {
            .failure(
                Open311Fault(
                    status: 400,
                    field: "attribute[\(attribute.code)]",
                    "attribute \(attribute.code) \(predicate)"
                )
            )
        }
        let keys = Set(attribute.values.map(\.key))
        func unknown(_ key: String) -> Result<[String], Open311Fault> {
            let known = attribute.values.prefix(20).map(\.key).joined(separator: ", ")
            return bad("has no value \(FieldReader.quoted(key)); expected one of \(known)")
        }
        if attribute.datatype == .multivaluelist {
            var chosen: [String] = []
            for key in texts.flatMap({ Self.members($0, keys: keys) }) {
                guard keys.contains(key) else { return unknown(key) }
                if !chosen.contains(key) { chosen.append(key) }
            }
            return .success(chosen)
        }
        guard texts.count <= 1 else { return bad("is given \(texts.count) values; it takes one") }
        guard let text = texts.first else { return .success([]) }
        let word = text.trimmed
        switch attribute.datatype {
        case .singlevaluelist:
            guard let key = [text, word].first(where: keys.contains) else { return unknown(text) }
            return .success([key])
        case .number:
            guard PlainDecimal.isPlain(word) else {
                return bad("is \(FieldReader.quoted(text)); expected \(PlainDecimal.expected)")
            }
            return .success([word])
        case .datetime:
            guard let date = WireDateTime.date(word) else {
                return bad("is \(FieldReader.quoted(text)); expected \(WireDateTime.expected)")
            }
            return .success([WireDateTime.text(date)])
        case .string, .text, .multivaluelist:
            let count = text.unicodeScalars.count
            guard count <= longestText else {
                return bad("has \(count) characters; at most \(longestText) are taken")
            }
            return .success([text])
        }
    }

    /// The keys in one text: itself when it is a key, else the members of a comma list (rule A8).
    private static func members(_ text: String, keys: Set<String>) -> [String] {
        if keys.contains(text) { return [text] }
        return text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    }
}
