import Domain
import Foundation
import Testing

private let region = ReceivingBody.tenant(JurisdictionID(trusted: "maplewater"))
private let noon = Date(timeIntervalSince1970: 1_795_000_000)
private let later = noon.addingTimeInterval(3600)

@Suite("The life of a request")
struct RequestLifeTests {
    @Test("goes from received over reviewed and work assigned to completed")
    func straight() throws {
        var life = RequestLife.received
        #expect(life.publicStep == .received)
        #expect(try life.review(at: noon).clocks == [.stopReview])
        #expect(life.publicStep == .reviewed)
        #expect(try life.assignWork(at: later).clocks.isEmpty)
        #expect(life.publicStep == .workAssigned)
        let effect = try life.complete(.fixed, at: later)
        #expect(effect.event == .completed)
        #expect(effect.clocks == [.stopComplete])
        #expect(effect.followUp == .endDuplicates(.fixed))
        #expect(life.publicStep == .completed)
        #expect(life.outcome == .fixed)
        #expect(life.open311Status == .closed)
        #expect(life.reviewedAt == noon)
        #expect(life.completedAt == later)
    }

    @Test("who completes at once has read it: both clocks stop")
    func atOnce() throws {
        var life = RequestLife.received
        #expect(try life.complete(.notFound, at: noon).clocks == [.stopReview, .stopComplete])
        #expect(life.reviewedAt == noon)
    }

    @Test("made safe is not the end: it stays open as planned work")
    func madeSafe() throws {
        var life = RequestLife.received
        #expect(try life.makeSafe(at: noon, promise: .safe).clocks == [.stopReview, .stopComplete])
        #expect(life.isOpen)
        #expect(life.outcome == .madeSafe)
        #expect(life.publicStep == .workAssigned)
        #expect(life.extendedStatus == .planned)
        _ = try life.assignWork(at: later)
        #expect(life.state == .madeSafe)
        _ = try life.complete(.fixed, at: later)
        #expect(!life.isOpen)
        var done = RequestLife.received
        #expect(try done.makeSafe(at: noon, promise: .done).clocks == [.stopReview])
        #expect(throws: RequestLife.IllegalTransition.self) { try done.complete(.madeSafe, at: noon) }
    }

    @Test("a hand-over is never completion: the origin stays open until the holder reports the end")
    func handedOver() throws {
        var life = RequestLife.received
        #expect(try life.offer(to: region).followUp == .deliverOffer(region))
        #expect(life.isOpen)
        _ = try life.accepted()
        #expect(life.isOpen)
        #expect(life.holder == region)
        #expect(life.open311Status == .open)
        #expect(throws: RequestLife.IllegalTransition.self) { try life.complete(.fixed, at: noon) }
        #expect(throws: RequestLife.IllegalTransition.self) { try life.review(at: noon) }
        #expect(throws: RequestLife.IllegalTransition.self) { try life.pause(.season) }
        _ = try life.holderReached(.reviewed, at: noon)
        #expect(life.publicStep == .reviewed)
        #expect(life.reviewedAt == noon)
        _ = try life.holderReached(.workAssigned, at: noon)
        #expect(life.publicStep == .workAssigned)
        #expect(life.isOpen)
        _ = try life.holderReached(.completed, outcome: .fixed, at: later)
        #expect(!life.isOpen)
        #expect(life.state == .completed(.fixed, by: region))
    }

    @Test(
        "is open exactly where the wire's words of a holder leave it open",
        arguments: ExtendedStatus.allCases
    )
    func reports(status: ExtendedStatus) throws {
        var life = RequestLife.received
        _ = try life.offer(to: region)
        _ = try life.accepted()
        let effect = try life.holderReported(status, at: noon)
        switch status {
        case .notCouncilsResponsibility:
            #expect(effect.event == .handOverRefused)
            #expect(effect.followUp == .chooseNextBody)
            #expect(life.isOpen)
            #expect(life.state == .received)
        case .unchanged:
            #expect(life.state == .handedOver(to: region, step: .received))
        default:
            #expect(life.open311Status == status.open311Status)
            #expect(life.holder == region)
            #expect(life.outcome == status.outcome)
        }
    }

    @Test(
        "returns to where it was when the other body refuses, is silent, or the offer is taken back"
    )
    func bounced() throws {
        var life = RequestLife.received
        _ = try life.review(at: noon)
        let before = life
        _ = try life.offer(to: region)
        #expect(try life.refused().followUp == .chooseNextBody)
        #expect(life == before)
        _ = try life.offer(to: region)
        #expect(try life.timedOut().followUp == .chooseNextBody)
        #expect(life == before)
        _ = try life.offer(to: region)
        #expect(try life.takenBack().followUp == .tellHolder(region))
        #expect(life == before)
    }

    @Test(
        "a holder that finds out later that it is not its matter gives it back, even after closing it"
    )
    func refusedAfterwards() throws {
        var life = RequestLife.offered(to: region)
        _ = try life.accepted()
        _ = try life.refused()
        #expect(life.state == .received)
        var closed = RequestLife.offered(to: region)
        _ = try closed.accepted()
        _ = try closed.holderReported(.fixed, at: noon)
        let effect = try closed.holderReported(.notCouncilsResponsibility, at: later)
        #expect(closed.isOpen)
        #expect(closed.completedAt == nil)
        #expect(effect.clocks == [.startBoth])
    }

    @Test("told twice of the same end, it ends once")
    func sameEndTwice() throws {
        var life = RequestLife.offered(to: region)
        _ = try life.accepted()
        _ = try life.holderReported(.fixed, at: noon)
        let effect = try life.holderReported(.closed, at: later)
        #expect(effect.event == .holderReported)
        #expect(effect.clocks.isEmpty)
        #expect(life.completedAt == noon)
        #expect(life.outcome == .fixed)
        #expect(try life.holderReported(.inProgress, at: later).event == .reopened)
        #expect(life.isOpen)
        #expect(life.reopenings == 1)
    }

    @Test("a dispute opens it again under the same roof, with clocks anew")
    func dispute() throws {
        var life = RequestLife.received
        _ = try life.complete(.fixed, at: noon)
        let effect = try life.reopen()
        #expect(effect.clocks == [.startBoth])
        #expect(life.publicStep == .received)
        #expect(life.reopenings == 1)
        #expect(life.extendedStatus == .reopen)
        var held = RequestLife.offered(to: region)
        _ = try held.accepted()
        _ = try held.holderReported(.closed, at: noon)
        #expect(try held.reopen().followUp == .tellHolder(region))
        #expect(held.state == .handedOver(to: region, step: .received))
    }

    @Test("a duplicate ends only when its parent has ended")
    func duplicate() throws {
        var life = RequestLife.received
        #expect(throws: RequestLife.IllegalTransition.self) { try life.complete(.duplicate, at: noon) }
        #expect(life == .received)
        _ = try life.complete(.duplicate, at: noon, parentEnded: true)
        #expect(life.extendedStatus == .duplicate)
    }

    @Test("waits for its place without being guessed, and can be placed, offered or withdrawn")
    func waiting() throws {
        var life = RequestLife.waitingForPlace
        #expect(life.publicStep == .received)
        #expect(life.extendedStatus == .forTriage)
        #expect(throws: RequestLife.IllegalTransition.self) { try life.complete(.fixed, at: noon) }
        #expect(try life.place().clocks == [.startBoth])
        #expect(life.state == .received)
        var other = RequestLife.waitingForPlace
        _ = try other.offer(to: region)
        _ = try other.refused()
        #expect(other.state == .waitingForPlace)
        _ = try other.complete(.withdrawn, at: noon)
        #expect(!other.isOpen)
    }

    @Test("pauses and resumes, and the pause ends with the request")
    func pauses() throws {
        var life = RequestLife.received
        #expect(try life.pause(.weatherEvent).clocks == [.pauseBoth(.weatherEvent)])
        #expect(throws: RequestLife.IllegalTransition.self) { try life.pause(.season) }
        #expect(try life.resume().clocks == [.resumeBoth])
        _ = try life.pause(.waitingForRequester)
        _ = try life.complete(.couldNotReach, at: noon)
        #expect(life.pause == nil)
    }

    @Test(
        "names what is possible whenever something is not, in every state",
        arguments: LifeSample.all
    )
    func illegal(sample: LifeSample) throws {
        let legal = sample.life.legalHappenings
        for happening in RequestLife.Happening.allCases {
            var life = sample.life
            let error = LifeSample.attempt(happening, on: &life)
            if legal.contains(happening) {
                #expect(error == nil, "\(happening.rawValue) in \(sample.life.state.name)")
            } else {
                let error = try #require(error, "\(happening.rawValue) in \(sample.life.state.name)")
                #expect(life == sample.life)
                #expect(error.legal == legal.map(\.rawValue))
                #expect(error.description.contains(sample.life.state.name))
                for possible in legal { #expect(error.description.contains(possible.rawValue)) }
            }
        }
    }

    @Test("comes back the same from JSON, in every state", arguments: LifeSample.all)
    func coding(sample: LifeSample) throws {
        let data = try JSONEncoder().encode(sample.life)
        #expect(try JSONDecoder().decode(RequestLife.self, from: data) == sample.life)
    }

    @Test("every walk of two hundred random happenings keeps the promises", arguments: 1...20)
    func walks(seed: UInt64) throws {
        var random = SeededReferences(seed)
        var life = RequestLife.received
        var trail: [String] = []
        for _ in 0..<200 {
            let before = life
            let happening = RequestLife.Happening.allCases.randomElement(using: &random) ?? .review
            let error = LifeSample.attempt(happening, on: &life)
            trail.append("\(happening.rawValue)\(error == nil ? "" : " ✗")")
            #expect((life.completedAt == nil) == life.isOpen, "seed \(seed): \(trail)")
            #expect(
                (life.open311Status == .closed) == (life.publicStep == .completed),
                "seed \(seed): \(trail)"
            )
            if let reviewed = before.reviewedAt {
                #expect(life.reviewedAt == reviewed, "seed \(seed): \(trail)")
            }
            if case .handedOver = life.state { #expect(life.isOpen) }
            #expect(life.isOpen || life.pause == nil, "seed \(seed): \(trail)")
        }
    }
}
