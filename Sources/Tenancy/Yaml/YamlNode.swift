/// A place in a YAML file: line and column from 1.
struct YamlMark: Hashable, Comparable {
    let line: Int
    let column: Int

    /// The top of a file.
    static let top = YamlMark(line: 1, column: 1)

    static func < (left: YamlMark, right: YamlMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// One value of a YAML file together with its place.
///
/// Scalars stay text: `no`, `007` and `1e3` mean what the reader of the key makes of them, never what YAML 1.1 guesses.
struct YamlNode {
    /// The file it was written in: a mapping made of a template's keys and a tenant's keeps the places of both.
    let file: String

    let mark: YamlMark
    let content: Content

    enum Content {
        /// Text, and whether it was quoted (or a block); an unquoted empty text is no value.
        case scalar(String, isQuoted: Bool)
        case sequence([YamlNode])
        case mapping([Entry])
    }

    /// One key and its value, in the order of the file; keys are unique.
    struct Entry {
        let key: String
        let mark: YamlMark
        let value: YamlNode
    }

    /// What kind of value this is, in words.
    var kind: String {
        switch content {
        case .scalar: isEmpty ? "nothing" : "a text"
        case .sequence: "a list"
        case .mapping: "keys and values"
        }
    }

    /// This mapping with the keys of another in place of its own; anything but two mappings leaves the other.
    func overlaid(with other: YamlNode) -> YamlNode {
        guard case .mapping(let own) = content, case .mapping(let theirs) = other.content else { return other }
        let replaced = Set(theirs.map(\.key))
        let kept = own.filter { !replaced.contains($0.key) }
        return YamlNode(file: other.file, mark: other.mark, content: .mapping(kept + theirs))
    }

    /// The value of a key of a mapping; nil when this is none or has no such key.
    func child(_ key: String) -> YamlNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The text of a scalar; nil when this is none.
    var scalar: String? {
        guard case .scalar(let text, _) = content, !isEmpty else { return nil }
        return text
    }

    /// Whether a key was written without a value (`key:`, `key: ~`, `key: null`).
    var isEmpty: Bool {
        guard case .scalar(let text, isQuoted: false) = content else { return false }
        return ["", "~", "null"].contains(text)
    }
}
