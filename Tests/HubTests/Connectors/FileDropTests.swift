import DataFiles
import Domain
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing
import Transports

@testable import Hub

@Suite("Files for a department's own system")
struct FileDropTests {
    private func names(_ url: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    }

    @Test(
        "A CSV file has the department's columns, formulas guarded, and what became of the request follows in a file of its own"
    )
    func csv() async throws {
        try await withRegion(at: presentClock()) { region in
            var terms = ConnectorTerms(tells: .essential, order: .target)
            terms.fields = [
                .init(.reference, as: "REF"), .init(.event, as: "EVENT"), .init(.description, as: "TEXT"),
                .init(.longitude, as: "LON"), .init(.delivery, as: "KEY"),
            ]
            let yard = region.yard(terms)
            try await region.forward("maplewater", to: [yard])
            let words = "=HYPERLINK(\"http://evil.example\"), deep"
            let intake = try region.intake(description: words, answers: try await region.required("RD-POTH"))
            let reference = try await region.take(intake).reference
            try await region.step(.complete(.fixed), reference, at: "maplewater")
            try await region.step(.reopen, reference, at: "maplewater")
            try await region.deliverAll(by: region.dispatcher([]))
            let out = region.files(of: yard).outgoing
            let names = try names(out)
            #expect(names.count == 3, "no partial file is left")
            var events: [String] = []
            for name in names {
                let text = try String(contentsOf: out.appendingPathComponent(name), encoding: .utf8)
                let lines = text.split(separator: "\r\n")
                #expect(lines.first == "REF,EVENT,TEXT,LON,KEY")
                #expect(text.contains("\(reference),"))
                #expect(text.contains("\"'=HYPERLINK(\"\"http://evil.example\"\"), deep"))
                #expect(text.contains(",-79.20005,"), "a number stays one")
                #expect(text.contains(name.dropFirst(10).dropLast(4)), "the delivery key in name and row")
                events.append(String(lines.last?.split(separator: ",")[1] ?? ""))
            }
            #expect(events == ["request", "completed", "reopened"], "in the order of their numbers")
        }
    }

    @Test("A JSON lines file holds one object under our names")
    func jsonLines() async throws {
        try await withRegion(at: presentClock()) { region in
            let yard = region.yard(ConnectorTerms(fileFormat: .jsonLines))
            try await region.forward("maplewater", to: [yard])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: region.dispatcher([]))
            let out = region.files(of: yard).outgoing
            let name = try #require(try names(out).first)
            #expect(name.hasSuffix(".jsonl"))
            let data = try Data(contentsOf: out.appendingPathComponent(name))
            #expect(data.last == 10)
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(object["reference"] as? String == reference.rawValue)
            #expect(object["latitude"] as? Double == 44.13)
            #expect(Set(object.keys) == Set(ConnectorField.allCases.map(\.rawValue)))
        }
    }

    @Test(
        "A folder that is a link somewhere else, or cannot be written, gets nothing; mended, everything arrives in order"
    )
    func hostileFolder() async throws {
        try await withRegion(at: presentClock()) { region in
            let yard = region.yard()
            try await region.forward("maplewater", to: [yard])
            let folder = region.files(of: yard)
            let elsewhere = region.folder.appendingPathComponent("elsewhere")
            let files = FileManager.default
            try files.createDirectory(at: folder.root, withIntermediateDirectories: true)
            try files.createDirectory(at: elsewhere, withIntermediateDirectories: true)
            try files.createSymbolicLink(at: folder.outgoing, withDestinationURL: elsewhere)
            _ = try await region.regionalPothole()
            let dispatcher = region.dispatcher([])
            try await region.deliverAll(by: dispatcher)
            #expect(try names(elsewhere).isEmpty)
            let row = try #require(try await region.unsent(to: "department:yard").first)
            #expect(row.state == .failed)
            #expect(row.fault?.contains("cannot be opened") == true)
            try files.removeItem(at: folder.outgoing)
            try await region.deliverPatiently(by: dispatcher)
            #expect(try names(folder.outgoing).map { $0.prefix(9) } == ["000000001"])
        }
    }

    @Test("Whoever lists the folder while files are written never sees half of one")
    func neverHalf() async throws {
        try await withRegion(at: presentClock()) { region in
            let yard = region.yard(ConnectorTerms(fileFormat: .jsonLines))
            try await region.forward("maplewater", to: [yard])
            let intake = try region.intake(
                description: String(repeating: "long ", count: 700),
                answers: try await region.required("RD-POTH")
            )
            for _ in 0..<40 { _ = try await region.take(intake) }
            let out = region.files(of: yard).outgoing
            let watch = Watch()
            let torn = Task { () -> Int in
                var torn = 0
                while !watch.isOver.load(ordering: .acquiring) {
                    for name in (try? FileManager.default.contentsOfDirectory(atPath: out.path)) ?? []
                    where !name.hasPrefix(".") {
                        let data = (try? Data(contentsOf: out.appendingPathComponent(name))) ?? Data()
                        if data.last != 10 || data.first != 123 { torn += 1 }
                    }
                    await Task.yield()
                }
                return torn
            }
            try await region.deliverPatiently(by: region.dispatcher([]))
            watch.isOver.store(true, ordering: .releasing)
            #expect(await torn.value == 0)
            #expect(try names(out).count == 40)
        }
    }
}

/// Tells a watcher that it may stop.
private final class Watch: Sendable {
    let isOver = Atomic(false)
}
