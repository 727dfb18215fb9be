import Domain
import Foundation
import Testing

private let region = ReceivingBody.tenant(JurisdictionID(trusted: "maplewater"))
private let noon = Date(timeIntervalSince1970: 1_795_000_000)

@Suite("Where a request stands, in the words of those who work on it")
struct InternalStateTests {
    private static let words: [(InternalState, PublicStep, Open311Status, ExtendedStatus)] = [
        // state, step, status, extended
        (.waitingForPlace, .received, .open, .forTriage),
        (.received, .received, .open, .open),
        (.reviewed, .reviewed, .open, .investigating),
        (.planned, .workAssigned, .open, .planned),
        (.workAssigned, .workAssigned, .open, .inProgress),
        (.madeSafe, .workAssigned, .open, .planned),
        (.offered, .received, .open, .open),
        (.handedOver, .received, .open, .open),
        (.disputed, .received, .open, .reopen),
        // A pause leaves the step where it was; what waits for its season is planned work.
        (.seasonal, .received, .open, .planned),
        (.waitingForRequester, .received, .open, .open),
        (.waitingForOtherBody, .received, .open, .open),
        (.weatherEvent, .received, .open, .open),
        (.beforeCourt, .received, .open, .open),
        (.completed, .completed, .closed, .fixed),
        (.declined, .completed, .closed, .noFurtherAction),
        (.withdrawn, .completed, .closed, .cancelled),
        (.duplicate, .completed, .closed, .duplicate),
    ]

    @Test(
        "each word stands for one step, one status of GeoReport and one extended status",
        arguments: InternalStateTests.words
    )
    func mapping(state: InternalState, step: PublicStep, status: Open311Status, extended: ExtendedStatus) throws {
        let life = try #require(
            LifeSample.all.map(\.life).first { $0.internalState == state && $0.flow == .fourSteps && $0.disputes <= 1 }
        )
        #expect(life.publicStep == step)
        #expect(life.open311Status == status)
        #expect(life.extendedStatus == extended)
    }

    @Test("every word is the word of some life, and nothing else is")
    func complete() {
        #expect(Set(LifeSample.all.map(\.life.internalState)) == Set(InternalState.allCases))
    }

    @Test("a type of two steps knows nothing between receipt and end, and shows the public nothing else")
    func twoSteps() throws {
        var life = RequestLife.received.following(.openClosed)
        #expect(life.publicSteps == [.received, .completed])
        for happening in [RequestLife.Happening.review, .assignWork, .plan, .makeSafe] {
            let refused = LifeSample.attempt(happening, on: &life)
            #expect(refused?.legal.contains("complete") == true)
            #expect(refused?.legal.contains(happening.rawValue) == false)
        }
        #expect(try life.complete(.fixed, at: noon).clocks == [.stopReview, .stopComplete])
        #expect(life.publicSteps == [.received, .completed])
        // Another body that has it reports its own steps.
        var held = RequestLife.received.following(.openClosed)
        _ = try held.offer(to: region)
        _ = try held.accepted()
        _ = try held.holderReached(.workAssigned, at: noon)
        #expect(held.publicSteps == PublicStep.allCases)
    }

    @Test("a dispute is counted, opens under the same roof, and stays counted")
    func disputes() throws {
        var life = RequestLife.received
        _ = try life.complete(.fixed, at: noon)
        let effect = try life.dispute()
        #expect(effect.isDispute)
        #expect(effect.event == .reopened)
        #expect(effect.clocks == [.startBoth])
        #expect(life.state == .disputed)
        #expect(life.publicStep == .received)
        #expect((life.disputes, life.reopenings) == (1, 1))
        _ = try life.review(at: noon)
        _ = try life.complete(.fixed, at: noon)
        #expect(try !life.reopen().isDispute)
        #expect((life.disputes, life.reopenings) == (1, 2))
    }

    @Test(
        "what a holder ended goes back to it when disputed; what was made safe may be disputed; what was withdrawn not"
    )
    func disputesElsewhere() throws {
        var held = RequestLife.offered(to: region)
        _ = try held.accepted()
        _ = try held.holderReported(.closed, at: noon)
        #expect(try held.dispute().followUp == .tellHolder(region))
        #expect(held.state == .handedOver(to: region, step: .received))
        #expect(held.disputes == 1)
        var safe = RequestLife.received
        _ = try safe.makeSafe(at: noon, promise: .safe)
        _ = try safe.dispute()
        #expect(safe.state == .disputed)
        var withdrawn = RequestLife.received
        _ = try withdrawn.withdraw(at: noon)
        #expect(throws: RequestLife.IllegalTransition.self) { try withdrawn.dispute() }
    }

    @Test("taken back by the requester it ends wherever it is, and the body that has it or was offered it is told")
    func withdrawn() throws {
        var offered = RequestLife.offered(to: region)
        #expect(try offered.withdraw(at: noon).followUp == .tellHolder(region))
        var held = RequestLife.offered(to: region)
        _ = try held.accepted()
        #expect(try held.withdraw(at: noon).followUp == .tellHolder(region))
        #expect(held.state == .completed(.withdrawn, by: nil))
        #expect(held.open311Status == .closed)
    }

    private static let halfReasons: [(String?, String?)] = [(nil, "Non"), ("No", nil), (" ", "Non"), ("No", "\n")]

    @Test("a refusal needs a reason in both languages", arguments: InternalStateTests.halfReasons)
    func reason(english: String?, french: String?) {
        #expect(throws: PublicReason.Invalid.self) { try PublicReason(english: english, french: french) }
    }

    @Test("a refusal cannot be slipped in as an outcome, without its reason")
    func declined() throws {
        var life = RequestLife.received
        #expect(throws: RequestLife.IllegalTransition.self) { try life.complete(.declined, at: noon) }
        _ = try life.decline(try PublicReason(english: "A private lane", french: "Un chemin privé"), at: noon)
        #expect(life.outcome == .declined)
    }

    @Test("a life stored before there were flows and disputes reads as one of four steps without any")
    func older() throws {
        let text = #"{"reopenings":1,"state":{"name":"reviewed"},"reviewed_at":1795000000}"#
        let life = try JSONDecoder().decode(RequestLife.self, from: Data(text.utf8))
        #expect(life.flow == .fourSteps)
        #expect(life.disputes == 0)
        #expect(life.state == .reviewed)
    }

    @Test(
        "the window of a dispute ends with the local day, also where the clocks change in it",
        arguments: [
            // ended, days, first instant that is too late
            ("2026-06-01T16:00:00Z", 14, "2026-06-16T04:00:00Z"),
            // Ended at 23:30 local, which is the next day in UTC.
            ("2026-06-02T03:30:00Z", 14, "2026-06-16T04:00:00Z"),
            // The clocks go back on 1 November: midnight is at 05:00 UTC from then on.
            ("2026-10-25T16:00:00Z", 14, "2026-11-09T05:00:00Z"),
        ]
    )
    func window(ended: String, days: Int, closes: String) throws {
        let zone = try #require(TimeZone(identifier: "America/Toronto"))
        let window = DisputeWindow(after: try Date(ended, strategy: .iso8601), days: days, in: zone)
        let end = try Date(closes, strategy: .iso8601)
        #expect(window.closesAt == end)
        #expect(window.isOpen(at: end.addingTimeInterval(-1)))
        #expect(!window.isOpen(at: end))
    }
}
