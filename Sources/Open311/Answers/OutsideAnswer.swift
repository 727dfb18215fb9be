import XML

/// The body an outside server answered with: read leniently, because servers differ, and under limits, because any of
/// them may be hostile.
///
/// Ids may be numbers or strings, lists arrays or wrappers, a list of one the one alone, empty fields missing: each of
/// these was met at a server in use.
public struct OutsideAnswer: Sendable, Hashable {
    /// Name of the root element; nil for JSON.
    let root: String?

    /// The content of the root.
    let content: AnswerValue

    /// What an answer may cost before it is refused.
    public struct Limits: Sendable, Hashable {
        /// Most bytes of the body; 1 MiB.
        public var bytes: Int
        /// Most levels of arrays, objects or elements.
        public var depth: Int
        /// Most values or elements altogether.
        public var values: Int

        /// Limits that a thousand service requests pass and a bomb does not.
        public init(bytes: Int = 1 << 20, depth: Int = 64, values: Int = 50_000) {
            self.bytes = bytes
            self.depth = depth
            self.values = values
        }
    }

    /// Why a body was not understood.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// Neither XML nor JSON, or more than the limits; the words say which.
        case unreadable(String)
        /// Well-formed, but not what was asked for.
        case unexpected(String)
        /// An errors body, whatever the HTTP status was.
        case errors(ErrorsMessage)

        /// The reason, for an operator.
        public var description: String {
            switch self {
            case .unreadable(let reason): "the answer cannot be read: \(reason)"
            case .unexpected(let what): "the answer is not \(what)"
            case .errors(let message):
                "the server reports: " + message.entries.map { "\($0.code) \($0.description)" }.joined(separator: "; ")
            }
        }
    }

    /// Reads a body; its first byte, not its content type, says whether it is XML or JSON.
    ///
    /// - Throws: ``Fault/unreadable(_:)``.
    public init(_ bytes: [UInt8], limits: Limits = Limits()) throws(Fault) {
        let first = bytes.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) && ![0xEF, 0xBB, 0xBF].contains($0) }
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            do throws(JSONReader.Fault) {
                content = try JSONReader.value(of: bytes, limits: limits)
                root = nil
            } catch {
                throw .unreadable(error.description)
            }
        case UInt8(ascii: "<"), 0xFE, 0xFF, 0x00:
            do throws(XMLFault) {
                let element = try XMLElement(
                    parsing: bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) },
                    limits: XMLLimits(bytes: limits.bytes, depth: limits.depth, elements: limits.values)
                )
                content = AnswerValue(element)
                root = element.name.local
            } catch {
                throw .unreadable(error.description)
            }
        case nil: throw .unreadable("it is empty")
        default: throw .unreadable("it is neither XML nor JSON")
        }
    }

    /// The members of a list.
    ///
    /// - Throws: ``Fault`` when the answer is an errors body or no such list.
    func members(of list: ListName, alone markers: [String] = []) throws(Fault) -> [AnswerValue] {
        if let errors = ErrorsMessage(content, root: root, fallback: 0) { throw .errors(errors) }
        if root == list.plural { return content == .null ? [] : content.items(list) }
        if case .list(let items) = content { return items }
        if content.has(list.plural, list.singular) { return content.items(list) }
        if root == list.singular || markers.contains(where: { content.has($0) }) { return [content] }
        throw .unexpected("a list of \(list.plural)")
    }
}
