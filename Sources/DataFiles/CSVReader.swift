import Foundation

/// Reads comma-separated values (RFC 4180) row by row, forgiving what real files do.
///
/// Takes CRLF, LF and CR line ends, a byte-order mark, quoted fields with doubled quotes and line breaks in them, blank lines, gzip,
/// and semicolons or tabs where the header has no comma. The bytes of a field are handed on as they are, in whatever encoding.
public struct CSVReader {
    /// One row; valid only inside the call that hands it out.
    public struct Row {
        /// Number of the row in the file, the header being 1; blank lines count.
        public let number: Int
        /// The fields' bytes one after the other, quotes resolved.
        fileprivate let bytes: UnsafeRawBufferPointer
        /// For each field, where it ends.
        fileprivate let ends: UnsafeBufferPointer<Int>
        /// Bytes between two fields: the separator, where the row stands as it was read.
        fileprivate let between: Int
        /// What is wrong with the row as such; nil when it could be split into fields.
        public let fault: String?

        /// How many fields there are.
        public var count: Int { ends.count }

        /// Calls the body with the bytes of a field; nil when the row is too short.
        public func field<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
            bytes(ofField: index).map(body)
        }

        /// The bytes of a field, valid inside the call that hands out the row; nil when the row is too short.
        public func bytes(ofField index: Int) -> UnsafeRawBufferPointer? {
            guard index >= 0, index < ends.count else { return nil }
            let start = index == 0 ? 0 : ends[index - 1] + between
            return UnsafeRawBufferPointer(rebasing: bytes[start..<ends[index]])
        }

        /// A field as text; bytes that are no UTF-8 are replaced.
        public func text(_ index: Int) -> String? { field(index) { String(decoding: $0, as: UTF8.self) } }
    }

    private enum State {
        case fieldStart
        case plain
        case quoted
        case quoteInQuoted
    }

    /// A row longer than this is no row but a missing quote.
    private static let longestRow = 1_000_000

    private var state = State.fieldStart
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var number = 1
    private var previousWasCarriageReturn = false
    private var fault: String?
    private var separator: UInt8?
    private var skippedMark = false

    /// Goes through a file.
    ///
    /// - Throws: ``DataFileError`` when the file can't be read, and what the body throws.
    public static func read(
        path: String,
        progress: (_ read: Int, _ total: Int) -> Void = { _, _ in },
        _ body: (Row) throws -> Void
    ) throws {
        let file = try CompressedFile(path: path)
        var reader = CSVReader()
        while true {
            let piece = try file.next()
            if piece.isEmpty { break }
            try reader.feed(piece, body)
            progress(file.positionOnDisk, file.sizeOnDisk)
        }
        try reader.finish(body)
    }

    private mutating func feed(_ piece: UnsafeRawBufferPointer, _ body: (Row) throws -> Void) throws {
        var piece = piece
        if !skippedMark {
            skippedMark = true
            if piece.starts(with: [0xEF, 0xBB, 0xBF]) { piece = UnsafeRawBufferPointer(rebasing: piece[3...]) }
        }
        let separator = self.separator ?? Self.separator(of: piece)
        self.separator = separator
        var lines = Lines(piece)
        var position = 0
        while position < piece.count {
            if isAtRowStart, let end = lines.end(from: position),
                try takeLine(UnsafeRawBufferPointer(rebasing: piece[position..<end]), separator, body)
            {
                position = end + 1
                continue
            }
            try take(piece[position], separator, body)
            position += 1
        }
    }

    private var isAtRowStart: Bool {
        state == .fieldStart && bytes.isEmpty && ends.isEmpty && !previousWasCarriageReturn
    }

    /// Takes a whole line as a row without looking at each state or copying a byte; false, and nothing is taken, when it has quotes or line ends
    /// within it.
    private mutating func takeLine(
        _ line: UnsafeRawBufferPointer,
        _ separator: UInt8,
        _ body: (Row) throws -> Void
    ) throws -> Bool {
        var line = line
        if line.last == Byte.carriageReturn { line = UnsafeRawBufferPointer(rebasing: line.dropLast()) }
        guard line.count < Self.longestRow else { return false }
        ends.removeAll(keepingCapacity: true)
        var isFieldStart = true
        for position in 0..<line.count {
            let byte = line[position]
            if byte == separator {
                ends.append(position)
                isFieldStart = true
                continue
            }
            if byte == Byte.carriageReturn || (isFieldStart && byte == Byte.quote) {
                ends.removeAll(keepingCapacity: true)
                return false
            }
            isFieldStart = false
        }
        if !line.isEmpty {
            ends.append(line.count)
            try ends.withUnsafeBufferPointer {
                try body(Row(number: number, bytes: line, ends: $0, between: 1, fault: nil))
            }
            ends.removeAll(keepingCapacity: true)
        }
        number += 1
        return true
    }

    /// Takes one byte, whatever state the row is in.
    private mutating func take(_ byte: UInt8, _ separator: UInt8, _ body: (Row) throws -> Void) throws {
        if previousWasCarriageReturn {
            previousWasCarriageReturn = false
            if byte == Byte.newline { return }
        }
        switch state {
        case .quoted: if byte == Byte.quote { state = .quoteInQuoted } else { append(byte) }
        case .quoteInQuoted where byte == Byte.quote:
            append(byte)
            state = .quoted
        case .fieldStart where byte == Byte.quote: state = .quoted
        default:
            if byte == separator {
                ends.append(bytes.count)
                state = .fieldStart
            } else if byte == Byte.newline || byte == Byte.carriageReturn {
                previousWasCarriageReturn = byte == Byte.carriageReturn
                try endRow(body)
            } else {
                if state == .quoteInQuoted { fault = fault ?? "something follows a closing quote" }
                append(byte)
                state = .plain
            }
        }
    }

    private mutating func append(_ byte: UInt8) {
        if bytes.count < Self.longestRow {
            bytes.append(byte)
        } else {
            fault = "the row is longer than \(Self.longestRow) bytes; a closing quote may be missing"
            // Lines are rows again from the next line break on.
            if byte == Byte.newline { state = .plain }
        }
    }

    private mutating func endRow(_ body: (Row) throws -> Void) throws {
        let isBlank = ends.isEmpty && bytes.isEmpty && state == .fieldStart
        ends.append(bytes.count)
        if !isBlank {
            try bytes.withUnsafeBytes { bytes in
                try ends.withUnsafeBufferPointer {
                    try body(Row(number: number, bytes: bytes, ends: $0, between: 0, fault: fault))
                }
            }
        }
        number += 1
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        fault = nil
        state = .fieldStart
    }

    private mutating func finish(_ body: (Row) throws -> Void) throws {
        if state == .quoted { fault = "a quoted field is not closed before the file ends" }
        if !bytes.isEmpty || !ends.isEmpty || state != .fieldStart { try endRow(body) }
    }

    /// The separator of the header: a comma, or a semicolon or tab where there is no comma.
    private static func separator(of piece: UnsafeRawBufferPointer) -> UInt8 {
        let header = piece.prefix { $0 != Byte.newline && $0 != Byte.carriageReturn }
        if header.contains(Byte.comma) { return Byte.comma }
        if header.contains(UInt8(ascii: ";")) { return UInt8(ascii: ";") }
        return header.contains(Byte.tab) ? Byte.tab : Byte.comma
    }

    /// Finds the line feeds of a piece, each once, however often it is asked.
    private struct Lines {
        private let piece: UnsafeRawBufferPointer
        private var known: Int?

        init(_ piece: UnsafeRawBufferPointer) { self.piece = piece }

        /// Where the line that holds a position ends; nil when it ends in another piece.
        mutating func end(from position: Int) -> Int? {
            if let known, known >= position { return known == piece.count ? nil : known }
            guard let base = piece.baseAddress else { return nil }
            // The first such byte, or NULL.
            let found = memchr(base + position, Int32(Byte.newline), piece.count - position)
            let end = found.map { UnsafeRawPointer($0) - base } ?? piece.count
            known = end
            return end == piece.count ? nil : end
        }
    }
}
