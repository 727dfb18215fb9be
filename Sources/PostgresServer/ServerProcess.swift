import Foundation
import Glibc

/// What the file `postmaster.pid` and the system tell about a server's process.
///
/// A process counts as the server only when it is alive, no zombie, and works in the cluster's directory; a number
/// that has gone to another process since does not deceive.
struct ServerProcess: Sendable, Hashable {
    let identifier: pid_t
    let port: Int
    let socketDirectory: String

    /// `starting`, `stopping`, `ready` or `standby`.
    let state: String

    /// Reads the file; nil when there is none or it is incomplete (`pidfile.h` names its lines).
    init?(files: ServerFiles) {
        guard let text = try? String(contentsOfFile: files.processFile, encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let identifier = lines.first.flatMap({ pid_t($0) }), identifier > 0 else { return nil }
        self.identifier = identifier
        port = lines.count > 3 ? Int(lines[3]) ?? 0 : 0
        socketDirectory = lines.count > 4 ? lines[4] : ""
        state = lines.count > 7 ? lines[7].trimmingCharacters(in: .whitespaces) : "starting"
    }

    /// True while the process runs and is the server of this cluster.
    func isAlive(_ files: ServerFiles) -> Bool {
        // A server whose starter is gone may have become our child; its exit is collected, or it stays a zombie.
        // The child's number, 0 still running, -1 no child of ours
        _ = waitpid(identifier, nil, WNOHANG)
        return Self.works(identifier, in: files.cluster)
    }

    /// Processes (the server, its children, an initialisation) that work in a directory.
    static func working(in directory: String) -> [pid_t] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [])
            .compactMap { pid_t($0) }
            .filter { works($0, in: directory) }
    }

    private static func works(_ process: pid_t, in directory: String) -> Bool {
        guard let place = link("/proc/\(process)/cwd"), place == resolved(directory) else { return false }
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        // "pid (name) state …"; the name may hold anything, so look behind the last parenthesis.
        let state = text.split(separator: ")").last?.split(separator: " ").first
        return state != "Z" && state != "X"
    }

    private static func resolved(_ directory: String) -> String {
        // NULL when the path does not exist; the text has to be freed
        guard let text = realpath(directory, nil) else { return directory }
        defer { free(text) }
        return String(cString: text)
    }

    private static func link(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }
}
