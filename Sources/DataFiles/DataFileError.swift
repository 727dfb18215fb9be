/// Why a file of boundaries, roads, addresses, exchanges or points can't be read or written at all.
public enum DataFileError: Error, Sendable, Hashable, CustomStringConvertible {
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
