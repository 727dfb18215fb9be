import Foundation

/// A letter taken apart: its headers, and the words a person wrote.
///
/// Source: RFC 5322 (headers), RFC 2045 and 2046 (parts, encodings). Forgiving of what mailers do, bounded in every direction; nothing is
/// fetched, no attachment is opened.
struct LetterParts {
    /// Headers in their order, names in lower case, folded lines joined.
    let headers: [(name: String, value: String)]

    /// The words, plain; empty when there are none.
    let text: String

    /// Takes a letter apart.
    init(_ bytes: [UInt8]) {
        let (head, body) = Self.split(bytes[...])
        headers = Self.headers(head)
        text = Self.text(headers, body, depth: 0) ?? ""
    }

    /// The first header of a name.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Addresses in every header that names receivers.
    var receivers: [String] {
        let names: Set<String> = ["to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"]
        return headers.filter { names.contains($0.name) }.flatMap { Self.addresses(in: $0.value) }
    }

    /// Whether a machine wrote it: an absence notice, a bounce, a list.
    var isAutomatic: Bool {
        if let word = header("auto-submitted")?.lowercased(), !word.hasPrefix("no") { return true }
        if let word = header("precedence")?.lowercased(), ["bulk", "junk", "list", "auto_reply"].contains(word) {
            return true
        }
        if header("return-path") == "<>" || header("x-autoreply") != nil || header("x-autorespond") != nil {
            return true
        }
        return header("content-type")?.lowercased().hasPrefix("multipart/report") ?? false
    }

    /// Addresses in a header: whatever stands around an `@`.
    static func addresses(in header: String) -> [String] {
        header.prefix(8192).split { " \t,;<>\"()".contains($0) }.map(String.init).filter { $0.contains("@") }
    }

    private static let largestHead = 65_536
    private static let deepest = 5
    private static let mostParts = 50

    private static func split(_ bytes: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
        var index = bytes.startIndex
        let end = min(bytes.endIndex, bytes.startIndex + largestHead)
        var lineStart = index
        while index < end {
            if bytes[index] == 10 {
                let line = bytes[lineStart..<index]
                if line.isEmpty || line.elementsEqual([13]) { return (bytes[..<lineStart], bytes[(index + 1)...]) }
                lineStart = index + 1
            }
            index += 1
        }
        return (bytes[..<end], bytes[end...])
    }

    private static func headers(_ head: ArraySlice<UInt8>) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        for line in lines(head) {
            if let first = line.first, first == " " || first == "\t" {
                if let last = headers.indices.last { headers[last].value += " " + trimmed(line) }
                continue
            }
            guard let colon = line.firstIndex(of: ":"), headers.count < 500 else { continue }
            headers.append((trimmed(line[..<colon]).lowercased(), trimmed(line[line.index(after: colon)...])))
        }
        return headers
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) -> [Substring] {
        Substring(String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
            .split(separator: "\n", omittingEmptySubsequences: true)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The words of a part: plain text before HTML; nil where it is neither.
    private static func text(
        _ headers: [(name: String, value: String)],
        _ body: ArraySlice<UInt8>,
        depth: Int
    ) -> String? {
        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
        let type = MediaType(header("content-type") ?? "text/plain")
        if type.name.hasPrefix("multipart/"), let boundary = type.parameters["boundary"], depth < deepest {
            let parts = parts(of: body, boundary: boundary).map { part -> (MediaType, String?) in
                let (head, rest) = split(part)
                let inner = Self.headers(head)
                let type = MediaType(inner.first { $0.name == "content-type" }?.value ?? "text/plain")
                let isAttached = inner.contains {
                    $0.name == "content-disposition" && $0.value.lowercased().hasPrefix("attachment")
                }
                return (type, isAttached ? nil : text(inner, rest, depth: depth + 1))
            }
            let plain = parts.first { !($0.0.name == "text/html") && !($0.1 ?? "").isEmpty }
            return plain?.1 ?? parts.compactMap(\.1).first
        }
        guard type.name == "text/plain" || type.name == "text/html" else { return nil }
        let decoded = TransferEncoding.decoded(body, header("content-transfer-encoding"))
        let words = TransferEncoding.text(decoded, charset: type.parameters["charset"])
        return type.name == "text/html" ? PlainFromHTML.text(words) : words
    }

    private static func parts(of body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>] {
        guard !boundary.isEmpty, boundary.utf8.count <= 200 else { return [] }
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var lineStart = body.startIndex
        while lineStart < body.endIndex, parts.count < mostParts {
            let lineEnd = body[lineStart...].firstIndex(of: 10) ?? body.endIndex
            let line = body[lineStart..<lineEnd]
            if line.starts(with: mark) {
                if let start { parts.append(body[start..<lineStart]) }
                start = min(lineEnd + 1, body.endIndex)
                if line.dropFirst(mark.count).starts(with: [45, 45]) { return parts }
            }
            lineStart = lineEnd + 1
        }
        if let start, start < body.endIndex { parts.append(body[start...]) }
        return parts
    }
}

/// `text/plain; charset="utf-8"` taken apart.
private struct MediaType {
    let name: String
    let parameters: [String: String]

    init(_ text: String) {
        let pieces = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        name = pieces.first?.lowercased() ?? ""
        var found: [String: String] = [:]
        for piece in pieces.dropFirst().prefix(20) {
            let halves = piece.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard halves.count == 2 else { continue }
            found[halves[0].lowercased()] = halves[1].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        }
        parameters = found
    }
}
