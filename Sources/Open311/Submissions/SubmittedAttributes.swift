/// The `attribute[CODE]` fields of a POST, not yet held against a definition.
///
/// All spellings are read: `attribute[CODE]`, `attribute[CODE][]`, `attribute[CODE][0]`, each once or several times
/// (rules A5 to A7). Percent-encoded brackets are brackets by the time a field is decoded.
public struct SubmittedAttributes: Sendable, Hashable {
    /// Codes in the order met.
    public private(set) var codes: [String] = []

    private var texts: [String: [String]] = [:]

    /// Attributes made here, for a POST of ours.
    public init(_ values: [(code: String, texts: [String])] = []) {
        for (code, texts) in values {
            for text in texts { add(text, to: code) }
        }
    }

    /// The attributes among the parameters; empty values are no values.
    public init(_ parameters: ParameterSet) {
        for field in parameters.all {
            if let code = Self.code(of: field.name), !field.value.trimmed.isEmpty { add(field.value, to: code) }
        }
    }

    /// Values of a code in the order sent, as sent.
    public subscript(code: String) -> [String] { texts[code] ?? [] }

    /// Whether there is none.
    public var isEmpty: Bool { codes.isEmpty }

    private mutating func add(_ text: String, to code: String) {
        if texts[code] == nil { codes.append(code) }
        texts[code, default: []].append(text)
    }

    /// The code in a field name, nil when the field is no attribute.
    static func code(of name: String) -> String? {
        guard name.hasPrefix("attribute[") else { return nil }
        let rest = name.dropFirst("attribute[".count)
        guard let close = rest.firstIndex(of: "]"), close > rest.startIndex else { return nil }
        let index = rest[rest.index(after: close)...]
        guard index.isEmpty || (index.first == "[" && index.last == "]" && index.count >= 2) else { return nil }
        return index.dropFirst().dropLast().allSatisfy(\.isNumber) ? String(rest[..<close]) : nil
    }
}
