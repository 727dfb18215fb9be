import Foundation

/// A mail that came in, or one part of it: headers, and either a text or further parts.
///
/// Reads what mail programs and servers send, and never fails: what is broken is read as plain text. Bounded: parts below the
/// eighth level and beyond the hundredth are left out, whatever the message says.
///
/// Source: RFC 5322, RFC 2045 to 2047, RFC 2046 section 5.1 for parts.
public struct ReceivedMail: Sendable, Hashable {
    /// Headers in order, names in lower case, values unfolded, encoded words decoded.
    public let headers: [Header]
    /// Parts of a multipart body; empty for any other.
    public let parts: [ReceivedMail]
    /// Body with its transfer encoding taken off; empty where there are parts.
    public let body: [UInt8]

    /// One header.
    public struct Header: Sendable, Hashable {
        /// Name in lower case.
        public let name: String
        /// Value.
        public let value: String
    }

    /// Most bytes that are read; the rest is left out.
    public static let largest = 4 << 20
    private static let deepest = 8
    private static let mostParts = 100

    /// Reads a mail.
    public init(_ bytes: some Collection<UInt8>) {
        self.init(Array(bytes.prefix(Self.largest)), depth: 0)
    }

    private init(_ bytes: [UInt8], depth: Int) {
        let (head, rest) = Self.divided(bytes)
        headers = Self.headers(head)
        let type = Self.first("content-type", in: headers) ?? "text/plain"
        let boundary = Self.parameter("boundary", of: type)
        guard Self.media(type).hasPrefix("multipart/"), let boundary, depth < Self.deepest else {
            parts = []
            body = Self.decoded(rest, Self.first("content-transfer-encoding", in: headers))
            return
        }
        parts = Self.pieces(of: rest, boundary: boundary).prefix(Self.mostParts)
            .map { ReceivedMail($0, depth: depth + 1) }
        body = []
    }

    /// The first header of a name; nil when there is none.
    public subscript(_ name: String) -> String? { Self.first(name.lowercased(), in: headers) }

    /// Media type in lower case: `text/plain`.
    public var mediaType: String { Self.media(self["content-type"] ?? "text/plain") }

    /// A parameter of the `Content-Type`: `report-type`.
    public func parameter(_ name: String) -> String? { Self.parameter(name, of: self["content-type"] ?? "") }

    /// The body as text, in UTF-8 or Latin 1, lines ended by LF.
    public var text: String {
        let isLatin = ["iso-8859-1", "windows-1252", "iso-8859-15"].contains(parameter("charset")?.lowercased() ?? "")
        let text =
            isLatin
            ? String(String.UnicodeScalarView(body.map { Unicode.Scalar($0) })) : String(decoding: body, as: UTF8.self)
        return text.replacing("\r\n", with: "\n")
    }

    /// This part and all below it, in order.
    public var allParts: [ReceivedMail] { [self] + parts.flatMap(\.allParts) }

    /// The words of a person who writes: the first plain text; empty when there is none.
    public var plainText: String {
        allParts.first { $0.parts.isEmpty && $0.mediaType == "text/plain" }?.text ?? ""
    }

    private static func divided(_ bytes: [UInt8]) -> (head: ArraySlice<UInt8>, body: [UInt8]) {
        var lineStart = 0
        for (index, byte) in bytes.enumerated() where byte == 10 {
            let length = index - lineStart - (index > lineStart && bytes[index - 1] == 13 ? 1 : 0)
            if length == 0 { return (bytes[..<lineStart], Array(bytes[(index + 1)...])) }
            lineStart = index + 1
        }
        return (bytes[...], [])
    }

    private static func headers(_ head: ArraySlice<UInt8>) -> [Header] {
        var lines: [String] = []
        for line in head.split(separator: 10).prefix(500) {
            let text = String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            if let first = text.first, first == " " || first == "\t", !lines.isEmpty {
                lines[lines.count - 1] += " " + text.trimmingCharacters(in: .whitespaces)
            } else {
                lines.append(text)
            }
        }
        return lines.compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return Header(name: line[..<colon].lowercased(), value: EncodedWordReader.decoded(value))
        }
    }

    private static func pieces(of body: [UInt8], boundary: String) -> [[UInt8]] {
        let opening = Array("--\(boundary)".utf8)
        var pieces: [[UInt8]] = []
        var current: [UInt8]?
        for line in body.split(separator: 10, omittingEmptySubsequences: false) {
            guard line.starts(with: opening) else {
                current?.append(contentsOf: line)
                current?.append(10)
                continue
            }
            if let current { pieces.append(current) }
            let isEnd = line.dropFirst(opening.count).starts(with: [45, 45])
            if isEnd { return pieces }
            current = []
        }
        if let current { pieces.append(current) }
        return pieces
    }

    private static func decoded(_ body: [UInt8], _ encoding: String?) -> [UInt8] {
        switch encoding?.lowercased() {
        case "quoted-printable": return QuotedPrintable.decoded(body)
        case "base64":
            let text = String(decoding: body.filter { $0 > 32 }, as: UTF8.self)
            return Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { Array($0) } ?? body
        default: return body
        }
    }

    private static func first(_ name: String, in headers: [Header]) -> String? {
        headers.first { $0.name == name }?.value
    }

    private static func media(_ type: String) -> String {
        type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }

    private static func parameter(_ name: String, of type: String) -> String? {
        for piece in type.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard pair.count == 2, pair[0].lowercased() == name else { continue }
            return pair[1].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        }
        return nil
    }
}
