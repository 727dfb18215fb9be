import CZlib
import Foundation

/// A file read in pieces, plain or gzip: zlib tells by the first bytes which it is.
public final class CompressedFile {
    private let handle: gzFile
    private let buffer: UnsafeMutableRawBufferPointer

    /// Size on disk in bytes, for progress.
    public let sizeOnDisk: Int

    /// Opens a regular file.
    ///
    /// - Throws: ``DataFileError`` when there is no readable regular file.
    public init(path: String, pieceSize: Int = 1 << 20) throws(DataFileError) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw .noSuchFile(path)
        }
        guard !isDirectory.boolValue else { throw .isDirectory(path) }
        // NULL when the file can't be opened or memory is short.
        guard let handle = gzopen(path, "rb") else { throw .unreadable(path) }
        self.handle = handle
        // 0 success, -1 failure, which only means a smaller buffer.
        _ = gzbuffer(handle, 1 << 18)
        buffer = .allocate(byteCount: pieceSize, alignment: 16)
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        sizeOnDisk = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    deinit {
        buffer.deallocate()
        // Z_OK or an error that no longer matters: the file was only read.
        gzclose(handle)
    }

    /// Bytes of the file on disk consumed so far.
    public var positionOnDisk: Int { max(Int(gzoffset(handle)), 0) }

    /// The next piece, valid until the next call; empty at the end.
    ///
    /// - Throws: ``DataFileError/damaged(_:)`` when the compressed data are broken or cut short.
    public func next() throws(DataFileError) -> UnsafeRawBufferPointer {
        // Bytes read, 0 at the end, -1 on error.
        let count = gzread(handle, buffer.baseAddress, UInt32(buffer.count))
        guard count >= 0 else { throw .damaged(reason) }
        var code: Int32 = 0
        // A gzip file cut short reads as its end; only the error code tells.
        _ = gzerror(handle, &code)
        guard count > 0 || code == Z_OK || code == Z_STREAM_END else { throw .damaged(reason) }
        return UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)])
    }

    private var reason: String {
        var code: Int32 = 0
        // A static or handle-owned text; never NULL for an open handle.
        guard let text = gzerror(handle, &code) else { return "zlib error \(code)" }
        return String(cString: text)
    }
}
