import Domain
import Foundation
import NIOCore

/// JSON written straight into the buffer that goes out: no tree, no encoder, no copy.
///
/// Commas are its own business: ``object(_:)`` and ``array(_:_:)`` write brackets, the members write themselves. Members without a
/// value are left out, as the program's own encoders do, so that both give the same text.
struct JSONText: Sendable {
    /// What was written so far.
    private(set) var bytes: ByteBuffer
    private var needsComma = false

    /// Begins empty.
    init(capacity: Int = 4096) {
        bytes = ByteBufferAllocator().buffer(capacity: capacity)
    }

    /// The text of one value.
    static func of(capacity: Int = 4096, _ write: (inout JSONText) -> Void) -> ByteBuffer {
        var text = JSONText(capacity: capacity)
        write(&text)
        return text.bytes
    }

    /// An object: `{…}`.
    mutating func object(_ members: (inout JSONText) -> Void) {
        open("{")
        members(&self)
        close("}")
    }

    /// `[…]`, one element after the other.
    mutating func array<Element>(_ elements: some Sequence<Element>, _ write: (inout JSONText, Element) -> Void) {
        open("[")
        for element in elements { write(&self, element) }
        close("]")
    }

    /// A member that is an object.
    mutating func object(_ key: StaticString, _ members: (inout JSONText) -> Void) {
        name(key)
        object(members)
    }

    /// A member that is an array.
    mutating func array<Element>(
        _ key: StaticString,
        _ elements: some Sequence<Element>,
        _ write: (inout JSONText, Element) -> Void
    ) {
        name(key)
        array(elements, write)
    }

    /// A member that is a text; left out when there is none.
    mutating func member(_ key: StaticString, _ value: String?) {
        guard let value else { return }
        name(key)
        string(value)
    }

    /// A member that is a whole number; left out when there is none.
    mutating func member(_ key: StaticString, _ value: Int?) {
        guard let value else { return }
        name(key)
        raw(String(value))
    }

    /// A member that is a number; left out when there is none or it is not finite.
    mutating func member(_ key: StaticString, _ value: Double?) {
        guard let value, value.isFinite else { return }
        name(key)
        raw(value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)")
    }

    /// A member that is true or false.
    mutating func member(_ key: StaticString, _ value: Bool) {
        name(key)
        raw(value ? "true" : "false")
    }

    /// A member in both languages; left out when there is none.
    mutating func member(_ key: StaticString, _ value: LocalizedText?) {
        guard let value else { return }
        name(key)
        text(value)
    }

    /// A member that is `null` when there is no value, for fields that are always there.
    mutating func always(_ key: StaticString, _ value: String?) {
        name(key)
        if let value { string(value) } else { raw("null") }
    }

    /// Both languages: `{"en": …, "fr": …}`.
    mutating func text(_ value: LocalizedText) {
        object { json in
            json.member("en", value.english)
            json.member("fr", value.french)
        }
    }

    /// A text as a value.
    mutating func string(_ value: String) {
        separate()
        write(value)
        needsComma = true
    }

    /// A value that is JSON already: a number in its own digits, a text made before.
    mutating func raw(_ json: String) {
        separate()
        bytes.writeString(json)
        needsComma = true
    }

    /// A value that is JSON already.
    mutating func raw(_ json: ByteBuffer) {
        separate()
        bytes.writeImmutableBuffer(json)
        needsComma = true
    }

    /// The name of a member; its value must follow.
    mutating func name(_ key: StaticString) {
        separate()
        bytes.writeInteger(UInt8(ascii: "\""))
        bytes.writeStaticString(key)
        bytes.writeStaticString("\":")
        needsComma = false
    }

    /// The name of a member that is not known beforehand.
    mutating func name(_ key: String) {
        separate()
        write(key)
        bytes.writeInteger(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func open(_ bracket: StaticString) {
        separate()
        bytes.writeStaticString(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: StaticString) {
        bytes.writeStaticString(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.writeInteger(UInt8(ascii: ",")) }
    }

    /// A quoted text; runs that need no escape are copied whole.
    private mutating func write(_ value: String) {
        bytes.writeInteger(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices where utf8[index] < 0x20 || utf8[index] == 0x22 || utf8[index] == 0x5C {
                bytes.writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[start..<index]))
                escape(utf8[index])
                start = index + 1
            }
            bytes.writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[start...]))
        }
        bytes.writeInteger(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: bytes.writeStaticString("\\\"")
        case 0x5C: bytes.writeStaticString("\\\\")
        case 0x0A: bytes.writeStaticString("\\n")
        case 0x0D: bytes.writeStaticString("\\r")
        case 0x09: bytes.writeStaticString("\\t")
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.writeStaticString("\\u00")
            bytes.writeInteger(digits[Int(byte >> 4)])
            bytes.writeInteger(digits[Int(byte & 15)])
        }
    }
}
