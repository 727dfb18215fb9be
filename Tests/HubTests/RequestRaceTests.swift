import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Several at once, on a real database")
struct RequestRaceTests {
    @Test("The whole is ended while a part of it is opened again: never is the whole closed with a part open")
    func wholeAndPart() async throws {
        try await withRegion { region in
            let town = try await region.tenant("brindle-bay")
            let surroundings = region.surroundings
            let step = TakeRequestStep(surroundings)
            for round in 0..<8 {
                let whole = try await region.ownPothole().reference
                let given = try await SplitRequest(surroundings)(
                    whole,
                    into: [SplitRequest.Part(service: ServiceCode(trusted: "RD-SWALK"))],
                    at: town,
                    by: "staff:1"
                )
                let part = try #require(given.first?.reference)
                _ = try await step(.complete(.fixed), part, at: town, by: "staff:1")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        do {
                            _ = try await step(.complete(.fixed), whole, at: town, by: "staff:2")
                        } catch is OpenParts {
                            return
                        }
                    }
                    group.addTask { _ = try await step(.reopen, part, at: town, by: "staff:3") }
                    try await group.waitForAll()
                }
                let rows = (
                    try await region.row(whole, in: "brindle-bay"), try await region.row(part, in: "brindle-bay")
                )
                #expect(rows.1?.status == .open, "round \(round)")
                #expect(rows.0?.status == .open, "round \(round)")
            }
        }
    }

    @Test("Accepted by the region while the town takes the offer back: one of the two counts at both")
    func acceptAndTakeBack() async throws {
        try await withRegion { region in
            for round in 0..<6 {
                let reference = try await region.offeredToRegion()
                try await region.deliverAll()
                let (town, upper) = (try await region.tenant("brindle-bay"), try await region.tenant("maplewater"))
                let surroundings = region.surroundings
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try? await AnswerOffer(surroundings)(reference, at: upper, by: "staff:region") }
                    group.addTask {
                        _ = try? await TakeRequestStep(surroundings)(.takeBack, reference, at: town, by: "staff:town")
                    }
                }
                try await region.deliverAll()
                let origin = try #require(try await region.row(reference, in: "brindle-bay"))
                let copy = try #require(try await region.row(reference, in: "maplewater"))
                let leads = [origin, copy].filter { $0.standing == .lead }
                #expect(leads.count == 1, "round \(round): \(origin.life.state.name), \(copy.life.state.name)")
                #expect(origin.status == .open)
            }
        }
    }

    @Test("Two dispatchers and two sweepers at once: each message arrives once, each bounce counts once")
    func twoDispatchers() async throws {
        try await withRegion { region in
            var references: [RequestReference] = []
            for _ in 0..<5 { references.append(try await region.offeredToRegion()) }
            let surroundings = region.surroundings
            func twice() async throws {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            let dispatcher = ForwardServiceRequests(surroundings, outside: .closed)
                            for _ in 0..<200 where await dispatcher.pass() == 0 { return }
                        }
                    }
                }
                try await region.deliverAll()
            }
            try await twice()
            let town = try await region.tenant("brindle-bay")
            region.clock.advance(by: 3 * 24 * 3600)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { try await TimeOutOffers(surroundings).pass(over: town) } }
                try await group.waitForAll()
            }
            try await twice()
            for reference in references {
                let origin = try await region.history(reference, in: "brindle-bay").map(\.kind)
                #expect(origin == [.received, .decided, .handOverOffered, .handOverTimedOut])
                let peer = try await region.history(reference, in: "maplewater").map(\.kind)
                #expect(peer == [.handOverOffered, .handOverWithdrawn])
            }
        }
    }

    @Test(
        "Steps given up half way, a hundred times, over a pool of one: nothing is half written, the connection goes on"
    )
    func givenUp() async throws {
        try await withRegion(perTenant: 1) { region in
            let reference = try await region.ownPothole().reference
            let town = try await region.tenant("brindle-bay")
            let step = TakeRequestStep(region.surroundings)
            var random = SystemRandomNumberGenerator()
            for round in 0..<100 {
                let wait = Int.random(in: 0..<4000, using: &random)
                let task = Task {
                    try await step(round % 2 == 0 ? .plan : .assignWork, reference, at: town, by: "staff:\(round)")
                }
                try await Task.sleep(for: .microseconds(wait))
                task.cancel()
                _ = await task.result
            }
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            let events = try await region.history(reference, in: "brindle-bay")
            // One event for each version of the row, and no other.
            #expect(events.count == row.rowVersion + 1)
            #expect(events.map(\.sequence) == Array(1...events.count))
            let done = try await region.step(.complete(.fixed), reference, at: "brindle-bay")
            #expect(done.status == .closed)
        }
    }
}
