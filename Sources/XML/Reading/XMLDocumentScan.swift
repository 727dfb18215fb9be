import CLibXML2

/// One pass of libxml2's SAX2 parser over a document held in memory, under limits.
///
/// The whole document is given at once: libxml2's push parser looks back over what it holds at each chunk, which makes
/// one long attribute quadratic. The parser is stopped inside the callback that announces a document type, before
/// its declarations are read; entities can then only be the five of XML itself. What the parser reports is judged by
/// error level, because `wellFormed` stays 1 after a stop.
final class XMLDocumentScan {
    private let limits: XMLLimits
    private var events: [XMLEvent] = []
    private var text: [UInt8] = []
    private var depth = 0
    private var elements = 0

    /// Namespace declarations of each element that is open; the parser looks through all of them for every name.
    private var declarations: [Int] = []
    private var declarationsInScope = 0
    private var names: [NameKey: XMLName] = [:]
    private var fault: XMLFault?
    private var parser: xmlParserCtxtPtr?

    /// libxml2 keeps each name once per document, so the addresses stand for the texts.
    private struct NameKey: Hashable {
        let local: UnsafePointer<UInt8>?
        let namespace: UnsafePointer<UInt8>?
    }

    private static let mostDeclarations = 128

    private init(limits: XMLLimits) {
        self.limits = limits
    }

    static func events(of bytes: [UInt8], limits: XMLLimits) throws(XMLFault) -> [XMLEvent] {
        _ = library
        let source = try XMLSource(bytes, limits: limits)
        let scan = XMLDocumentScan(limits: limits)
        scan.run(source.utf8)
        if let fault = scan.fault { throw fault }
        return scan.events
    }

    /// Set up once per process: the library itself, and a loader for external resources that finds nothing.
    private static let library: Void = {
        xmlInitParser()
        xmlSetExternalEntityLoader { _, _, _ in nil }
    }()

    private func run(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            fault = .malformed(code: Int(XML_ERR_DOCUMENT_EMPTY.rawValue), line: 1, message: "the document is empty")
            return
        }
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            // nil when memory runs out
            guard let parser = xmlCreateMemoryParserCtxt(start, Int32(buffer.count)) else {
                fault = .malformed(code: Int(XML_ERR_NO_MEMORY.rawValue), line: 1, message: "out of memory")
                return
            }
            defer { xmlFreeParserCtxt(parser) }
            self.parser = parser
            // returns the options it does not know; all are known
            let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_IGNORE_ENC.rawValue
            xmlCtxtUseOptions(parser, Int32(options))
            parser.pointee.sax.pointee = Self.handler()
            parser.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
            // 0 well-formed, -1 not; the error callback has the reason, the last error covers what it missed
            let result = xmlParseDocument(parser)
            if fault == nil, result != 0 || parser.pointee.wellFormed == 0 {
                fault = .malformed(code: Int(parser.pointee.errNo), line: 1, message: "it cannot be parsed")
            }
            self.parser = nil
        }
    }

    private func stop(_ reason: XMLFault) {
        if fault == nil { fault = reason }
        if let parser { xmlStopParser(parser) }
    }

    private static func handler() -> xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.internalSubset = { context, _, _, _ in XMLDocumentScan.of(context)?.stop(.documentType) }
        sax.startElementNs = { context, local, _, uri, declared, _, count, _, attributes in
            XMLDocumentScan.of(context)?.started(local, uri, declared: Int(declared), count: Int(count), attributes)
        }
        sax.endElementNs = { context, local, _, uri in XMLDocumentScan.of(context)?.ended(local, uri) }
        sax.characters = { context, bytes, count in XMLDocumentScan.of(context)?.said(bytes, Int(count)) }
        // the same function, so that libxml2 does not try to tell blanks that matter from blanks that do not
        sax.ignorableWhitespace = { context, bytes, count in XMLDocumentScan.of(context)?.said(bytes, Int(count)) }
        sax.cdataBlock = { context, bytes, count in XMLDocumentScan.of(context)?.said(bytes, Int(count)) }
        sax.serror = { context, error in XMLDocumentScan.of(context)?.failed(error?.pointee) }
        return sax
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> XMLDocumentScan? {
        context.map { Unmanaged<XMLDocumentScan>.fromOpaque($0).takeUnretainedValue() }
    }

    private func started(
        _ local: UnsafePointer<UInt8>?,
        _ uri: UnsafePointer<UInt8>?,
        declared: Int,
        count: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) {
        depth += 1
        elements += 1
        if depth > limits.depth { return stop(.tooDeep(limit: limits.depth)) }
        if elements > limits.elements { return stop(.tooManyElements(limit: limits.elements)) }
        if count + declared > limits.attributesPerElement {
            return stop(.tooManyAttributes(limit: limits.attributesPerElement))
        }
        declarations.append(declared)
        declarationsInScope += declared
        if declarationsInScope > Self.mostDeclarations { return stop(.tooManyAttributes(limit: Self.mostDeclarations)) }
        flushText()
        var list: [XMLAttribute] = []
        if let attributes {
            // five pointers each: local name, prefix, namespace, start and end of the value
            for index in 0..<count {
                let field = attributes + index * 5
                guard let first = field[3], let last = field[4] else { continue }
                let value = UnsafeBufferPointer(start: first, count: last - first)
                list.append(XMLAttribute(name(field[0], field[2]), Self.attributeText(value)))
            }
        }
        events.append(.start(name(local, uri), list))
    }

    /// A value as it was meant: the parser leaves each ampersand as `&#38;` for a later pass that there is not.
    private static func attributeText(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        var index = 0
        while index < bytes.count {
            text.append(bytes[index])
            index += bytes[index...].starts(with: "&#38;".utf8) ? 5 : 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func ended(_ local: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?) {
        flushText()
        depth -= 1
        declarationsInScope -= declarations.popLast() ?? 0
        events.append(.end(name(local, uri)))
    }

    private func said(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
        guard depth > 0 else { return }
        text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    }

    private func flushText() {
        guard !text.isEmpty else { return }
        events.append(.text(String(decoding: text, as: UTF8.self)))
        text.removeAll(keepingCapacity: true)
    }

    private func name(_ local: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?) -> XMLName {
        let key = NameKey(local: local, namespace: uri)
        if let known = names[key] { return known }
        let made = XMLName(local.map { String(cString: $0) } ?? "", namespace: uri.map { String(cString: $0) })
        names[key] = made
        return made
    }

    /// Errors and fatal errors end the reading; warnings (a relative namespace name, say) do not.
    private func failed(_ error: xmlError?) {
        guard let error, error.level.rawValue >= XML_ERR_ERROR.rawValue, fault == nil else { return }
        let said = error.message.map { String(cString: $0) } ?? "it cannot be parsed"
        let line = said.prefix { !$0.isNewline }.prefix(200)
        stop(.malformed(code: Int(error.code), line: Int(error.line), message: String(line)))
    }
}
