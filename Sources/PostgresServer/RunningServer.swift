import Foundation

extension EmbeddedServer {
    /// The server that runs over a directory, whoever watches it; nil when none does.
    ///
    /// For commands that work beside a running service: they use its server and neither start nor stop anything.
    public static func running(_ settings: ServerSettings) -> ServerAddress? {
        let directory = URL(fileURLWithPath: settings.directory).standardizedFileURL.path
        let files = ServerFiles(directory: directory)
        guard let process = ServerProcess(files: files), process.isAlive(files),
            process.state == "ready" || process.state == "standby",
            let password = try? String(contentsOfFile: files.password, encoding: .utf8)
        else { return nil }
        return ServerAddress(
            socketDirectory: process.socketDirectory,
            port: process.port,
            superuser: settings.superuser,
            password: password.trimmingCharacters(in: .whitespacesAndNewlines)
        )
    }
}
