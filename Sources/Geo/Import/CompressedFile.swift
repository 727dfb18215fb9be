import CZlib
import Foundation

/// A file read in pieces, plain or gzip: zlib tells by the first bytes which it is.
final class CompressedFile {
    private let handle: gzFile
    private let buffer: UnsafeMutableRawBufferPointer

    /// Size on disk in bytes, for progress.
    let sizeOnDisk: Int

    /// Opens a regular file.
    ///
    /// - Throws: ``GeoFileError`` when there is no readable regular file.
    init(path: String, pieceSize: Int = 1 << 20) throws(GeoFileError) {
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
    var positionOnDisk: Int { max(Int(gzoffset(handle)), 0) }

    /// The next piece, valid until the next call; empty at the end.
    ///
    /// - Throws: ``GeoFileError/damaged(_:)`` when the compressed data are broken or cut short.
    func next() throws(GeoFileError) -> UnsafeRawBufferPointer {
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

/// Why a file of boundaries, roads or points can't be read or written at all.
public enum GeoFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nothing there.
    case noSuchFile(String)
    /// A directory where a file is wanted.
    case isDirectory(String)
    /// There, but it can't be opened.
    case unreadable(String)
    /// The compressed data are broken or cut short; the reason is zlib's.
    case damaged(String)
    /// It can't be written; the reason is the system's.
    case unwritable(String, reason: String)
    /// Conversion failed; what `ogr2ogr` said.
    case conversion(String)
    /// A column is missing from a CSV header.
    case missingColumn(String, found: [String])

    /// One sentence with the remedy where there is one.
    public var description: String {
        switch self {
        case .noSuchFile(let path): "there is no file \(path)"
        case .isDirectory(let path): "\(path) is a directory; expected a file"
        case .unreadable(let path): "\(path) can't be opened for reading"
        case .damaged(let reason): "the file is damaged or cut short (\(reason))"
        case .unwritable(let path, let reason): "\(path) can't be written (\(reason))"
        case .conversion(let reason): reason
        case .missingColumn(let name, let found):
            "the header has no column \(name); it has \(found.prefix(20).joined(separator: ", "))"
        }
    }
}
