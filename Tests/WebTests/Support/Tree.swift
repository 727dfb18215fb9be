import Foundation
import FoundationXML

/// A message in either format, read by Foundation and not by our own reader: XML becomes what the Spark mapping says.
indirect enum Tree: Sendable, Hashable {
    case null
    case text(String)
    case number(String)
    case boolean(Bool)
    case list([Tree])
    case object([String: Tree])

    /// Elements whose children repeat.
    private static let plurals: Set<String> = [
        "services", "service_requests", "errors", "endpoints", "formats", "groups", "values", "attributes",
        "service_request_updates", "notes", "photos",
    ]

    /// Members of a list.
    var list: [Tree] { if case .list(let members) = self { members } else { [] } }

    /// Names of an object's members.
    var names: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }

    /// What it says; empty for `null`.
    var string: String {
        switch self {
        case .text(let text), .number(let text): text
        case .boolean(let value): value ? "true" : "false"
        case .null, .list, .object: ""
        }
    }

    subscript(_ name: String) -> Tree? { if case .object(let members) = self { members[name] } else { nil } }

    subscript(_ index: Int) -> Tree? { list.indices.contains(index) ? list[index] : nil }

    init(json: String) {
        let read = try? JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
        self = read.map(Tree.init(value:)) ?? .null
    }

    private init(value: Any) {
        switch value {
        case let members as [String: Any]: self = .object(members.mapValues(Tree.init(value:)))
        case let members as [Any]: self = .list(members.map(Tree.init(value:)))
        case let text as String: self = .text(text)
        case let number as NSNumber:
            self = String(cString: number.objCType) == "c" ? .boolean(number.boolValue) : .number("\(number)")
        default: self = .null
        }
    }

    init(xml: String) {
        let reader = XMLTreeReader()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = reader
        self = parser.parse() ? reader.root ?? .null : .null
    }

    /// Builds the tree; a stray attribute makes the whole document unreadable, as it does for FixMyStreet.
    private final class XMLTreeReader: NSObject, XMLParserDelegate {
        private var open: [(name: String, text: String, children: [(String, Tree)])] = []
        var root: Tree?

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            if !attributes.isEmpty { parser.abortParsing() }
            open.append((name, "", []))
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if !open.isEmpty { open[open.count - 1].text += text }
        }

        func parser(
            _ parser: XMLParser,
            didEndElement name: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            let element = open.removeLast()
            let tree: Tree =
                if Tree.plurals.contains(element.name) {
                    .list(element.children.map(\.1))
                } else if !element.children.isEmpty {
                    .object(Dictionary(element.children) { first, _ in first })
                } else {
                    element.text.isEmpty ? .null : .text(element.text)
                }
            if open.isEmpty { root = tree } else { open[open.count - 1].children.append((element.name, tree)) }
        }
    }
}
