/// Reads a document event by event, at the caller's pace, from bytes a stranger sent.
///
/// The document is checked as a whole before the first event is handed out, so a caller never acts on half of
/// something malformed. Comments and processing instructions are skipped. UTF-8 and UTF-16 are read; see ``XMLFault``
/// for what is refused, above all any document type declaration, without which no entity can be declared.
///
/// ```swift
/// var reader = try XMLPullReader(bytes)
/// while let event = reader.next() { … }
/// ```
public struct XMLPullReader: Sendable {
    private let events: [XMLEvent]
    private var position = 0

    /// Reads and checks the whole document.
    ///
    /// - Throws: ``XMLFault`` when it is not well-formed or breaks a limit.
    public init(_ bytes: some Collection<UInt8>, limits: XMLLimits = XMLLimits()) throws(XMLFault) {
        guard bytes.count <= limits.bytes else { throw .tooLarge(limit: limits.bytes) }
        events = try XMLDocumentScan.events(of: Array(bytes), limits: limits)
    }

    /// The next event, nil after the last end tag.
    public mutating func next() -> XMLEvent? {
        guard position < events.count else { return nil }
        defer { position += 1 }
        return events[position]
    }

    /// The next event, left in place.
    public func peek() -> XMLEvent? {
        position < events.count ? events[position] : nil
    }

    /// Reads on until the element whose start tag was just read has ended.
    public mutating func skipElement() {
        var depth = 1
        while depth > 0, let event = next() {
            switch event {
            case .start: depth += 1
            case .end: depth -= 1
            case .text: break
            }
        }
    }
}

extension XMLPullReader: IteratorProtocol, Sequence {}
