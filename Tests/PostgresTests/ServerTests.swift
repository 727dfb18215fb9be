import Foundation
import Glibc
import Logging
import Postgres
import Testing

@testable import PostgresServer

/// A server in a fresh directory, stopped and removed at the end.
func withServer(
    _ change: (inout ServerSettings) -> Void = { _ in },
    _ body: (EmbeddedServer, ServerSettings) async throws -> Void
) async throws {
    let directory = "/tmp/hub-test-\(UInt64.random(in: 0 ... .max))"
    var settings = ServerSettings(directory: directory, maximumConnections: 20, sharedBuffers: 16, isDurable: false)
    change(&settings)
    let server = EmbeddedServer(settings, logger: quiet)
    do {
        try await body(server, settings)
    } catch {
        try? await server.stop()
        try? FileManager.default.removeItem(atPath: directory)
        throw error
    }
    try await server.stop()
    try FileManager.default.removeItem(atPath: directory)
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

private func answer(_ address: ServerAddress) async throws -> Int {
    let connection = try await PostgresConnection.connect(
        ConnectionSettings(
            host: address.socketDirectory,
            port: address.port,
            database: "postgres",
            user: address.superuser,
            password: address.password,
            tls: .disable
        )
    )
    let number = try await connection.first("SELECT 6 * 7 AS number")
    await connection.close()
    return try #require(number).decode("number")
}

private func process(_ settings: ServerSettings) throws -> pid_t {
    try #require(ServerProcess(files: ServerFiles(directory: settings.directory))).identifier
}

@Suite("The embedded server", .serialized, .timeLimit(.minutes(3)))
struct ServerTests {
    @Test("is made once, answers, stops, and starts again with its data")
    func startsTwice() async throws {
        try await withServer { server, settings in
            let first = try await server.start()
            #expect(try await answer(first) == 42)
            try await server.stop()
            #expect(ServerProcess(files: ServerFiles(directory: settings.directory)) == nil)
            await #expect(throws: PostgresError.self) { _ = try await answer(first) }
            let second = try await server.start()
            #expect(second == first, "the password is the same, so the data is")
            #expect(try await answer(second) == 42)
        }
    }

    @Test("asks for the password and listens on no network")
    func isClosed() async throws {
        try await withServer { server, _ in
            let address = try await server.start()
            let wrong = ConnectionSettings(
                host: address.socketDirectory,
                database: "postgres",
                user: address.superuser,
                password: "guess",
                tls: .disable
            )
            await #expect(throws: PostgresError.self) { _ = try await PostgresConnection.connect(wrong) }
            let network = ConnectionSettings(host: "127.0.0.1", port: 5432, database: "postgres", user: "postgres")
            await #expect(throws: PostgresError.self) { _ = try await PostgresConnection.connect(network) }
        }
    }

    @Test("never runs as root")
    func isUnprivileged() async throws {
        try await withServer { server, settings in
            _ = try await server.start()
            var entry = stat()
            let path = "/proc/\(try process(settings))"
            #expect(stat(path, &entry) == 0)
            #expect(entry.st_uid != 0)
            let status = try String(contentsOfFile: "\(path)/status", encoding: .utf8)
            let groups = status.split(separator: "\n").first { $0.hasPrefix("Groups:") }
            if geteuid() == 0 {
                #expect(groups?.split(separator: "\t").dropFirst().joined().trimmingCharacters(in: .whitespaces) == "")
            }
        }
    }

    @Test("is adopted by the next program after the first one was killed")
    func isAdopted() async throws {
        try await withServer { server, settings in
            var shared = settings
            // A killed program gives up its lock; here the first one lives on, so the lock is given up by sharing.
            shared.isShared = true
            let first = EmbeddedServer(shared, logger: quiet)
            let address = try await first.start()
            let before = try process(settings)
            #expect(try await server.start() == address)
            #expect(try process(settings) == before)
            #expect(try await answer(address) == 42)
        }
    }

    @Test("is refused to a second program over the same directory")
    func isExclusive() async throws {
        try await withServer { server, settings in
            let address = try await server.start()
            let second = EmbeddedServer(settings, logger: quiet)
            await #expect(throws: ServerFault.inUse(directory: settings.directory)) { _ = try await second.start() }
            #expect(try await answer(address) == 42)
        }
    }

    @Test("is back within ten seconds after its process was killed", arguments: [1, 2])
    func comesBack(times: Int) async throws {
        try await withServer { server, settings in
            let address = try await server.start()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await server.run() }
                for _ in 0..<times {
                    let killed = try process(settings)
                    kill(killed, SIGKILL)
                    let begin = ContinuousClock.now
                    while try (try? await answer(address)) != 42 || process(settings) == killed {
                        try #require(begin.duration(to: .now) < .seconds(10))
                        try await Task.sleep(for: .milliseconds(50))
                    }
                }
                group.cancelAll()
            }
        }
    }

    @Test("starts over a postmaster.pid that a crash has left, even when its number belongs to somebody else now")
    func staleProcessFile() async throws {
        try await withServer { server, settings in
            let address = try await server.start()
            let file = "\(settings.directory)/cluster/postmaster.pid"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try await server.stop()
            let other = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            try (["\(getpid())"] + other).joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try await server.start() == address)
            #expect(try await answer(address) == 42)
        }
    }

    @Test("leaves nothing behind when it is cancelled while being made")
    func cancelledInitialisation() async throws {
        let parent = "/tmp/hub-test-\(UInt64.random(in: 0 ... .max))"
        let settings = ServerSettings(directory: "\(parent)/data/postgres", sharedBuffers: 16, isDurable: false)
        for milliseconds in [0, 20, 200, 600] {
            let server = EmbeddedServer(settings, logger: quiet)
            let starting = Task { try await server.start() }
            try await Task.sleep(for: .milliseconds(milliseconds))
            starting.cancel()
            await #expect(throws: (any Error).self) { _ = try await starting.value }
            #expect(!FileManager.default.fileExists(atPath: parent), "after \(milliseconds) ms")
        }
    }

    @Test("removes what a killed initialisation has left")
    func leftovers() async throws {
        try await withServer { server, settings in
            let files = ServerFiles(directory: settings.directory)
            let side = files.sideCluster("old")
            try FileManager.default.createDirectory(atPath: "\(side)/base", withIntermediateDirectories: true)
            try "secret".write(toFile: files.initialPassword("old"), atomically: true, encoding: .utf8)
            _ = try await server.start()
            #expect(files.leftovers().isEmpty)
        }
    }

    @Test("uses a short socket directory when its own would be too long")
    func longPath() async throws {
        let long = String(repeating: "x", count: 90)
        let settings = ServerSettings(directory: "/tmp/\(long)/data")
        let directory = try ServerFiles.socketDirectory(for: settings)
        #expect(directory.utf8.count < 40)
        #expect(directory == (try ServerFiles.socketDirectory(for: settings)))
        var wished = settings
        wished.socketDirectory = "/tmp/\(long)\(long)"
        #expect(throws: ServerFault.socketPathTooLong(directory: "/tmp/\(long)\(long)")) {
            try ServerFiles.socketDirectory(for: wished)
        }
    }

    @Test("names the Debian package when the programs are missing")
    func binariesMissing() async throws {
        var settings = ServerSettings(directory: "/tmp/hub-test-never")
        settings.binaries = "/nowhere/bin"
        let server = EmbeddedServer(settings, logger: quiet)
        let fault = await #expect(throws: ServerFault.self) { _ = try await server.start() }
        #expect(fault == .binariesMissing(searched: ["/nowhere/bin"]))
        #expect(fault?.description.contains("package postgresql") == true)
        #expect(!FileManager.default.fileExists(atPath: settings.directory))
        #expect(throws: ServerFault.versionMissing("14")) {
            try ServerBinaries.find(given: nil, version: "14", searchPath: [])
        }
    }

    @Test("says which directory its user cannot pass through", .enabled(if: geteuid() == 0))
    func unreachable() async throws {
        let closed = "/tmp/hub-test-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: closed, withIntermediateDirectories: true)
        chmod(closed, 0o700)
        defer { try? FileManager.default.removeItem(atPath: closed) }
        let server = EmbeddedServer(ServerSettings(directory: "\(closed)/data"), logger: quiet)
        await #expect(throws: ServerFault.unreachable(directory: closed, user: "postgres")) {
            _ = try await server.start()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: closed).isEmpty)
    }
}
