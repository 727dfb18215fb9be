/// Writes a document into a byte buffer that can be emptied while the document goes on.
///
/// Element and attribute names are the program's own and are checked by precondition; text may be anybody's and is
/// either an ``XMLText`` or checked on the way in. Nothing is indented: blanks would become part of the text.
///
/// ```swift
/// var writer = XMLWriter()
/// writer.declaration()
/// writer.start("mapping")
/// writer.namespace("urn:ietf:params:xml:ns:lost1")
/// try writer.attribute("source", "hub.example.org")
/// try writer.element("serviceNumber", "311")
/// writer.end()
/// ```
public struct XMLWriter: Sendable {
    /// What was written and not yet taken.
    public private(set) var bytes: [UInt8] = []

    private var open: [String] = []
    private var tagIsOpen = false

    /// A writer with nothing written.
    public init() {}

    /// Hands over what was written so far and goes on with an empty buffer.
    public mutating func takeBytes() -> [UInt8] {
        closeTag()
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// The XML declaration; first of all, or never.
    public mutating func declaration() {
        append(#"<?xml version="1.0" encoding="UTF-8"?>"#)
        bytes.append(0x0A)
    }

    /// A start tag; attributes may follow until anything else is written.
    public mutating func start(_ name: String) {
        precondition(Self.isName(name), "not a name in XML: \(name)")
        closeTag()
        bytes.append(UInt8(ascii: "<"))
        append(name)
        open.append(name)
        tagIsOpen = true
    }

    /// Declares a namespace on the element just started: the default one, or one with a prefix.
    public mutating func namespace(_ uri: String, prefix: String? = nil) {
        attribute(prefix.map { "xmlns:" + $0 } ?? "xmlns", XMLText(replacingIllegal: uri))
    }

    /// An attribute of the element just started.
    public mutating func attribute(_ name: String, _ value: XMLText) {
        precondition(tagIsOpen, "attribute \(name) comes after the content of its element")
        precondition(Self.isName(name), "not a name in XML: \(name)")
        bytes.append(UInt8(ascii: " "))
        append(name)
        append("=\"")
        escape(value.string, inAttribute: true)
        bytes.append(UInt8(ascii: "\""))
    }

    /// An attribute of the element just started.
    ///
    /// - Throws: ``XMLWriteFault`` when the value holds a character XML cannot carry.
    public mutating func attribute(_ name: String, _ value: String) throws(XMLWriteFault) {
        attribute(name, try XMLText(value))
    }

    /// Text inside the element that is open.
    public mutating func text(_ text: XMLText) {
        closeTag()
        escape(text.string, inAttribute: false)
    }

    /// Text inside the element that is open.
    ///
    /// - Throws: ``XMLWriteFault`` when it holds a character XML cannot carry.
    public mutating func text(_ text: String) throws(XMLWriteFault) {
        self.text(try XMLText(text))
    }

    /// A whole element with text in it; nil gives an empty element.
    public mutating func element(_ name: String, _ content: XMLText?) {
        start(name)
        if let content { text(content) }
        end()
    }

    /// A whole element with text in it.
    ///
    /// - Throws: ``XMLWriteFault`` when the text holds a character XML cannot carry; nothing is written then.
    public mutating func element(_ name: String, _ content: String) throws(XMLWriteFault) {
        element(name, try XMLText(content))
    }

    /// Ends the element that is open, as `<name></name>` when it is empty.
    public mutating func end() {
        guard let name = open.popLast() else { preconditionFailure("no element is open") }
        closeTag()
        append("</")
        append(name)
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func closeTag() {
        guard tagIsOpen else { return }
        bytes.append(UInt8(ascii: ">"))
        tagIsOpen = false
    }

    private mutating func append(_ string: String) {
        bytes.append(contentsOf: string.utf8)
    }

    private mutating func escape(_ string: String, inAttribute: Bool) {
        var copy = string
        copy.withUTF8 { text in
            var run = 0
            for index in text.indices {
                guard let reference = Self.reference(text[index], inAttribute: inAttribute) else { continue }
                bytes.append(contentsOf: text[run..<index])
                append(reference)
                run = index + 1
            }
            bytes.append(contentsOf: text[run...])
        }
    }

    /// What stands for a byte that may not stand for itself.
    private static func reference(_ byte: UInt8, inAttribute: Bool) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\"") where inAttribute: "&quot;"
        // a reader turns these into LF or blanks unless they come as references
        case 0x0D: "&#13;"
        case 0x0A where inAttribute: "&#10;"
        case 0x09 where inAttribute: "&#9;"
        default: nil
        }
    }

    /// Whether a text may name an element or attribute; ASCII names with at most one prefix, which is all we use.
    public static func isName(_ name: String) -> Bool {
        var parts = 1
        var first = true
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                first = false
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if first { return false }
            case UInt8(ascii: ":"):
                if first || parts == 2 { return false }
                parts += 1
                first = true
            default: return false
            }
        }
        return !first
    }
}
