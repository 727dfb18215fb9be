/// A document as the parser gets it: UTF-8, with no start tag that would cost the parser too much.
///
/// Encodings are settled here, so that libxml2 never converts anything (it knows UTF-7 and a hundred more) and every check
/// sees the same characters the parser will see. Source: XML 1.0 appendix F for telling encodings apart.
struct XMLSource {
    /// The document in UTF-8, its byte order mark removed.
    let utf8: [UInt8]

    init(_ bytes: [UInt8], limits: XMLLimits) throws(XMLFault) {
        utf8 = try Self.decoded(bytes)
        // UTF-8 takes up to half as much again as UTF-16
        guard utf8.count <= limits.bytes / 2 * 3 else { throw .tooLarge(limit: limits.bytes) }
        if Self.mostAttributes(utf8) > limits.attributesPerElement {
            throw .tooManyAttributes(limit: limits.attributesPerElement)
        }
    }

    private static func decoded(_ bytes: [UInt8]) throws(XMLFault) -> [UInt8] {
        let less = UInt8(ascii: "<")
        let text: [UInt8]
        switch (bytes.first, bytes.dropFirst().first) {
        case (0xFE, 0xFF): text = try fromUTF16(bytes.dropFirst(2), bigEndian: true)
        case (0xFF, 0xFE): text = try fromUTF16(bytes.dropFirst(2), bigEndian: false)
        case (0, less): text = try fromUTF16(bytes[...], bigEndian: true)
        case (less, 0): text = try fromUTF16(bytes[...], bigEndian: false)
        default:
            let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
            switch try declaredEncoding(body) {
            case "ISO-8859-1": return body.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
            case nil, "UTF-8", "UTF8", "US-ASCII", "ASCII": return body
            case let other?: throw .encoding(other)
            }
        }
        // what was in UTF-16 may say so, or nothing
        if let other = try declaredEncoding(text), !other.hasPrefix("UTF-16") { throw .encoding(other) }
        return text
    }

    private static func fromUTF16(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) throws(XMLFault) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            let first = UInt16(bytes[index])
            let second = UInt16(bytes[index + 1])
            units.append(bigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        guard index == bytes.endIndex, let text = String(validating: units, as: UTF16.self) else {
            throw .encoding("UTF-16 with broken characters")
        }
        return Array(text.utf8)
    }

    /// The encoding a declaration names, in upper case; nil when there is none.
    private static func declaredEncoding(_ bytes: [UInt8]) throws(XMLFault) -> String? {
        guard bytes.starts(with: "<?xml".utf8) else { return nil }
        let head = String(decoding: bytes.prefix(300), as: UTF8.self)
        guard let end = head.firstRange(of: "?>") else { return nil }
        let declaration = head[..<end.lowerBound]
        guard let name = declaration.firstRange(of: "encoding") else { return nil }
        let value = declaration[name.upperBound...].drop { $0.isWhitespace || $0 == "=" }
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        return String(value.dropFirst().prefix { $0 != quote }.prefix(40)).uppercased()
    }

    /// Most `=` outside quotes in one tag.
    ///
    /// libxml2 compares each attribute with each other one before it shows the tag to anybody.
    private static func mostAttributes(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return 0 }
            var tags = TagScan(position: start, end: start + buffer.count)
            return tags.mostAttributes()
        }
    }
}

/// Goes over the bytes of a document from tag to tag; bare pointers and numbers keep it quick in debug builds too.
private struct TagScan {
    var position: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

    mutating func mostAttributes() -> Int {
        var most = 0
        while skip(past: 0x3C) {
            guard position < end else { break }
            switch position.pointee {
            case 0x21 where isNext(0x2D, at: 1) && isNext(0x2D, at: 2):  // <!--
                position += 3
                skipAll(past: 0x3E, after: 0x2D)
            case 0x21 where isNext(0x5B, at: 1):  // <![CDATA[
                skipAll(past: 0x3E, after: 0x5D)
            case 0x3F: skipAll(past: 0x3E, after: 0x3F)  // <?
            default: most = max(most, attributesOfTag())
            }
        }
        return most
    }

    /// Up to the `>` of a tag.
    private mutating func attributesOfTag() -> Int {
        var count = 0
        while position < end {
            let byte = position.pointee
            position += 1
            if byte == 0x3E { break }  // >
            if byte == 0x3D { count += 1 }  // =
            if byte == 0x22 || byte == 0x27, !skip(past: byte) { break }
        }
        return count
    }

    private mutating func skip(past byte: UInt8) -> Bool {
        while position < end {
            let found = position.pointee == byte
            position += 1
            if found { return true }
        }
        return false
    }

    /// Past the first `last` that stands behind two `before`, or behind one `?`.
    private mutating func skipAll(past last: UInt8, after before: UInt8) {
        let start = position
        while skip(past: last) {
            if before == 0x3F, position - start >= 2, position[-2] == before { return }
            if position - start >= 3, position[-2] == before, position[-3] == before { return }
        }
    }

    private func isNext(_ byte: UInt8, at offset: Int) -> Bool {
        position + offset < end && position[offset] == byte
    }
}
