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
        fileprivate let bytes: [UInt8]
        /// For each field, where it ends.
        fileprivate let ends: [Int]
        /// What is wrong with the row as such; nil when it could be split into fields.
        public let fault: String?

        /// How many fields there are.
        public var count: Int { ends.count }

        /// Calls the body with the bytes of a field; nil when the row is too short.
        public func field<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
            guard index < ends.count else { return nil }
            let start = index == 0 ? 0 : ends[index - 1]
            return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<ends[index]])) }
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
        for byte in piece {
            if previousWasCarriageReturn {
                previousWasCarriageReturn = false
                if byte == Byte.newline { continue }
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
        if !isBlank { try body(Row(number: number, bytes: bytes, ends: ends, fault: fault)) }
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
}
