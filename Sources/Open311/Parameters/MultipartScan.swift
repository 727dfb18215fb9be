/// Walks through the parts of a multipart body, once, from front to back.
struct MultipartScan {
    private(set) var fields: [FormField] = []
    private(set) var files: [MultipartBody.File] = []

    private let body: [UInt8]
    private let delimiter: [UInt8]
    private let limits: MultipartBody.Limits
    private var position = 0
    private var parts = 0
    private var textBytes = 0

    init(_ body: [UInt8], boundary: String, limits: MultipartBody.Limits) {
        self.body = body
        self.delimiter = Array("--".utf8) + Array(boundary.utf8)
        self.limits = limits
    }

    mutating func run() throws(Open311Fault) {
        // what stands before the first delimiter is no part
        guard let first = delimiterStart(from: 0) else {
            throw Open311Fault(status: 400, "the multipart body does not hold its boundary")
        }
        position = first + delimiter.count
        while try !atEnd() {
            parts += 1
            guard parts <= limits.parts else {
                throw Open311Fault(status: 413, "the multipart body has more than \(limits.parts) parts")
            }
            let headers = try readHeaders()
            guard let next = delimiterStart(from: position) else { throw Self.cutOff }
            // the line end before a delimiter belongs to the delimiter
            var end = next
            if end > position, body[end - 1] == 0x0A { end -= 1 }
            if end > position, body[end - 1] == 0x0D { end -= 1 }
            try take(body[position..<end], headers)
            position = next + delimiter.count
        }
    }

    private static let cutOff = Open311Fault(status: 400, "the multipart body ends before its closing boundary")

    /// After a delimiter: `--` closes the body, a line end begins a part.
    private mutating func atEnd() throws(Open311Fault) -> Bool {
        if position + 1 < body.count, body[position] == UInt8(ascii: "-"), body[position + 1] == UInt8(ascii: "-") {
            return true
        }
        while position < body.count, body[position] == UInt8(ascii: " ") || body[position] == 0x09 { position += 1 }
        if position < body.count, body[position] == 0x0D { position += 1 }
        guard position < body.count, body[position] == 0x0A else { throw Self.cutOff }
        position += 1
        return false
    }

    /// Start of the next delimiter that stands at the begin of a line.
    private func delimiterStart(from start: Int) -> Int? {
        body.withUnsafeBufferPointer { bytes in
            var index = start
            while index + delimiter.count <= bytes.count {
                if bytes[index] == UInt8(ascii: "-"), index == 0 || bytes[index - 1] == 0x0A,
                    (0..<delimiter.count).allSatisfy({ bytes[index + $0] == delimiter[$0] })
                {
                    return index
                }
                index += 1
            }
            return nil
        }
    }

    /// Header lines up to the empty line, names in lower case.
    private mutating func readHeaders() throws(Open311Fault) -> [String: String] {
        var headers: [String: String] = [:]
        let start = position
        while true {
            guard let lineEnd = body[position...].prefix(limits.headerBytes + 1).firstIndex(of: 0x0A) else {
                throw body.count - position > limits.headerBytes ? headersTooLong : Self.cutOff
            }
            guard lineEnd - start <= limits.headerBytes else { throw headersTooLong }
            var line = body[position..<lineEnd]
            position = lineEnd + 1
            if line.last == 0x0D { line.removeLast() }
            if line.isEmpty { return headers }
            guard let text = String(validating: line, as: UTF8.self), let colon = text.firstIndex(of: ":") else {
                throw Open311Fault(status: 400, "a part of the multipart body has a header line that is not UTF-8 text")
            }
            headers[text[..<colon].trimmed.lowercased()] = text[text.index(after: colon)...].trimmed
        }
    }

    private var headersTooLong: Open311Fault {
        Open311Fault(status: 413, "a part of the multipart body has headers of more than \(limits.headerBytes) bytes")
    }

    private mutating func take(_ content: ArraySlice<UInt8>, _ headers: [String: String]) throws(Open311Fault) {
        let disposition = HeaderValue(headers["content-disposition"] ?? "")
        guard disposition.value == "form-data", let name = disposition.parameters["name"], !name.isEmpty else {
            throw Open311Fault(
                status: 400,
                "a part of the multipart body has no Content-Disposition form-data with a name"
            )
        }
        guard name.utf8.count <= 256 else {
            throw Open311Fault(status: 400, "a part of the multipart body has a name of more than 256 bytes")
        }
        if let encoding = headers["content-transfer-encoding"]?.lowercased(),
            !["7bit", "8bit", "binary"].contains(encoding)
        {
            throw .bad(name, "has a Content-Transfer-Encoding other than binary")
        }
        guard let filename = disposition.parameters["filename"] else {
            textBytes += content.count
            guard textBytes <= limits.textBytes else {
                throw Open311Fault(
                    status: 413,
                    "the fields of the multipart body have more than \(limits.textBytes) bytes"
                )
            }
            fields.append(try FormField(nameBytes: name.utf8, valueBytes: content))
            return
        }
        // the name must be good text even when the file is not kept
        let field = try FormField(nameBytes: name.utf8, valueBytes: filename.utf8)
        guard !content.isEmpty else { return }
        files.append(
            MultipartBody.File(
                field: field.name,
                filename: Self.plainName(field.value),
                contentType: headers["content-type"].map { HeaderValue($0).value },
                bytes: content
            )
        )
    }

    /// The last piece of a path in either notation, without control characters and leading points; 100 characters at most.
    static func plainName(_ filename: String) -> String {
        let last = filename.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let visible = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        let name = String(String.UnicodeScalarView(visible)).drop { $0 == "." || $0 == " " }
        return name.isEmpty ? "file" : String(name.prefix(100))
    }
}
