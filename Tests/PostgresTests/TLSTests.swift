import Foundation
import Glibc
import Postgres
import Testing

@testable import PostgresServer

/// A certificate authority that lives as long as a test, made with openssl.
private struct ThrowawayAuthority {
    let folder: String

    var root: String { "\(folder)/root.crt" }

    init(_ folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.openssl(
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Throwaway root"]
                + ["-keyout", "\(folder)/root.key", "-out", "\(folder)/root.crt"]
        )
    }

    /// A certificate made out to one host name, and its key.
    func certificate(for host: String) throws -> (certificate: String, key: String) {
        let name = "\(folder)/server"
        try Self.openssl(
            ["req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(host)"]
                + ["-keyout", "\(name).key", "-out", "\(name).csr"]
        )
        try Data("subjectAltName=DNS:\(host)\n".utf8).write(to: URL(fileURLWithPath: "\(name).ext"))
        try Self.openssl(
            ["x509", "-req", "-in", "\(name).csr", "-CA", root, "-CAkey", "\(folder)/root.key", "-CAcreateserial"]
                + ["-days", "2", "-extfile", "\(name).ext", "-out", "\(name).crt"]
        )
        return ("\(name).crt", "\(name).key")
    }

    private static func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments[0])")
    }
}

@Suite("A server across the network", .serialized, .timeLimit(.minutes(3)))
struct TLSTests {
    @Test("is believed only with a certificate of the root we trust, made out to the name we call")
    func verifyFull() async throws {
        let folder = "/tmp/hub-test-tls-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ours = try ThrowawayAuthority("\(folder)/ours")
        let strangers = try ThrowawayAuthority("\(folder)/strangers")
        let port = try freePort()
        try await withServer({ $0.port = port }) { server, settings in
            _ = try await server.start()
            try await server.stop()
            try demandTLS(ServerFiles(directory: settings.directory), try ours.certificate(for: "localhost"))
            let again = try await server.start()
            let trusting = ConnectionSettings(
                host: "localhost",
                port: port,
                database: "postgres",
                user: again.superuser,
                password: again.password,
                tls: .verifyFull,
                tlsRootCertificate: ours.root
            )
            #expect(try await isEncrypted(trusting))

            var byAddress = trusting
            byAddress.host = "127.0.0.1"
            await refused(byAddress, "the certificate is made out to a name, not to this address")
            byAddress.tls = .verifyCA
            #expect(try await isEncrypted(byAddress))

            var misled = trusting
            misled.tlsRootCertificate = strangers.root
            await refused(misled, "somebody else's root signed nothing here")
            misled.tls = .verifyCA
            await refused(misled, "nor is its word enough without the name")

            var open = trusting
            open.tls = .disable
            await refused(open, "the server takes nobody without encryption")
        }
    }

    private func isEncrypted(_ settings: ConnectionSettings) async throws -> Bool {
        let connection = try await PostgresConnection.connect(settings)
        let row = try await connection.first("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        await connection.close()
        return try #require(row).decode("ssl")
    }

    private func refused(_ settings: ConnectionSettings, _ why: Comment) async {
        await #expect(throws: PostgresError.self, why) {
            let connection = try await PostgresConnection.connect(settings)
            await connection.close()
        }
    }

    /// Writes what makes the server listen at its port, with a certificate, to encrypted connections alone; from its next start.
    private func demandTLS(_ files: ServerFiles, _ own: (certificate: String, key: String)) throws {
        let data = files.cluster
        for (from, name) in [(own.certificate, "server.crt"), (own.key, "server.key")] {
            try give(Data(contentsOf: URL(fileURLWithPath: from)), "\(data)/\(name)")
        }
        try give(
            Data("local all all scram-sha-256\nhostssl all all localhost scram-sha-256\n".utf8),
            "\(data)/hba-with-tls.conf"
        )
        let lines = "listen_addresses = 'localhost'\nssl = on\nhba_file = '\(data)/hba-with-tls.conf'\n"
        try give(Data(lines.utf8), "\(data)/postgresql.local.conf")
    }

    /// Writes a file that belongs to whoever the server runs as.
    private func give(_ content: Data, _ path: String) throws {
        try content.write(to: URL(fileURLWithPath: path))
        var folder = stat()
        // all three: 0 done, -1 failed
        try #require(stat((path as NSString).deletingLastPathComponent, &folder) == 0)
        try #require(chown(path, folder.st_uid, folder.st_gid) == 0)
        try #require(chmod(path, 0o600) == 0)
    }

    /// A port nobody listens at now.
    private func freePort() throws -> Int {
        // a descriptor, or -1
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                // both: 0 done, -1 failed
                bind(socket, plain, length) == 0 && getsockname(socket, plain, &length) == 0
            }
        }
        try #require(found)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
