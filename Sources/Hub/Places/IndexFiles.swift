import Domain
public import Foundation
public import Geo
public import Logging

/// The compiled indexes of generations in a directory, so that a second start maps a file and builds nothing.
///
/// A file that is missing, damaged, of another version or of another database is built anew, and the log says why; that is never a reason not to
/// start. A few generations' files are kept, for activating an earlier one again is common; older ones are removed.
public struct IndexFiles: Sendable {
    /// Files that are kept, the newest first.
    private static let kept = 4

    private let directory: URL
    private let log: Logger

    /// Files below a directory, which is made when the first is written.
    public init(directory: URL, log: Logger) {
        self.directory = directory
        self.log = log
    }

    /// The file of a generation.
    func file(of generation: GenerationID) -> IndexFile {
        IndexFile(path: directory.appendingPathComponent("generation-\(generation.rawValue).index").path)
    }

    /// The index of a generation as it was compiled before; nil when it must be built.
    func load(_ generation: GenerationID, fingerprint: String, roads: [RoadSegment]) -> BoundaryIndex? {
        do throws(IndexFile.Fault) {
            let index = try file(of: generation).load(generation: generation, fingerprint: fingerprint, roads: roads)
            log.debug("boundary index mapped", metadata: ["generation": "\(generation)"])
            return index
        } catch {
            let level: Logger.Level = error == .missing ? .info : .notice
            log.log(
                level: level,
                "boundary index is built, its file can't serve",
                metadata: ["generation": "\(generation)", "reason": "\(error)"]
            )
            return nil
        }
    }

    /// Keeps an index for the next start; what goes wrong is logged, for the index in memory serves as well.
    func save(_ index: BoundaryIndex, fingerprint: String) {
        guard let generation = index.generation else { return }
        do {
            try FileManager.default.createDirectory(
                at: directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try file(of: generation).save(index, fingerprint: fingerprint)
            try removeOld()
        } catch {
            log.warning(
                "boundary index can't be kept in a file",
                metadata: ["generation": "\(generation)", "reason": "\(error)"]
            )
        }
    }

    /// Removes all but the newest files, and what a process that was killed left half-written.
    private func removeOld() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: directory,
            includingPropertiesForKeys: [.contentModificationDateKey]
        )
        let dated = files.map { file in
            (
                file,
                (try? file.resourceValues(forKeys: [.contentModificationDateKey]))?.contentModificationDate
                    ?? .distantPast
            )
        }
        let indexes = dated.filter { $0.0.pathExtension == "index" }.sorted { $0.1 > $1.1 }
        let partial = dated.filter { $0.0.pathExtension == "partial" && $0.1.timeIntervalSinceNow < -3_600 }
        for (file, _) in indexes.dropFirst(Self.kept) + partial { try? FileManager.default.removeItem(at: file) }
    }
}
