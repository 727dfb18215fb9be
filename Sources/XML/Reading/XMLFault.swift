/// Why a document was not read.
///
/// `description` is fit for the sender: it says what is wrong with the document and nothing about this machine.
public enum XMLFault: Error, Sendable, Hashable {
    /// More bytes than ``XMLLimits/bytes``, whose value is given.
    case tooLarge(limit: Int)

    /// More elements inside one another than ``XMLLimits/depth``.
    case tooDeep(limit: Int)

    /// More elements than ``XMLLimits/elements``.
    case tooManyElements(limit: Int)

    /// One element has more attributes than ``XMLLimits/attributesPerElement``.
    case tooManyAttributes(limit: Int)

    /// The document has a document type declaration: refused unread, whatever it holds.
    case documentType

    /// Written in a character encoding other than UTF-8, UTF-16, US-ASCII or ISO-8859-1.
    case encoding(String)

    /// Not well-formed: libxml2's error number (`xmlParserErrors`), line, and what it says.
    case malformed(code: Int, line: Int, message: String)
}

extension XMLFault: CustomStringConvertible {
    /// What is wrong, as a sentence without its full stop.
    public var description: String {
        switch self {
        case .tooLarge(let limit): "the XML document has more than \(limit) bytes"
        case .tooDeep(let limit): "the XML document has more than \(limit) elements inside one another"
        case .tooManyElements(let limit): "the XML document has more than \(limit) elements"
        case .tooManyAttributes(let limit): "an XML element has more than \(limit) attributes"
        case .documentType: "the XML document has a document type declaration (DOCTYPE), which is not accepted"
        case .encoding(let name): "the XML document says its encoding is \(name); send UTF-8"
        case .malformed(_, let line, let message): "the XML document is not well-formed, line \(line): \(message)"
        }
    }
}
