import Foundation

/// Programs of one installed version of PostgreSQL.
struct ServerBinaries: Sendable, Hashable {
    /// Where Debian keeps its versions: `/usr/lib/postgresql/<version>/bin`.
    static let debianDirectory = "/usr/lib/postgresql"
    static let oldestVersion = 15

    let directory: String

    /// Finds the newest version installed, or exactly the one a cluster was made by.
    ///
    /// - Parameters:
    ///   - given: the only directory to look in, when the deployment names one.
    ///   - version: major version of the cluster that is there already.
    ///   - searchPath: directories to look in when Debian's place has none.
    static func find(
        given: String?,
        version: String?,
        searchPath: [String],
        debianDirectory: String = Self.debianDirectory
    ) throws(ServerFault) -> ServerBinaries {
        if let given {
            guard isComplete(given) else { throw .binariesMissing(searched: [given]) }
            return ServerBinaries(directory: given)
        }
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debianDirectory)) ?? [])
            .compactMap { name in Int(name).map { (name: name, number: $0) } }
            .filter { $0.number >= oldestVersion && (version == nil || version == $0.name) }
            .sorted { $0.number > $1.number }
        let candidates = versions.map { "\(debianDirectory)/\($0.name)/bin" } + (version == nil ? searchPath : [])
        if let found = candidates.first(where: isComplete) { return ServerBinaries(directory: found) }
        if let version {
            // A version outside Debian's place is on the PATH, if anywhere; pg_ctl checks it against the data.
            if let found = searchPath.first(where: isComplete) { return ServerBinaries(directory: found) }
            throw .versionMissing(version)
        }
        throw .binariesMissing(searched: ["\(debianDirectory)/*/bin"] + searchPath)
    }

    private static func isComplete(_ directory: String) -> Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: "\(directory)/\($0)")
        }
    }
}
