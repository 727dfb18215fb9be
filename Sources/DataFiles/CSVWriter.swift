import Foundation

/// Writes comma-separated values (RFC 4180, line feeds) to a file that appears only when it is complete.
public final class CSVWriter {
    private var buffer: [UInt8] = []
    private let handle: FileHandle
    private let path: String
    private let partial: String?
    private var isFirst = true
    private static let flushAt = 1 << 18

    /// - Parameter path: The file; `-` is standard output.
    /// - Throws: ``DataFileError/unwritable(_:reason:)``.
    public init(path: String) throws(DataFileError) {
        self.path = path
        buffer.reserveCapacity(Self.flushAt + 4_096)
        if path == "-" {
            handle = .standardOutput
            partial = nil
            return
        }
        let partial = path + ".partial"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw .unwritable(path, reason: String(cString: strerror(errno))) }
        self.handle = handle
        self.partial = partial
    }

    deinit {
        // Only an unfinished file is still there.
        if let partial { try? FileManager.default.removeItem(atPath: partial) }
    }

    /// Writes one field, quoted where it must be.
    public func field(_ bytes: some Collection<UInt8>) {
        beginField()
        guard Self.mustQuote(bytes) else {
            buffer.append(contentsOf: bytes)
            return
        }
        buffer.append(Byte.quote)
        for byte in bytes {
            if byte == Byte.quote { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(Byte.quote)
    }

    /// Writes one field of raw bytes, quoted where it must be: the short way for what a file has in every row.
    public func field(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes
        where byte == Byte.comma || byte == Byte.quote || byte == Byte.newline || byte == Byte.carriageReturn {
            return field(Array(bytes))
        }
        plainField(bytes)
    }

    /// Writes one field of text.
    public func field(_ text: String) { field(text.utf8) }

    /// Writes one field of bytes that are known to need no quotes.
    public func plainField(_ bytes: [UInt8]) {
        beginField()
        buffer.append(contentsOf: bytes)
    }

    /// Writes one field of bytes that are known to need no quotes.
    public func plainField(_ bytes: UnsafeRawBufferPointer) {
        beginField()
        buffer.append(contentsOf: bytes)
    }

    /// Whether bytes must stand in quotes to be one field.
    public static func mustQuote(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.contains { $0 == Byte.comma || $0 == Byte.quote || $0 == Byte.newline || $0 == Byte.carriageReturn }
    }

    private func beginField() {
        if !isFirst { buffer.append(Byte.comma) }
        isFirst = false
    }

    /// Ends the row.
    ///
    /// - Throws: ``DataFileError/unwritable(_:reason:)`` when the disk is full, say.
    public func endRow() throws(DataFileError) {
        buffer.append(Byte.newline)
        isFirst = true
        if buffer.count >= Self.flushAt { try flush() }
    }

    /// Writes the rest and gives the file its name.
    public func finish() throws(DataFileError) {
        try flush()
        guard let partial else { return }
        do {
            try handle.synchronize()
            try handle.close()
        } catch { throw .unwritable(path, reason: "\(error)") }
        // 0 on success, -1 and errno on failure.
        guard rename(partial, path) == 0 else { throw .unwritable(path, reason: String(cString: strerror(errno))) }
    }

    private func flush() throws(DataFileError) {
        do { try handle.write(contentsOf: buffer) } catch { throw .unwritable(path, reason: "\(error)") }
        buffer.removeAll(keepingCapacity: true)
    }
}
