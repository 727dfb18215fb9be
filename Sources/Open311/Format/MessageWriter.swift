public import Foundation
import XML

/// Writes one description of a message as XML or as JSON.
///
/// Because a message is described once, both formats always have the same fields (rule P3). A list becomes an array in
/// JSON with any number of members; its wrapper vanishes at the top. A missing value is `null` or an empty element.
/// Characters XML cannot carry, which no input of ours lets in, come out as U+FFFD in both formats.
public struct MessageWriter: Sendable {
    /// The format being written.
    public let format: Format

    private var xml = XMLWriter()
    private var json = JSONWriter()

    /// Names of the lists that are open, for their members; nil for an object.
    private var open: [ListName?] = []

    /// A writer at the start of a message.
    public init(_ format: Format) {
        self.format = format
        if format == .xml { xml.declaration() }
    }

    /// Hands over what was written so far and goes on with an empty buffer.
    public mutating func takeBytes() -> [UInt8] {
        switch format {
        case .xml: return xml.takeBytes()
        case .json:
            defer { json.bytes.removeAll(keepingCapacity: true) }
            return json.bytes
        }
    }

    /// Number of bytes written and not yet taken.
    public var pendingBytes: Int {
        format == .xml ? xml.bytes.count : json.bytes.count
    }

    /// Begins a list: the root, or a field of the object that is open.
    public mutating func beginList(_ name: ListName) {
        begin(name.plural, bracket: "[")
        open.append(name)
    }

    /// Ends the list that is open.
    public mutating func endList() { end("]") }

    /// Begins an object: the root, a field of an object, or, without a name, the next member of the list that is open.
    public mutating func beginObject(_ name: String? = nil) {
        begin(name ?? open.last.flatMap { $0?.singular } ?? "", bracket: "{")
        open.append(nil)
    }

    /// Ends the object that is open.
    public mutating func endObject() { end("}") }

    /// A text in the list that is open.
    public mutating func member(_ text: String) {
        switch format {
        case .xml: xml.element(open.last.flatMap { $0?.singular } ?? "", XMLText(replacingIllegal: text))
        case .json:
            json.separate()
            json.string(XMLText(replacingIllegal: text).string)
        }
    }

    /// A text field; nil says there is no value.
    public mutating func field(_ name: String, _ text: String?) {
        let clean = text.map { XMLText(replacingIllegal: $0) }
        switch format {
        case .xml: xml.element(name, clean)
        case .json:
            json.key(name)
            if let clean { json.string(clean.string) } else { json.raw("null") }
        }
    }

    /// A truth value.
    public mutating func field(_ name: String, _ value: Bool) { literal(name, value ? "true" : "false") }

    /// A whole number.
    public mutating func field(_ name: String, _ value: Int) { literal(name, String(value)) }

    /// A number already printed as a plain decimal; nil says there is no value.
    public mutating func field(_ name: String, decimal: String?) { literal(name, decimal) }

    /// An instant, printed in UTC; nil says there is no value.
    public mutating func field(_ name: String, _ date: Date?) {
        field(name, date.map { WireDateTime.text($0) })
    }

    private mutating func literal(_ name: String, _ value: String?) {
        switch format {
        case .xml: xml.element(name, value.map { XMLText(replacingIllegal: $0) })
        case .json:
            json.key(name)
            json.raw(value ?? "null")
        }
    }

    private mutating func begin(_ name: String, bracket: Unicode.Scalar) {
        switch format {
        case .xml: xml.start(name)
        case .json:
            if let container = open.last {
                if container == nil { json.key(name) } else { json.separate() }
            }
            json.open(bracket)
        }
    }

    private mutating func end(_ bracket: Unicode.Scalar) {
        open.removeLast()
        switch format {
        case .xml: xml.end()
        case .json: json.close(bracket)
        }
    }
}

/// Name of a list and of one member of it; the two differ in XML, the member's vanishes in JSON.
public struct ListName: Sendable, Hashable {
    /// The wrapper: `services`.
    public let plural: String

    /// One member: `service`.
    public let singular: String

    /// A list with names that XML can carry.
    public init(_ plural: String, _ singular: String) {
        self.plural = plural
        self.singular = singular
    }

    static let services = ListName("services", "service")
    static let attributes = ListName("attributes", "attribute")
    static let values = ListName("values", "value")
    static let requests = ListName("service_requests", "request")
    static let errors = ListName("errors", "error")
    static let endpoints = ListName("endpoints", "endpoint")
    static let formats = ListName("formats", "format")
    static let updates = ListName("service_request_updates", "request_update")
    static let notes = ListName("notes", "note")
    static let photos = ListName("photos", "photo")
    static let groups = ListName("groups", "group")
}
