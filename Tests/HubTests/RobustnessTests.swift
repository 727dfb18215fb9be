import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("One session a tenant, suspended tenants, many hands at once")
struct RobustnessTests {
    @Test("With one session for each tenant everything still goes on: nobody takes a second while holding one")
    func poolOfOne() async throws {
        try await withRegion(perTenant: 1) { region in
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            let references = try await withThrowingTaskGroup(of: RequestReference.self) { group in
                for number in 0..<24 {
                    let place = number % 2 == 0 ? Place.regionalRoad25 : Place.localStreet
                    let key = "k\(number / 2)"
                    group.addTask {
                        try await region.take(
                            try region.intake(at: place, answers: answers, key: key + "\(place)"),
                            to: "brindle-bay"
                        )
                        .reference
                    }
                }
                return try await group.reduce(into: Set<RequestReference>()) { $0.insert($1) }
            }
            #expect(references.count == 24)
            async let first: Void = region.deliverAll()
            async let second: Void = region.deliverAll()
            _ = try await (first, second)
            let maplewater = try await region.tenant("maplewater")
            let offered = try await region.inside("maplewater") { try await HandOvers($0).open(.into) }
            #expect(offered.count == 12)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, offer) in offered.enumerated() {
                    group.addTask {
                        let refusal = number % 2 == 0 ? nil : try region.refusal()
                        _ = try await AnswerOffer(region.surroundings)(
                            offer.handOver.reference,
                            at: maplewater,
                            refusal: refusal,
                            by: "staff:region"
                        )
                    }
                }
                try await group.waitForAll()
            }
            try await region.deliverAll()
            let counts = try await region.inside("brindle-bay") { try await ServiceRequests($0).counts() }
            #expect(counts.filter { $0.standing == .mirrored }.map(\.count).reduce(0, +) == 6)
            #expect(counts.filter { $0.standing == .lead }.map(\.count).reduce(0, +) == 18)
        }
    }

    @Test("Many steps on one request at once: each is in the history once, numbered without a gap")
    func manyHands() async throws {
        try await withRegion { region in
            let reference = try await region.regionalPothole()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<12 {
                    group.addTask {
                        try await region.step(.assignWork, reference, at: "maplewater", text: "Crew \(number)")
                    }
                }
                try await group.waitForAll()
            }
            let history = try await region.history(reference, in: "maplewater")
            #expect(history.map(\.sequence) == Array(1...14))
            #expect(Set(history.compactMap(\.description?.english).filter { $0.hasPrefix("Crew") }).count == 12)
        }
    }

    @Test(
        "A suspended town takes and sends nothing; what is its own waits in triage, what is offered to it waits to be delivered"
    )
    func suspended() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            let now = region.clock.now
            func set(_ id: String, _ state: StoredJurisdiction.State) async throws {
                try await region.databases.withHub { transaction in
                    _ = try await Jurisdictions(transaction).setState(state, of: JurisdictionID(trusted: id), now: now)
                }
                try await RefreshFromDatabase(region.surroundings).once()
            }
            try await set("maplewater", .suspended)
            #expect(try await region.surroundings.directory.tenant(JurisdictionID(trusted: "maplewater")) == nil)
            try await region.deliverAll()
            #expect(try await region.outbox(reference, in: "brindle-bay").map(\.state) == [.failed])
            let waiting = try await region.take(try region.intake(answers: try await region.required("RD-POTH")))
            #expect(waiting.reference.code.rawValue == "MW")
            try await set("maplewater", .active)
            region.clock.advance(by: 301)
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "maplewater")?.standing == .waiting)
        }
    }

    @Test("Steps that are not possible change nothing and say what is")
    func illegal() async throws {
        try await withRegion { region in
            let reference = try await region.offeredToRegion()
            let before = try await region.row(reference, in: "brindle-bay")
            do {
                try await region.step(.complete(.fixed), reference, at: "brindle-bay")
                Issue.record("completed while offered")
            } catch let fault as RequestLife.IllegalTransition {
                #expect(fault.description.contains("possible"))
            }
            #expect(try await region.row(reference, in: "brindle-bay") == before)
            await #expect(throws: UnknownRequest.self) {
                try await region.step(
                    .review,
                    RequestReference.make(code: TenantCode(trusted: "BB")),
                    at: "brindle-bay"
                )
            }
            try await region.step(.takeBack, reference, at: "brindle-bay")
            try await region.deliverAll()
            #expect(try await region.row(reference, in: "brindle-bay")?.life.state == .received)
            #expect(try await region.row(reference, in: "maplewater")?.status == .closed)
        }
    }
}

@Suite("A hub with many tenants")
struct ManyTenantsTests {
    @Test("Loops that visit every tenant read no tenant's files where there is nothing to do")
    func lazyLoading() async throws {
        try await withRegion { region in
            let fresh = try await region.restarted()
            let atStart = fresh.surroundings.directory.loadedCount
            let dispatcher = ForwardServiceRequests(fresh.surroundings, outside: .closed)
            #expect(await dispatcher.pass() == 0)
            await ObserveOutboxes(fresh.surroundings).once()
            let loops = [
                Task { await TimeOutOffers(fresh.surroundings).run() },
                Task { await ReadOutsideNews(fresh.surroundings, outside: .closed).run() },
            ]
            try await Task.sleep(for: .milliseconds(500))
            for loop in loops {
                loop.cancel()
                await loop.value
            }
            #expect(fresh.surroundings.directory.loadedCount == atStart)
            #expect(atStart <= 2, "the hub and the region, whose departments the rules name")
            _ = try await fresh.tenant("cobbleford")
            #expect(fresh.surroundings.directory.loadedCount == atStart + 1)
        }
    }
}
