import Foundation

/// Makes the cluster, once: in a side folder, renamed when it is whole.
struct ServerInitialisation: Sendable {
    let settings: ServerSettings
    let files: ServerFiles
    let program: ServerProgram

    /// Removes what an initialisation that was cut off has left, after ending what still works in it.
    static func removeLeftovers(_ files: ServerFiles) async {
        for path in files.leftovers() { await remove(path) }
    }

    /// Leaves nothing behind when it fails or is cancelled.
    func makeCluster() async throws {
        let tag = Self.randomHexadecimal(bytes: 8)
        let side = files.sideCluster(tag)
        let passwordFile = files.initialPassword(tag)
        do {
            let password = Self.randomHexadecimal(bytes: 32)
            try ServerFiles.makeDirectory(side, mode: 0o700)
            try program.account.own(side)
            try ServerFiles.write(password + "\n", to: passwordFile, owner: program.account)
            var arguments = [
                "-D", side, "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--auth=scram-sha-256",
                "--username=\(settings.superuser)", "--pwfile=\(passwordFile)", "--no-instructions",
            ]
            if !settings.isDurable { arguments.append("--no-sync") }
            if let said = try await program.run("initdb", arguments) {
                throw ServerFault.initialisationFailed(said)
            }
            try Task.checkCancellation()
            ServerFiles.remove(passwordFile)
            try ServerFiles.write(password, to: files.password, owner: nil)
            // 0 done, -1 failed
            guard rename(side, files.cluster) == 0 else { throw ServerFault.lastError(files.cluster) }
        } catch {
            await Self.remove(side)
            await Self.remove(passwordFile)
            throw error
        }
    }

    private static func remove(_ path: String) async {
        for round in 0..<20 {
            let working = ServerProcess.working(in: path)
            if working.isEmpty { break }
            for process in working { kill(process, round < 10 ? SIGTERM : SIGKILL) }
            await Pause.milliseconds(100)
        }
        ServerFiles.remove(path)
    }

    private static func randomHexadecimal(bytes: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<bytes).map { _ in
            let text = String(UInt8.random(in: .min ... .max, using: &generator), radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
