import Domain
import Foundation
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

@Suite("Reconciling with systems outside")
struct ReconciliationTests {
    private func reconcile(
        _ code: String,
        _ region: DemonstrationRegion,
        _ outside: OutsideDelivery,
        at id: String = "maplewater"
    )
        async throws -> Reconciliation
    {
        let tenant = try await region.tenant(id)
        let target = try #require(tenant.configuration.forwarding.first { $0.code == code })
        return try await ReconcileConnectors(region.surroundings, outside: outside)(
            target,
            of: tenant,
            on: tenant.day(of: region.clock.now)
        )
    }

    @Test(
        "What agrees has no difference; a missing, a doubled, an unknown, an unsent one and another state are each listed with their ids"
    )
    func differences() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works)])
            let dispatcher = region.dispatcher([works])
            var references: [RequestReference] = []
            for _ in 0..<4 { references.append(try await region.regionalPothole()) }
            try await region.deliverAll(by: dispatcher)
            let clean = try await reconcile("works", region, region.outside([works]))
            #expect(clean.differences.isEmpty)
            #expect((clean.given, clean.sent, clean.there, clean.asked) == (4, 4, 4, .server))

            func mark(_ reference: RequestReference) -> String { "[311 reference \(reference)]\nagain" }
            let doubled = references[0]
            works.plant(description: mark(doubled), serviceCode: "POTHOLE")
            let unknown = RequestReference.make(code: TenantCode(trusted: "MWR"))
            works.plant(description: mark(unknown), serviceCode: "POTHOLE")
            works.plant(description: "a resident's own, not ours", serviceCode: "POTHOLE")
            func remoteID(_ reference: RequestReference) async throws -> String {
                try #require(try await region.links(reference).first { $0.peer == "works" }?.remoteID)
            }
            works.change(try await remoteID(references[1]), to: "closed")
            works.always(.answer(status: 503, body: "", headers: []))
            let unsent = try await region.regionalPothole()
            try await region.deliverAll(by: dispatcher)
            // Ours says it was given, theirs does not have it.
            let missing = references[3]
            let hidden = try await remoteID(missing)
            try await region.inside("maplewater") { transaction in
                let links = RequestLinks(transaction)
                for link in try await links.of(missing) where link.peer == "works" {
                    try await links.put(
                        RequestLink(
                            reference: missing,
                            peer: "works",
                            kind: .copy,
                            remoteID: "R999",
                            createdAt: link.createdAt,
                            updatedAt: link.updatedAt
                        )
                    )
                }
            }
            var outside = region.outside([works])
            let all = outside.requests
            outside.requests = { target, from, to in try await all(target, from, to).filter { $0.remoteID != hidden } }
            let report = try await reconcile("works", region, outside)
            func of(_ kind: Reconciliation.Difference.Kind) -> [String?] {
                report.differences.filter { $0.kind == kind }.map(\.reference)
            }
            #expect(of(.doubledThere) == [doubled.rawValue])
            #expect(of(.unknownHere) == [unknown.rawValue])
            #expect(of(.statusDiffers) == [references[1].rawValue])
            #expect(of(.notSent) == [unsent.rawValue])
            #expect(of(.missingThere) == [missing.rawValue])
            #expect(report.differences.count == 5)
            let stored = try await region.inside("maplewater") { try await ConnectorReconciliations($0).latest() }
            #expect(stored.map(\.differences) == [5])
            #expect(try stored.first?.report.decoded(as: Reconciliation.self) == report)
            // Another tenant's books are its own.
            let towns = try await region.inside("brindle-bay") { try await ConnectorReconciliations($0).latest() }
            #expect(towns.isEmpty)
        }
    }

    @Test("A system that does not answer is said not to have answered, and our own books still tell what did not leave")
    func noAnswer() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.target("works", works), region.yard()])
            works.always(.answer(status: 503, body: "", headers: []))
            works.reading(.answer(status: 500, body: "", headers: []))
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: region.dispatcher([works]))
            let report = try await reconcile("works", region, region.outside([works]))
            #expect(report.asked == .noAnswer && report.there == nil)
            #expect(report.differences.map(\.kind) == [.notSent])
            let yard = try await reconcile("yard", region, region.outside([works]))
            #expect(yard.asked == .notAtAll)
            #expect(yard.differences.isEmpty)
            // The yard puts a list of what it has into its folder.
            let tenant = try await region.tenant("maplewater")
            let list = region.files(of: region.yard()).list(of: tenant.day(of: region.clock.now))
            try FileManager.default.createDirectory(
                at: list.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data("reference,status\n".utf8).write(to: list)
            #expect(try await reconcile("yard", region, .closed).differences.map(\.kind) == [.missingThere])
            try Data("reference,status\n\(reference),done\n".utf8).write(to: list)
            #expect(try await reconcile("yard", region, .closed).differences.map(\.kind) == [.statusDiffers])
            try Data("reference,status\n\(reference),wip\n".utf8).write(to: list)
            let agreed = try await reconcile("yard", region, .closed)
            #expect(agreed.asked == .list && agreed.there == 1 && agreed.differences.isEmpty)
        }
    }

    @Test("What was refused of a system's words is a difference of the day, and yesterday is compared once by itself")
    func daily() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard()])
            let reference = try await region.regionalPothole()
            try await region.deliverAll(by: region.dispatcher([]))
            _ = try await region.hear(
                [ConnectorWord(reference: reference.rawValue, status: "frobnicated")],
                from: "yard"
            )
            let report = try await reconcile("yard", region, .closed)
            #expect(report.heard == 1)
            #expect(report.differences.map(\.kind) == [.refusedHere])
            #expect(report.differences.first?.reference == reference.rawValue)
            region.clock.advance(by: 86_400)
            let maplewater = try await region.tenant("maplewater")
            let reconcile = ReconcileConnectors(region.surroundings, outside: .closed)
            try await reconcile.pass(over: maplewater)
            let stored = try await region.inside("maplewater") { try await ConnectorReconciliations($0).latest() }
            #expect(stored.map { "\($0.day)" } == ["2026-06-16"])
            let madeAt = stored.first?.madeAt
            region.clock.advance(by: 60)
            try await reconcile.pass(over: maplewater)
            let again = try await region.inside("maplewater") { try await ConnectorReconciliations($0).latest() }
            #expect(again.first?.madeAt == madeAt)
            region.clock.advance(by: 86_400)
            try await reconcile.pass(over: maplewater)
            let next = try await region.inside("maplewater") { try await ConnectorReconciliations($0).latest() }
            #expect(next.map { "\($0.day)" } == ["2026-06-17"], "a day that nobody asked about")
        }
    }
}
