import Domain
import Postgres

/// The small values that every new request stores as JSON, written straight into a buffer.
///
/// The same keys and values as their `Codable` forms, by which they are read back; a general encoder takes ten times as long,
/// which was an eighth of what a request cost.
struct WrittenJSON {
    private var bytes: [UInt8] = []

    /// Answers by question code.
    static func answers(_ answers: Answers) -> JSONValue {
        var writer = WrittenJSON()
        writer.object(answers.values.sorted { $0.key < $1.key }) { writer, values in
            writer.list(values) { $0.string($1) }
        }
        return JSONValue(utf8: writer.bytes)
    }

    /// Particulars of an event.
    static func details(_ details: [String: String]) -> JSONValue {
        var writer = WrittenJSON()
        writer.object(details.sorted { $0.key < $1.key }) { $0.string($1) }
        return JSONValue(utf8: writer.bytes)
    }

    /// A text in both languages.
    static func text(_ text: LocalizedText) -> JSONValue {
        var writer = WrittenJSON()
        writer.object([("en", text.english), ("fr", text.french)]) { $0.string($1) }
        return JSONValue(utf8: writer.bytes)
    }

    /// Where a request stands; a new one by hand, one with a history by its own encoding.
    static func life(_ life: RequestLife) throws -> JSONValue {
        switch life {
        case .received: JSONValue(text: #"{"reopenings":0,"state":{"name":"received"}}"#)
        case .waitingForPlace: JSONValue(text: #"{"reopenings":0,"state":{"name":"waiting_for_place"}}"#)
        default: try JSONValue(life)
        }
    }

    private mutating func object<Value>(
        _ members: some Sequence<(key: String, value: Value)>,
        _ write: (inout WrittenJSON, Value) -> Void
    ) {
        bytes.append(UInt8(ascii: "{"))
        for (place, member) in members.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            string(member.key)
            bytes.append(UInt8(ascii: ":"))
            write(&self, member.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func list<Element>(_ elements: [Element], _ write: (inout WrittenJSON, Element) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for (place, element) in elements.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func string(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: #"\u00"#.utf8)
                bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                bytes.append(byte & 15 < 10 ? UInt8(ascii: "0") + (byte & 15) : UInt8(ascii: "a") + (byte & 15) - 10)
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
