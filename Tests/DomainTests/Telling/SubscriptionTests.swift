import Foundation
import Testing

@testable import Domain

@Suite("Subscriptions")
struct SubscriptionTests {
    private let start = Date(timeIntervalSince1970: 1_781_618_400)

    private func subscription(_ state: Subscription.State, _ origin: Subscription.Origin = .follower) -> Subscription {
        Subscription(
            subject: .request(RequestReference(trusted: "LS-7K3QF-2M9V")),
            channel: .mail,
            address: "ann@example.org",
            addressKey: Data([1]),
            language: .english,
            state: state,
            origin: origin,
            askedAt: start
        )
    }

    @Test("what was asked for begins when it is confirmed, once and in time")
    func confirm() {
        var asked = subscription(.asked)
        #expect(asked.confirm(at: start + 60) == .begins)
        #expect(asked.confirm(at: start + 61) == .nothing)
        var late = subscription(.asked)
        #expect(late.confirm(at: start + 48 * 3600) == .nothing)
        #expect(late.state == .asked)
    }

    @Test("ending twice ends once; what never was confirmed cannot be begun again")
    func stop() {
        var active = subscription(.active, .requester)
        #expect(active.stop(at: start + 1) == .ends)
        #expect(active.stop(at: start + 2) == .nothing)
        #expect(active.endedAt == start + 1)
        #expect(active.restart(at: start + 3) == .begins)
        var asked = subscription(.asked)
        #expect(asked.stop(at: start + 1) == .ends)
        #expect(asked.restart(at: start + 2) == .nothing)
    }

    @Test("an address that is gone is the end")
    func gone() {
        var active = subscription(.active)
        #expect(active.addressIsGone(at: start + 1) == .ends)
        #expect(active.restart(at: start + 2) == .nothing)
        #expect(active.confirm(at: start + 3) == .nothing)
        #expect(active.state == .undeliverable)
    }

    @Test("internal lines of the history, offers and notes are no news")
    func news() {
        func event(_ kind: RequestEvent.Kind, isPublic: Bool = true, _ details: [String: String] = [:]) -> RequestEvent
        {
            RequestEvent(sequence: 1, at: start, kind: kind, actor: "hub", isPublic: isPublic, details: details)
        }
        #expect(TellingEvent(event(.completed)) == .completed)
        #expect(TellingEvent(event(.completed, isPublic: false)) == nil)
        #expect(TellingEvent(event(.handOverOffered)) == nil)
        #expect(TellingEvent(event(.handOverAccepted)) == .rerouted)
        #expect(TellingEvent(event(.noted)) == nil)
        #expect(TellingEvent(event(.paused, ["reason": "waiting_for_requester"])) == .question)
        #expect(TellingEvent(event(.paused, ["reason": "season"])) == nil)
        #expect(TellingEvent(event(.deadlineMoved)) == .late)
    }
}
