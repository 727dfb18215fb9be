import Subprocess
import SystemPackage

/// Runs `initdb` and `pg_ctl` as the server's user.
struct ServerProgram: Sendable {
    let binaries: ServerBinaries
    let account: SystemAccount

    /// - Returns: nil when the program succeeded, else the end of what it said.
    func run(_ name: String, _ arguments: [String]) async throws -> String? {
        let command = account.command("\(binaries.directory)/\(name)", arguments)
        let result = try await Subprocess.run(
            .path(FilePath(command.program)),
            arguments: Arguments(command.arguments),
            environment: .custom(["PATH": "/usr/bin:/bin:\(binaries.directory)", "LC_ALL": "C", "TZ": "UTC"]),
            workingDirectory: "/",
            platformOptions: account.platformOptions,
            output: .discarded,
            error: .string(limit: 64 * 1024)
        )
        guard !result.terminationStatus.isSuccess else { return nil }
        let said = result.standardError.split(separator: "\n").suffix(4).joined(separator: " ")
        return said.isEmpty ? "\(name): \(result.terminationStatus)" : said
    }
}
