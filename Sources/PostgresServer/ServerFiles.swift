import Foundation
import Glibc

/// Places inside the server's directory, and how they are made.
struct ServerFiles: Sendable, Hashable {
    /// Longest path of a Unix socket on Linux, without the closing zero (`sun_path` in `<sys/un.h>`).
    static let longestSocketPath = 107

    let directory: String

    var cluster: String { "\(directory)/cluster" }
    var password: String { "\(directory)/superuser-password" }
    var lock: String { "\(directory)/lock" }
    var startLog: String { "\(cluster)/start.log" }
    var processFile: String { "\(cluster)/postmaster.pid" }

    /// What an initialisation that was cut off leaves behind begins so.
    private static let sidePrefixes = ["cluster.new-", "initdb-password-"]

    func sideCluster(_ tag: String) -> String { "\(directory)/\(Self.sidePrefixes[0])\(tag)" }
    func initialPassword(_ tag: String) -> String { "\(directory)/\(Self.sidePrefixes[1])\(tag)" }

    /// Major version of PostgreSQL that made the cluster; nil when there is none yet.
    var clusterVersion: String? {
        (try? String(contentsOfFile: "\(cluster)/PG_VERSION", encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Leftovers of initialisations that were cut off.
    func leftovers() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
            .filter { name in Self.sidePrefixes.contains { name.hasPrefix($0) } }
            .map { "\(directory)/\($0)" }
    }

    static func makeDirectory(_ path: String, mode: mode_t) throws(ServerFault) {
        // 0 done, -1 failed
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw .lastError(path) }
    }

    /// Makes a directory and what is missing above it; tells which were made, outermost first.
    static func makeDirectories(_ path: String) throws(ServerFault) -> [String] {
        var made: [String] = []
        var sofar = ""
        for part in path.split(separator: "/") {
            sofar += "/\(part)"
            // 0 done, -1 failed
            if mkdir(sofar, 0o755) == 0 {
                made.append(sofar)
            } else if errno != EEXIST {
                throw .lastError(sofar)
            }
        }
        return made
    }

    static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file only its owner may read, in one step.
    static func write(_ text: String, to path: String, owner: SystemAccount?) throws(ServerFault) {
        let draft = "\(path).draft"
        remove(draft)
        // descriptor, -1 failed
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .lastError(draft) }
        let bytes = Array(text.utf8)
        // bytes written, -1 failed; a short write on a disk is a full disk
        let written = Glibc.write(file, bytes, bytes.count)
        let isSafe = written == bytes.count && fsync(file) == 0
        Glibc.close(file)
        guard isSafe else { throw .lastError(path) }
        try owner?.own(draft)
        // 0 done, -1 failed
        guard rename(draft, path) == 0 else { throw .lastError(path) }
    }

    /// The directory for the socket: the one wished for, or a short one when its path would be too long.
    static func socketDirectory(for settings: ServerSettings) throws(ServerFault) -> String {
        func fits(_ directory: String) -> Bool {
            "\(directory)/.s.PGSQL.\(settings.port)".utf8.count <= longestSocketPath
        }
        if let wished = settings.socketDirectory {
            guard fits(wished) else { throw .socketPathTooLong(directory: wished) }
            return wished
        }
        let own = "\(settings.directory)/socket"
        guard !fits(own) else { return own }
        // FNV-1a of the path: the same short directory at every start.
        let hash = settings.directory.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
        return "/tmp/hub311-\(String(hash, radix: 16))"
    }

    /// Makes the socket's directory and makes sure nobody else can put a socket there.
    static func prepareSocketDirectory(_ path: String, owner: SystemAccount) throws(ServerFault) {
        try makeDirectory(path, mode: 0o700)
        var entry = stat()
        // 0 done, -1 failed; lstat, so that a link is not followed
        guard lstat(path, &entry) == 0 else { throw .lastError(path) }
        guard entry.st_mode & S_IFMT == S_IFDIR, entry.st_uid == owner.user || entry.st_uid == geteuid(),
            entry.st_mode & (S_IWGRP | S_IWOTH) == 0
        else { throw .socketDirectoryNotOurs(path) }
        try owner.own(path)
        // 0 done, -1 failed
        guard chmod(path, 0o700) == 0 else { throw .lastError(path) }
    }
}
