import XML

/// What an outside server said, without regard to the format it said it in.
///
/// Numbers and truth values are kept as their text, so that an id sent as `001` stays `001`.
indirect enum AnswerValue: Sendable, Hashable {
    /// JSON `null`, or an element with neither text nor children.
    case null
    /// A text, number or truth value.
    case text(String)
    /// A JSON array.
    case list([AnswerValue])
    /// Members in the order sent; an XML element repeats the names of its children.
    case object([Member])

    /// One member of an object.
    struct Member: Sendable, Hashable {
        let name: String
        let value: AnswerValue
    }

    /// The same for an element: text when it has no children, otherwise its children.
    init(_ element: XMLElement) {
        let children = element.children
        if children.isEmpty {
            let text = element.text
            self = text.trimmed.isEmpty ? .null : .text(text)
        } else {
            self = .object(children.map { Member(name: $0.name.local, value: AnswerValue($0)) })
        }
    }

    /// First member of that name; `null` when there is none.
    subscript(name: String) -> AnswerValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    /// Whether it is an object with any of these members.
    func has(_ names: String...) -> Bool {
        guard case .object(let members) = self else { return false }
        return members.contains { names.contains($0.name) }
    }

    /// The text; nil for nothing, blanks, arrays and objects.
    var text: String? {
        guard case .text(let text) = self, !text.trimmed.isEmpty else { return nil }
        return text
    }

    /// An id, code or key: a text of at most 255 bytes without blanks round it.
    var identifier: String? {
        guard let word = text?.trimmed, word.utf8.count <= 255 else { return nil }
        return word
    }

    /// Whether it says yes: `true`, `1`, `yes`, `Y`, in any case.
    var isTrue: Bool { ["true", "1", "yes", "y"].contains(text?.trimmed.lowercased() ?? "") }

    /// Members of a list in any of the shapes it comes in: an array, a wrapper round repeated children, a wrapper round
    /// an array, one member alone.
    func items(_ list: ListName) -> [AnswerValue] {
        switch self {
        case .null: return []
        case .text: return [self]
        case .list(let items): return items
        case .object(let members):
            let named = members.filter { $0.name == list.singular }
            if !named.isEmpty {
                return named.flatMap { member in
                    if case .list(let items) = member.value { items } else { [member.value] }
                }
            }
            let wrapped = members.filter { $0.name == list.plural }
            return wrapped.isEmpty ? [self] : wrapped.flatMap { $0.value.items(list) }
        }
    }
}
