import Foundation
import Testing

/// Holds the module map: what each target may import of ours and of others, so that arrows run one way.
///
/// SwiftPM lets a target import what it only reaches through another; reading the `import` lines closes that door.
@Suite("The module map")
struct ModuleMapTests {
    /// Target → modules it may import, besides the toolchain's own.
    static let map: [String: Set<String>] = [
        "Domain": [],
        "Observability": ["CoreMetrics", "Logging"],
        "Postgres": ["CLibPQ", "CEpoll", "Logging"],
        "PostgresServer": ["Subprocess", "SystemPackage", "Logging"],
        "XML": ["CLibXML2"],
        "DataFiles": ["CZlib"],
        "Geo": ["CGEOS", "DataFiles", "Domain", "Subprocess", "SystemPackage"],
        "Addresses": ["DataFiles", "Domain"],
        "Tenancy": ["Domain", "Yams"],
        "Routing": ["Domain", "Geo"],
        "Storage": ["Domain", "Postgres", "Crypto"],
        "Open311": ["Domain", "XML"],
        "LoST": ["Domain", "XML"],
        "Hub": [
            "Addresses", "DataFiles", "Domain", "Geo", "LoST", "Routing", "Storage", "Tenancy", "Crypto",
            "CryptoExtras", "Logging", "Metrics", "Subprocess", "SystemPackage",
        ],
        "Web": [
            // Storage for the values that operations take and give (filters, rights, faults); SQL stands nowhere outside it.
            "Hub", "Open311", "LoST", "Addresses", "Geo", "Domain", "Storage", "Hummingbird", "HummingbirdCore",
            "HTTPTypes", "NIOCore", "Mustache",
            "Crypto", "Logging", "Metrics",
        ],
        "Transports": [
            "Hub", "Open311", "LoST", "Domain", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix", "Logging",
        ],
        "HubCommand": [
            "Addresses", "DataFiles", "Domain", "Geo", "Hub", "LoST", "Observability", "Open311", "Postgres",
            "PostgresServer", "Routing", "Storage", "Tenancy",
            "Transports", "Web", "ArgumentParser", "Configuration", "ServiceLifecycle", "UnixSignals", "Hummingbird",
            "Logging",
            "Metrics", "CoreMetrics", "Crypto",
        ],
    ]

    static let toolchain: Set<String> = [
        "Foundation", "FoundationEssentials", "System", "Synchronization", "Dispatch", "Glibc", "Testing", "Swift",
        "Observation",
    ]

    @Test("every import is one that the map allows")
    func importsFollowTheMap() throws {
        let files = try SourceFile.all()
        #expect(files.count > 50, "the walk over Sources found too few files to mean anything")
        for file in files {
            let allowed = try #require(Self.map[file.target], "\(file.target) has no row in the module map")
            for (module, isPublic) in file.imports where !Self.toolchain.contains(module) {
                #expect(allowed.contains(module), "\(file.path) imports \(module), which the map does not allow")
                let isC =
                    module.hasPrefix("C") && module.dropFirst().first?.isUppercase == true
                    && ["CLibPQ", "CEpoll", "CLibXML2", "CGEOS", "CZlib"].contains(module)
                #expect(!(isC && isPublic), "\(file.path) makes the C module \(module) public")
            }
        }
    }

    @Test("SQL is written in Storage, and in Postgres for the migration runner's own table")
    func sqlStaysInStorage() throws {
        let statement = try Regex(#"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b .*\b(FROM|VALUES|SET|WHERE)\b"#)
        for file in try SourceFile.all() where !["Storage", "Postgres"].contains(file.target) {
            #expect(file.text.firstMatch(of: statement) == nil, "\(file.path) holds SQL")
        }
    }

    @Test("only the executable reads the environment")
    func environmentIsReadOnce() throws {
        for file in try SourceFile.all() where file.target != "HubCommand" {
            #expect(
                !file.text.contains("processInfo.environment") && !file.text.contains("getenv("),
                "\(file.path) reads the environment; settings are passed down"
            )
        }
    }

    @Test("Domain reaches no clock, no file and no network")
    func domainIsPure() throws {
        for file in try SourceFile.all() where file.target == "Domain" {
            for word in ["Date()", "Date.now", "FileManager", "URLSession", "ContinuousClock", "fopen("] {
                #expect(!file.text.contains(word), "\(file.path) uses \(word)")
            }
        }
    }

    @Test("no town's name stands in Sources: data, not code, tells towns apart")
    func noTownInSources() throws {
        let folder = SourceFile.root.appendingPathComponent("tenants")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { !["templates", "agreement"].contains($0) && !$0.hasPrefix(".") && !$0.hasSuffix(".md") }
        #expect(names.count >= 7)
        for file in try SourceFile.all() {
            let text = file.text.lowercased()
            for name in names {
                for spelling in [name, name.replacingOccurrences(of: "-", with: " ")] where spelling.count > 6 {
                    #expect(!text.contains(spelling), "\(file.path) names \(spelling)")
                }
            }
        }
    }
}
