import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Files of finished work")
struct FinishedWorkTests {
    private func importing(_ text: String, _ region: DemonstrationRegion, at id: String = "maplewater") async throws
        -> ImportFinishedWork.Report
    {
        let file = region.folder.appendingPathComponent("finished-\(UUID().uuidString).csv")
        try FileManager.default.createDirectory(at: region.folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        let tenant = try await region.tenant(id)
        let target = try #require(tenant.configuration.forwarding.first)
        return try await ImportFinishedWork(region.surroundings, tenant: tenant, target: target)(path: file.path)
    }

    private func terms() -> ConnectorTerms {
        ConnectorTerms(
            statuses: ["closed": .fixed],
            notesArePublic: false,
            inbound: .init(
                readsFolder: true,
                fields: ["reference": "REF", "status": "STATE", "text": "REMARK", "at": "DONE_AT"]
            )
        )
    }

    @Test("Every row does its own work, faults are named by row, and the same rows in a later file do nothing")
    func rows() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard(terms())])
            let first = try await region.regionalPothole()
            let second = try await region.regionalPothole()
            let rows = """
                REF;STATE;REMARK;DONE_AT;PRIO
                \(first);CLOSED;"'=filled; twice";2026-06-16T09:00:00-04:00;P1
                \(second);NONSENSE;;;
                XX-12345-6789;CLOSED;;;
                too;few

                """
            let report = try await importing(rows, region)
            #expect(report.counts == ["applied": 1, "refused": 2])
            #expect(report.faults.count == 3)
            #expect(report.faults.contains { $0.hasPrefix("row 3: the status \"NONSENSE\" is not known") })
            #expect(report.faults.contains { $0.hasPrefix("row 5: 2 fields") })
            #expect(try await region.row(first, in: "maplewater")?.outcome == .fixed)
            #expect(
                try await region.row(first, in: "maplewater")?.priority
                    == region.row(second, in: "maplewater")?.priority
            )
            let note = try await region.history(first, in: "maplewater").last { $0.actor == "connector:yard" }
            #expect(note?.description?.english == "=filled; twice", "what a spreadsheet was guarded from is read back")
            let again = try await importing(rows + "\(second);CLOSED;late;;\n", region)
            #expect(again.counts == ["known": 1, "refused": 2, "applied": 1])
        }
    }

    @Test("A list without a status says that everything on it is done")
    func bare() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard()])
            let reference = try await region.regionalPothole()
            #expect(try await importing("reference\n\(reference)\n", region).counts == ["applied": 1])
            #expect(try await region.row(reference, in: "maplewater")?.outcome == .fixed)
        }
    }

    @Test(
        "What is no such file says so and does nothing",
        arguments: ["", "a,b\n1,2\n", "\u{FEFF}status\nDONE\n", "\0\0\0", "reference"]
    )
    func none(text: String) async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard()])
            let report = try await importing(text, region)
            #expect(report.counts.isEmpty)
            #expect(report.isWhole == (text == "reference"))
        }
    }

    @Test("Files and letters put into the folder are taken once and moved; what is under way or a link is left alone")
    func folder() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard(terms())])
            try await region.forward("brindle-bay", to: [region.yard(terms())])
            let reference = try await region.regionalPothole()
            let folder = region.files(of: region.yard())
            let files = FileManager.default
            try files.createDirectory(at: folder.incoming, withIntermediateDirectories: true)
            func put(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: folder.incoming.appendingPathComponent(name))
            }
            try put("1-good.csv", "REF,STATE\n\(reference),closed\n")
            try put("2-bad.csv", "REF,STATE\n\(reference),what\n")
            try put("3-half.csv.partial", "REF,STATE\n\(reference),clo")
            try put(".hidden.csv", "REF,STATE\n")
            try files.createSymbolicLink(
                at: folder.incoming.appendingPathComponent("4-link.csv"),
                withDestinationURL: URL(fileURLWithPath: "/etc/passwd")
            )
            // The same in the town's folder: the region's request is not the town's to end.
            let towns = region.files(of: region.yard(), at: "brindle-bay")
            try files.createDirectory(at: towns.incoming, withIntermediateDirectories: true)
            try Data("REF,STATE\n\(reference),closed\n".utf8).write(to: towns.incoming.appendingPathComponent("x.csv"))
            await WatchConnectorFolders(region.surroundings, quiet: 3600).pass()
            #expect(
                try await region.row(reference, in: "maplewater")?.status == .open,
                "still being written, as far as anybody knows"
            )
            await WatchConnectorFolders(region.surroundings, quiet: 0).pass()
            #expect(try await region.row(reference, in: "maplewater")?.outcome == .fixed)
            func names(_ url: URL) -> [String] { ((try? files.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
            #expect(names(folder.incoming) == [".hidden.csv", "3-half.csv.partial", "4-link.csv", "done", "failed"])
            #expect(names(folder.incoming.appendingPathComponent("done")) == ["1-good.csv"])
            #expect(names(folder.incoming.appendingPathComponent("failed")) == ["2-bad.csv", "2-bad.csv.faults.txt"])
            #expect(names(towns.incoming.appendingPathComponent("failed")) == ["x.csv", "x.csv.faults.txt"])
            let events = try await region.history(reference, in: "maplewater").filter { $0.actor == "connector:yard" }
            #expect(events.count == 1)
        }
    }
}
