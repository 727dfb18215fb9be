import Domain
import Foundation

/// The words of the pages in one language, read from `Locales/<language>.json`.
///
/// Whole sentences with named blanks (`{date}`), never words glued together. A text with a number has two forms, `one` and `other`.
struct Words: Sendable {
    /// The language they are in.
    let language: Language

    /// Every text by its dotted key: `report.what.heading`.
    let texts: [String: String]

    /// Reads a locale file.
    ///
    /// - Throws: when the file is missing or is no tree of texts: the service does not start without its words.
    init(language: Language, file: URL) throws {
        let tree = try JSONDecoder().decode(Tree.self, from: Data(contentsOf: file))
        self.language = language
        texts = Dictionary(uniqueKeysWithValues: tree.leaves(below: ""))
    }

    /// A text with its blanks filled; an unknown key shows itself, and a test makes sure that none is unknown.
    func callAsFunction(_ key: String, _ blanks: [String: String] = [:]) -> String {
        guard let text = texts[key] else { return key }
        return blanks.isEmpty ? text : Self.filled(text, blanks)
    }

    /// A text in the form for a number; `{n}` is the number itself.
    ///
    /// English: one is singular. French: zero and one are (CLDR plural rules).
    func plural(_ key: String, _ count: Int, _ blanks: [String: String] = [:]) -> String {
        let isOne = language == .french ? count == 0 || count == 1 : count == 1
        return self("\(key).\(isOne ? "one" : "other")", blanks.merging(["n": String(count)]) { first, _ in first })
    }

    /// The same texts as a tree for the templates: `{{t.report.what.heading}}`.
    var tree: [String: Any] {
        texts.keys.sorted().reduce(into: [:]) { tree, key in
            Self.insert(texts[key] ?? "", at: key.split(separator: ".")[...], into: &tree)
        }
    }

    private static func insert(_ text: String, at path: ArraySlice<Substring>, into tree: inout [String: Any]) {
        guard let first = path.first else { return }
        guard path.count > 1 else {
            tree[String(first)] = text
            return
        }
        var branch = tree[String(first)] as? [String: Any] ?? [:]
        insert(text, at: path.dropFirst(), into: &branch)
        tree[String(first)] = branch
    }

    /// Fills the blanks in one pass, so that nothing a person typed is taken for a blank.
    static func filled(_ text: String, _ blanks: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            result += blanks[name] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// A locale file as it is written: texts in nested objects.
    private enum Tree: Decodable {
        case text(String)
        case branch([String: Tree])

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            self =
                if let text = try? value.decode(String.self) { .text(text) } else {
                    .branch(try value.decode([String: Tree].self))
                }
        }

        func leaves(below path: String) -> [(String, String)] {
            switch self {
            case .text(let text): [(path, text)]
            case .branch(let branches):
                branches.flatMap { name, tree in tree.leaves(below: path.isEmpty ? name : "\(path).\(name)") }
            }
        }
    }
}
