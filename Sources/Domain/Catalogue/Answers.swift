/// Answers to the questions of a service: question code to chosen keys or typed text.
///
/// JSON form: `{"SIGN": ["stop"], "HEIGHT": ["12.5"]}`.
public struct Answers: Sendable, Hashable, Codable, ExpressibleByDictionaryLiteral {
    /// Question code to what was answered, in the order it was given.
    public var values: [String: [String]]

    /// Answers by question code.
    public init(_ values: [String: [String]] = [:]) {
        self.values = values
    }

    /// Answers written in the program: `["SIGN": ["stop"]]`.
    public init(dictionaryLiteral elements: (String, [String])...) {
        values = Dictionary(elements, uniquingKeysWith: +)
    }

    /// Reads the JSON object.
    public init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: [String]].self)
    }

    /// Writes the JSON object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    /// What was answered to one question; empty when nothing was.
    public subscript(_ question: String) -> [String] {
        get { values[question] ?? [] }
        set { values[question] = newValue.isEmpty ? nil : newValue }
    }

    /// Whether nothing was answered at all.
    public var isEmpty: Bool { values.isEmpty }
}
