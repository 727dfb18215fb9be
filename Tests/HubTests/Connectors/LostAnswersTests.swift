import Domain
import Foundation
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

/// Fault F10: a target takes everything and loses three answers in ten.
@Suite("A thousand requests, three answers in ten lost")
struct LostAnswersTests {
    static let count = 1000

    /// The same three in ten on every run.
    private func behaviours() -> [FakeOpen311Server.Behaviour] {
        var state: UInt64 = 311
        return (0..<Self.count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33 % 10 < 3 ? .commitAndHangUp : .proper
        }
    }

    /// Requests made quickly, all due to one target.
    private func fill(_ region: DemonstrationRegion, _ target: ForwardingTarget) async throws {
        try await region.forward("maplewater", to: [target])
        let intake = try region.intake(answers: try await region.required("RD-POTH"))
        for _ in 0..<Self.count { _ = try await region.take(intake) }
    }

    @Test(
        "On a target with a key nothing is lost and nothing doubled, and each one in doubt is listed",
        .timeLimit(.minutes(15))
    )
    func keyed() async throws {
        let works = try FakeOpen311Server()
        for behaviour in behaviours() { works.next(behaviour) }
        let lost = behaviours().filter { $0 == .commitAndHangUp }.count
        try await withRegion(at: presentClock()) { region in
            try await fill(region, region.webhook("works", works))
            let dispatcher = region.dispatcher([works])
            try await region.deliverPatiently(by: dispatcher)
            let keys = works.posts.compactMap { $0.header("webhook-id") }
            #expect(Set(keys).count == Self.count, "every request under its own key")
            #expect(keys.count == Self.count + lost, "again under the same key, once for each lost answer")
            #expect(Set(works.posts.map(\.about)).count == Self.count)
            let listed = try await doubts(region)
            #expect(listed == lost)
        }
    }

    @Test("On a server that can be asked nothing is lost and nothing doubled", .timeLimit(.minutes(15)))
    func queryable() async throws {
        let works = try FakeOpen311Server()
        for behaviour in behaviours() { works.next(behaviour) }
        let lost = behaviours().filter { $0 == .commitAndHangUp }.count
        try await withRegion(at: presentClock()) { region in
            try await fill(region, region.target("works", works))
            try await region.deliverPatiently(by: region.dispatcher([works]))
            let marks = works.taken.compactMap { $0.fields["description"]?.first?.split(separator: "\n").first }
            #expect(marks.count == Self.count)
            #expect(Set(marks).count == Self.count)
            #expect(works.posts.count == Self.count, "found by asking, none was posted again")
            let listed = try await doubts(region)
            #expect(listed == lost)
        }
    }

    /// Requests whose history says that a sending was in doubt.
    private func doubts(_ region: DemonstrationRegion) async throws -> Int {
        let given = try await region.inside("maplewater") { transaction in
            try await RequestLinks(transaction).given(to: "works", from: .distantPast, until: .distantFuture)
        }
        #expect(given.count == Self.count)
        let events = try await region.inside("maplewater") { transaction in
            try await RequestEvents(transaction).all(of: given.map(\.link.reference))
        }
        return events.values.filter { $0.contains { $0.kind == .forwardingUncertain } }.count
    }
}
