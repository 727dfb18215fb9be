/// Splits the text of a migration into its statements.
///
/// Knows what may hide a semicolon: quotes ('', "", E'\\''), dollar quotes, `--` and nested `/* */` comments, and
/// `BEGIN ATOMIC … END` bodies are not used here. Source: PostgreSQL documentation, 4.1 "Lexical Structure".
struct StatementSplitter {
    /// One statement and the line it begins on, from 1.
    struct Statement: Sendable, Hashable {
        let text: String
        let line: Int
    }

    /// Something was opened and never closed.
    struct Unterminated: Error {
        let what: String
        let line: Int
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The statements in order, without the semicolons and without comments before them.
    static func split(_ text: String) throws(Unterminated) -> [Statement] {
        var splitter = StatementSplitter(text)
        return try splitter.statements()
    }

    private mutating func statements() throws(Unterminated) -> [Statement] {
        var result: [Statement] = []
        var start: (position: Int, line: Int)?
        func finish(at end: Int) {
            guard let start else { return }
            let text = String(decoding: bytes[start.position..<end], as: UTF8.self)
            result.append(Statement(text: text, line: start.line))
        }
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: ";"):
                finish(at: position)
                start = nil
                advance()
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
                skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                try skipComment()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                advance()
            default:
                if start == nil { start = (position, line) }
                try skipToken(byte)
            }
        }
        if let start {
            var end = bytes.count
            while end > start.position, bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
            finish(at: end)
        }
        return result
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func skipLine() {
        while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
    }

    private mutating func skipComment() throws(Unterminated) {
        let begin = line
        var depth = 0
        while let byte = peek() {
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                advance()
            } else if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                advance()
            }
            advance()
            if depth == 0 { return }
        }
        throw Unterminated(what: "comment", line: begin)
    }

    private mutating func skipToken(_ byte: UInt8) throws(Unterminated) {
        switch byte {
        case UInt8(ascii: "'"):
            try skipQuoted(byte, hasEscapes: false)
        case UInt8(ascii: "\""):
            try skipQuoted(byte, hasEscapes: false)
        case UInt8(ascii: "$"):
            try skipDollarQuote()
        case _ where Self.isWord(byte):
            try skipWord()
        default:
            advance()
        }
    }

    /// A word may carry `$` inside, which opens nothing, and the word `E` gives the next quote its escapes.
    private mutating func skipWord() throws(Unterminated) {
        let begin = position
        while let byte = peek(), Self.isWord(byte) || byte == UInt8(ascii: "$") { advance() }
        let isEscape = position - begin == 1 && (bytes[begin] | 0x20) == UInt8(ascii: "e")
        guard isEscape, peek() == UInt8(ascii: "'") else { return }
        try skipQuoted(UInt8(ascii: "'"), hasEscapes: true)
    }

    private mutating func skipQuoted(_ quote: UInt8, hasEscapes: Bool) throws(Unterminated) {
        let begin = line
        advance()
        while let byte = peek() {
            advance()
            if hasEscapes, byte == UInt8(ascii: "\\"), peek() != nil {
                advance()
            } else if byte == quote {
                guard peek() == quote else { return }
                advance()
            }
        }
        throw Unterminated(what: "quote", line: begin)
    }

    private mutating func skipDollarQuote() throws(Unterminated) {
        let begin = line
        var end = position + 1
        while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
        let isParameter = peek(1).map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$"), !isParameter else {
            advance()
            return
        }
        let tag = bytes[position...end]
        for _ in tag { advance() }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "$"), bytes[position...].starts(with: tag) {
                for _ in tag { advance() }
                return
            }
            advance()
        }
        throw Unterminated(what: "dollar quote", line: begin)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
