public import Domain
import Foundation

/// The file of a compiled index: what stands in memory, word for word, so that the next start maps it and builds nothing.
///
/// A file says of which stored generation it is, in which version of the form, and carries a checksum of every byte. It is written beside its place
/// and renamed, so a half-written one never has the name. Whatever doesn't fit is refused with a reason and built anew.
public struct IndexFile: Sendable {
    /// Why a file can't serve.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// There is none yet.
        case missing
        /// Too short, too long, not an index, or one of another version.
        case foreign
        /// An index of another generation, or of the same number in another database.
        case otherGeneration
        /// Bytes have changed since it was written.
        case damaged
        /// The system's reason.
        case unusable(String)

        /// One sentence part.
        public var description: String {
            switch self {
            case .missing: "there is none"
            case .foreign: "it is cut short, no index, or of another version"
            case .otherGeneration: "it is of another generation"
            case .damaged: "its checksum does not fit"
            case .unusable(let reason): reason
            }
        }
    }

    /// Where it is or will be.
    public let path: String

    /// A file by its path.
    public init(path: String) { self.path = path }

    /// Maps the file.
    ///
    /// - Parameters:
    ///   - generation: The generation it must be of.
    ///   - fingerprint: What tells that stored generation from every other, at most 64 bytes.
    ///   - roads: The generation's roads, which are not in the file.
    /// - Throws: ``Fault``; nothing of the file is used then.
    public func load(
        generation: GenerationID,
        fingerprint: String,
        roads: [RoadSegment],
        distances: BoundaryIndex.Distances = BoundaryIndex.Distances()
    ) throws(Fault) -> BoundaryIndex {
        let memory = try map()
        guard memory.header.generation == generation.rawValue, memory.header.fingerprint == fingerprint else {
            throw .otherGeneration
        }
        guard let index = BoundaryIndex(memory, generation: generation, roads: roads, distances: distances) else {
            throw .foreign
        }
        return index
    }

    private func map() throws(Fault) -> IndexMemory {
        // -1 and errno when it can't be opened.
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw errno == ENOENT ? .missing : .unusable(String(cString: strerror(errno))) }
        defer { close(file) }
        var status = stat()
        // 0 on success, -1 and errno.
        guard fstat(file, &status) == 0 else { throw .unusable(String(cString: strerror(errno))) }
        guard status.st_size >= IndexHeader.byteCount else { throw .foreign }
        let count = Int(status.st_size)
        // MAP_FAILED and errno. The file is only ever replaced, never written to, so what is mapped doesn't change.
        guard let block = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), block != MAP_FAILED else {
            throw .unusable(String(cString: strerror(errno)))
        }
        let bytes = UnsafeRawBufferPointer(start: block, count: count)
        guard let memory = IndexMemory(mapped: bytes) else {
            munmap(block, count)
            throw .foreign
        }
        guard IndexHeader.checksum(of: bytes) == memory.header.checksum else { throw .damaged }
        return memory
    }

    /// Writes an index; the file has its name only when it is whole and on the disk.
    ///
    /// - Throws: ``Fault/unusable(_:)`` when the disk is full, say.
    public func save(_ index: BoundaryIndex, fingerprint: String) throws(Fault) {
        let memory = index.memory
        var header = memory.header
        header.generation = index.generation?.rawValue ?? -1
        header.fingerprint = String(decoding: fingerprint.utf8.prefix(64), as: UTF8.self)
        // A copy, since the block is in use: its first words say which generation and carry the checksum.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.block.count, alignment: 64)
        defer { copy.deallocate() }
        copy.copyMemory(from: memory.block)
        header.write(to: copy)
        header.checksum = IndexHeader.checksum(of: UnsafeRawBufferPointer(copy))
        header.write(to: copy)
        let partial = "\(path).\(getpid()).partial"
        do throws(Fault) {
            try Self.write(UnsafeRawBufferPointer(copy), to: partial)
            // 0 on success, -1 and errno.
            guard rename(partial, path) == 0 else { throw .unusable(String(cString: strerror(errno))) }
        } catch {
            unlink(partial)
            throw error
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(Fault) {
        // -1 and errno when it can't be made; for this user alone, like everything below the data directory.
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unusable(String(cString: strerror(errno))) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            // Bytes written, possibly fewer than asked, or -1 and errno.
            let count = Foundation.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .unusable(String(cString: strerror(errno))) }
            rest = rest.dropFirst(count)
        }
        // 0 on success, -1 and errno: the disk may be full only now.
        guard fsync(file) == 0 else { throw .unusable(String(cString: strerror(errno))) }
    }
}
