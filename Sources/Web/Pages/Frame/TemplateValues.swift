/// Turns a view into what a template reads: dictionaries, arrays, numbers and texts that are safe to escape.
///
/// The template engine escapes character by character, and in Swift a quote with a combining mark after it is another
/// character than a quote: `"̈ onfocus=…` would leave the attribute it stands in. So between each of the five characters of
/// HTML and a mark that would join it a word joiner is put, in every text of every view, and no page needs to think of it.
enum TemplateValues {
    /// The fields of a view by name.
    static func fields(of view: Any) -> [String: Any] {
        var fields: [String: Any] = [:]
        for child in Mirror(reflecting: view).children {
            guard let name = child.label, let value = value(of: child.value) else { continue }
            fields[name] = value
        }
        return fields
    }

    private static func value(of value: Any) -> Any? {
        switch value {
        case let text as String: return separated(text)
        case is Bool, is Int, is Double: return value
        case let tree as [String: Any]: return tree.compactMapValues(Self.value(of:))
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.flatMap { Self.value(of: $0.value) }
        case .collection, .set: return mirror.children.compactMap { Self.value(of: $0.value) }
        case .struct, .class: return fields(of: value)
        default: return separated(String(describing: value))
        }
    }

    /// The text with every character of HTML standing alone.
    static func separated(_ text: String) -> String {
        guard text.contains(where: isJoined) else { return text }
        return text.reduce(into: "") { result, character in
            guard isJoined(character), let first = character.unicodeScalars.first else {
                result.append(character)
                return
            }
            result.unicodeScalars.append(first)
            result.unicodeScalars.append("\u{2060}")
            result.unicodeScalars.append(contentsOf: character.unicodeScalars.dropFirst())
        }
    }

    private static func isJoined(_ character: Character) -> Bool {
        guard let first = character.unicodeScalars.first, special.contains(first) else { return false }
        return character.unicodeScalars.count > 1
    }

    private static let special: Set<Unicode.Scalar> = ["<", ">", "&", "\"", "'"]
}
