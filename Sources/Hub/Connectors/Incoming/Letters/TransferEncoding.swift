import Foundation

/// Encodings of the body of a letter (RFC 2045, section 6), and of its characters.
enum TransferEncoding {
    /// The bytes that were encoded; an encoding nobody knows leaves them as they are.
    static func decoded(_ body: ArraySlice<UInt8>, _ encoding: String?) -> [UInt8] {
        switch encoding?.trimmingCharacters(in: .whitespaces).lowercased() {
        case "base64": Array(Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters) ?? Data())
        case "quoted-printable": quotedPrintable(body)
        default: Array(body)
        }
    }

    /// The characters; bytes that are none are replaced.
    static func text(_ bytes: [UInt8], charset: String?) -> String {
        let text: String =
            switch charset?.lowercased() {
            case "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252":
                String(bytes: bytes, encoding: .windowsCP1252) ?? String(decoding: bytes, as: UTF8.self)
            default: String(decoding: bytes, as: UTF8.self)
            }
        return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    private static func quotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = body.startIndex
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case 48...57: byte - 48
            case 65...70: byte - 55
            case 97...102: byte - 87
            default: nil
            }
        }
        while index < body.endIndex {
            let byte = body[index]
            guard byte == 61 else {
                bytes.append(byte)
                index += 1
                continue
            }
            let rest = body[(index + 1)...]
            if rest.starts(with: [13, 10]) {
                index += 3
            } else if rest.starts(with: [10]) {
                index += 2
            } else if rest.count >= 2, let high = digit(rest[rest.startIndex]),
                let low = digit(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte)
                index += 1
            }
        }
        return bytes
    }
}

/// The words of an answer that came as HTML alone: line breaks kept, quotations and everything that is no text left out.
enum PlainFromHTML {
    /// The words; at most the first 200,000 characters are looked at.
    static func text(_ html: String) -> String {
        var words = ""
        var rest = html.prefix(200_000)
        var silentUntil: String?
        while let open = rest.firstIndex(of: "<") {
            if silentUntil == nil { words += rest[..<open] }
            guard let close = rest[open...].firstIndex(of: ">") else { return entities(words) }
            let tag = rest[rest.index(after: open)..<close].lowercased()
            rest = rest[rest.index(after: close)...]
            if let end = silentUntil {
                if tag.hasPrefix(end) { silentUntil = nil }
                continue
            }
            if tag.hasPrefix("blockquote") || tag.contains("gmail_quote") { return entities(words) }
            for name in ["style", "script", "head", "title"] where tag == name || tag.hasPrefix(name + " ") {
                silentUntil = "/" + name
            }
            if ["br", "/p", "/div", "/tr", "/li"].contains(where: {
                tag == $0 || tag.hasPrefix($0 + " ") || tag == $0 + "/"
            }) {
                words += "\n"
            }
        }
        if silentUntil == nil { words += rest }
        return entities(words)
    }

    private static func entities(_ text: String) -> String {
        text.replacing("&nbsp;", with: " ").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&eacute;", with: "é")
            .replacing("&amp;", with: "&")
    }
}
