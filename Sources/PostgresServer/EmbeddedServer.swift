import Foundation
public import Logging

/// A PostgreSQL server of this program's own: the system's binaries, a directory of its own, a Unix socket, no root.
///
/// The server is started through `pg_ctl` in a session of its own, so it outlives a program that is killed; the next
/// start finds it by its `postmaster.pid` and adopts it. One way of watching serves both cases: ``run()`` looks at the
/// process twice a second, collects its exit when it has become our child, and starts it again when it is gone.
public actor EmbeddedServer {
    private let settings: ServerSettings
    private let logger: Logger
    private let files: ServerFiles
    private var lock: DirectoryLock?
    private var program: ServerProgram?
    private var address: ServerAddress?
    private var isStopping = false

    /// - Parameter settings: the directory is made absolute.
    public init(_ settings: ServerSettings, logger: Logger = Logger(label: "postgres-server")) {
        var absolute = settings
        absolute.directory = URL(fileURLWithPath: settings.directory).standardizedFileURL.path
        self.settings = absolute
        self.logger = logger
        self.files = ServerFiles(directory: absolute.directory)
    }

    /// Initialises the data when there is none, starts the server or adopts the one that runs, and waits until it
    /// answers.
    ///
    /// - Throws: ``ServerFault``; `CancellationError` when cancelled, in which case nothing stays behind.
    public func start() async throws -> ServerAddress {
        if let address, ServerProcess(files: files)?.isAlive(files) == true { return address }
        isStopping = false
        let account = try SystemAccount.forServer(settings.systemUser)
        let version = files.clusterVersion
        let binaries = try ServerBinaries.find(
            given: settings.binaries,
            version: version,
            searchPath: settings.searchPath
        )
        let program = ServerProgram(binaries: binaries, account: account)
        let made = try ServerFiles.makeDirectories(settings.directory)
        do {
            try account.checkReach(settings.directory)
            lock = try await takeLock()
            await ServerInitialisation.removeLeftovers(files)
            if files.clusterVersion == nil {
                logger.notice("making a database", metadata: ["directory": "\(settings.directory)"])
                try await ServerInitialisation(settings: settings, files: files, program: program).makeCluster()
            }
            self.program = program
            let address = try await bringUp(program)
            self.address = address
            if settings.isShared { lock = nil }
            return address
        } catch {
            await cleanUp(made: made)
            throw error
        }
    }

    /// Watches the server until the task is cancelled, and starts it again whenever it is gone.
    ///
    /// Does not stop it: that is ``stop()``, after everything that uses it.
    public func run() async {
        var failures = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(500))
            guard let program, !isStopping, !Task.isCancelled else { continue }
            if ServerProcess(files: files)?.isAlive(files) == true {
                failures = 0
                continue
            }
            logger.error("the database server is gone and is started again")
            do {
                _ = try await bringUp(program)
                logger.notice("the database server answers again")
            } catch {
                failures += 1
                logger.error("the database server could not be started", metadata: ["reason": "\(error)"])
                try? await Task.sleep(for: .seconds(min(failures, 5)))
            }
        }
    }

    /// Stops the server: SIGINT, which ends the sessions, then SIGQUIT after 20 seconds.
    ///
    /// Works in a cancelled task.
    /// - Throws: ``ServerFault/stopFailed(process:)`` when it lives on for all that.
    public func stop() async throws {
        isStopping = true
        defer { lock = nil }
        address = nil
        guard let process = ServerProcess(files: files), process.isAlive(files) else { return }
        for (signal, tenths) in [(SIGINT, 200), (SIGQUIT, 100)] {
            // 0 sent, -1 gone already
            kill(process.identifier, signal)
            for _ in 0..<tenths {
                await Pause.milliseconds(100)
                if !process.isAlive(files) { return }
            }
        }
        throw ServerFault.stopFailed(process: Int(process.identifier))
    }

    private func takeLock() async throws -> DirectoryLock {
        for _ in 0..<(settings.isShared ? 600 : 1) {
            if let taken = try DirectoryLock.take(files.lock) { return taken }
            if settings.isShared { try await Task.sleep(for: .milliseconds(100)) }
        }
        throw ServerFault.inUse(directory: settings.directory)
    }

    /// A start that failed leaves no server running that nobody watches, and no empty directories.
    private func cleanUp(made: [String]) async {
        if Task.isCancelled, !settings.isShared { try? await stop() }
        lock = nil
        guard files.clusterVersion == nil, !made.isEmpty else { return }
        ServerFiles.remove(files.lock)
        // 0 done, -1 not empty, and then it stays
        for directory in made.reversed() { rmdir(directory) }
    }

    private func bringUp(_ program: ServerProgram) async throws -> ServerAddress {
        if let process = try await settledProcess() {
            logger.notice("a running database server was found", metadata: ["process": "\(process.identifier)"])
            return try readAddress(process)
        }
        try await clearStaleFiles()
        let socketDirectory = try ServerFiles.socketDirectory(for: settings)
        try ServerFiles.prepareSocketDirectory(socketDirectory, owner: program.account)
        removeStaleSocket(socketDirectory)
        try ServerFiles.write(
            ServerConfiguration.text(settings, socketDirectory: socketDirectory),
            to: "\(files.cluster)/postgresql.conf",
            owner: program.account
        )
        try ServerFiles.write(
            ServerConfiguration.clientAuthentication,
            to: "\(files.cluster)/pg_hba.conf",
            owner: program.account
        )
        ServerFiles.remove(files.startLog)
        let said = try await program.run(
            "pg_ctl",
            ["start", "-D", files.cluster, "-w", "-t", "120", "-s", "-l", files.startLog]
        )
        try Task.checkCancellation()
        if let said { throw ServerFault.startFailed(lastWords() ?? said) }
        guard let process = ServerProcess(files: files), process.isAlive(files) else {
            throw ServerFault.startFailed(lastWords() ?? "it went away at once")
        }
        return try readAddress(process)
    }

    /// The server that runs, once it is ready; nil when none does or the one that did has stopped.
    private func settledProcess() async throws -> ServerProcess? {
        for _ in 0..<1_200 {
            guard let process = ServerProcess(files: files), process.isAlive(files) else { return nil }
            if process.state == "ready" || process.state == "standby" { return process }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw ServerFault.startFailed("a running server did not become ready")
    }

    /// After a server's violent death: waits for its children, which hold its memory, then removes its lock.
    private func clearStaleFiles() async throws {
        for round in 0..<100 {
            let left = ServerProcess.working(in: files.cluster)
            guard !left.isEmpty else { break }
            // They notice by themselves, unless one is deep in a computation.
            if round >= 30 { for process in left { kill(process, SIGKILL) } }
            await Pause.milliseconds(100)
        }
        ServerFiles.remove(files.processFile)
    }

    private func removeStaleSocket(_ directory: String) {
        ServerFiles.remove("\(directory)/.s.PGSQL.\(settings.port)")
        ServerFiles.remove("\(directory)/.s.PGSQL.\(settings.port).lock")
    }

    private func readAddress(_ process: ServerProcess) throws(ServerFault) -> ServerAddress {
        guard let password = try? String(contentsOfFile: files.password, encoding: .utf8) else {
            throw .passwordMissing(path: files.password)
        }
        return ServerAddress(
            socketDirectory: process.socketDirectory,
            port: process.port,
            superuser: settings.superuser,
            password: password.trimmingCharacters(in: .whitespacesAndNewlines)
        )
    }

    /// The end of what the server wrote before its own log began.
    private func lastWords() -> String? {
        guard let text = try? String(contentsOfFile: files.startLog, encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n").filter { $0.contains("FATAL") || $0.contains("could not") }
        return lines.isEmpty ? nil : lines.suffix(3).joined(separator: " ")
    }
}
