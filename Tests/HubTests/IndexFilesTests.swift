import Domain
import Foundation
import Geo
import Logging
import Postgres
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Files of compiled boundaries") struct IndexFilesTests {
    private func names(_ index: BoundaryIndex) -> [String] { index.areas.map(\.name) }

    @Test("serve the next start, and are built anew when damaged, cut short or of another database")
    func lifeOfAFile() async throws {
        try await withRegion { region in
            let databases = region.surroundings.databases
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("index-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let files = IndexFiles(
                directory: folder,
                log: Logger(label: "hub.tests") { _ in SwiftLogNoOpLogHandler() }
            )
            let generation = try #require(region.surroundings.geography.generation)
            let path = files.file(of: generation).path
            func load() async throws -> BoundaryIndex {
                try await Geography.index(of: generation, from: databases, files: files)
            }
            let built = try await load()
            let url = URL(fileURLWithPath: path)
            let whole = try Data(contentsOf: url)
            let written = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int

            let mapped = try await load()
            #expect(mapped.areas == built.areas && mapped.roads == built.roads)
            let inode = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
            #expect(inode == written, "a file that fits is not written again")

            for damaged in [whole.prefix(100), whole.prefix(whole.count / 2), Data(), whole + [1]] {
                try damaged.write(to: url)
                #expect(try await load().areas == built.areas)
                #expect(try Data(contentsOf: url) == whole, "the file is whole again")
            }
            var flipped = whole
            flipped[whole.count / 2] ^= 4
            try flipped.write(to: url)
            #expect(try await load().areas == built.areas)
            #expect(try Data(contentsOf: url) == whole)

            // Rows that were changed behind the hub's back: the file no longer tells the same.
            _ = try await region.asSuperuser {
                try await $0.query("UPDATE hub.boundary_area SET name = name || ' (new)' WHERE layer = 'municipality'")
            }
            let changed = try await load()
            #expect(names(changed).contains { $0.hasSuffix(" (new)") })
            #expect(try Data(contentsOf: url) != whole)
        }
    }
}
