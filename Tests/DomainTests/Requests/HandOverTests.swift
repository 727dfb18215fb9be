import Domain
import Foundation
import Testing

@Suite("A hand-over")
struct HandOverTests {
    private let noon = Date(timeIntervalSince1970: 1_795_000_000)

    private func offer(earlierBounces: Int = 0) -> HandOver {
        HandOver(
            reference: RequestReference.make(code: TenantCode(trusted: "BB")),
            origin: JurisdictionID(trusted: "brindle-bay"),
            peer: .tenant(JurisdictionID(trusted: "maplewater")),
            offeredAt: noon,
            answerDue: noon.addingTimeInterval(86_400),
            earlierBounces: earlierBounces
        )
    }

    @Test("accepted makes the origin a mirror; it can still be refused later, but not accepted twice")
    func accepted() throws {
        var handOver = offer()
        #expect(try handOver.accept(at: noon) == .mirror)
        #expect(throws: HandOver.AlreadyAnswered.self) { try handOver.accept(at: noon) }
        #expect(throws: HandOver.AlreadyAnswered.self) { try handOver.timeOut(at: .distantFuture) }
        #expect(
            try handOver.refuse(HandOver.Refusal(.notOurAsset, text: "Town road"), at: noon)
                == .chooseNextBody
        )
        #expect(throws: HandOver.AlreadyAnswered.self) { try handOver.accept(at: noon) }
    }

    @Test(
        "goes to the arbiter after the second bounce, whether refused or silent",
        arguments: [0, 1, 2]
    )
    func bounces(earlier: Int) throws {
        let expected: HandOver.Next = earlier == 0 ? .chooseNextBody : .askArbiter
        var refused = offer(earlierBounces: earlier)
        #expect(
            try refused.refuse(HandOver.Refusal(.notOurArea, text: "Across the line"), at: noon)
                == expected
        )
        #expect(refused.bounces == earlier + 1)
        var silent = offer(earlierBounces: earlier)
        #expect(try silent.timeOut(at: noon) == nil)
        #expect(silent.state == .offered)
        #expect(try silent.timeOut(at: silent.answerDue) == expected)
    }

    @Test(
        "is refused with a reason in words or not at all",
        arguments: ["", "  \n", String(repeating: "a", count: 1001)]
    )
    func reason(text: String) {
        #expect(throws: HandOver.Refusal.Invalid.self) { try HandOver.Refusal(.other, text: text) }
    }

    @Test("taken back is kept by the origin and counts as no bounce")
    func withdrawn() throws {
        var handOver = offer(earlierBounces: 1)
        #expect(try handOver.withdraw(at: noon) == .keep)
        #expect(handOver.bounces == 1)
        #expect(throws: HandOver.AlreadyAnswered.self) { try handOver.timeOut(at: .distantFuture) }
    }
}
