import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

extension DemonstrationRegion {
    /// A pothole on a street of the town's own; through the pages, so that the person has a key.
    func ownPothole() async throws -> Receipt {
        let answers = try await required("RD-POTH", of: "brindle-bay")
        let contact = Requester(email: "ann@example.org")
        return try await take(
            try intake(at: Place.localStreet, channel: .web, answers: answers, contact: contact),
            to: "brindle-bay"
        )
    }

    /// A pothole of the region's, reported to the town, offered and accepted.
    func heldByRegion() async throws -> RequestReference {
        let reference = try await offeredToRegion()
        try await deliverAll()
        _ = try await AnswerOffer(surroundings)(reference, at: try await tenant("maplewater"), by: "staff:region")
        try await deliverAll()
        return reference
    }
}

@Suite("What becomes of a request at the body that answers for it")
struct LifecycleTests {
    @Test("Two clerks at once: one wins, the other is told what the first one did, and nothing of theirs is written")
    func twoClerks() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            let town = try await region.tenant("brindle-bay")
            let step = TakeRequestStep(region.surroundings)
            let seen = try #require(try await region.row(reference, in: "brindle-bay")?.rowVersion)
            let steps: [RequestStep] = [.assignWork, .complete(.notFound)]
            let faults = try await withThrowingTaskGroup(of: ChangedMeanwhile?.self) { group in
                for (number, wanted) in steps.enumerated() {
                    group.addTask {
                        do {
                            _ = try await step(
                                wanted,
                                reference,
                                at: town,
                                by: "staff:\(number)",
                                expectedVersion: seen
                            )
                            return nil
                        } catch let fault as ChangedMeanwhile {
                            return fault
                        }
                    }
                }
                return try await group.reduce(into: [ChangedMeanwhile]()) { if let fault = $1 { $0.append(fault) } }
            }
            let fault = try #require(faults.first)
            #expect(faults.count == 1)
            #expect(fault.expected == seen)
            #expect(fault.current == seen + 1)
            #expect(fault.changes.count == 1)
            let events = try await region.history(reference, in: "brindle-bay")
            #expect(events.count == 3)
            #expect(events.last == fault.changes.first)
            #expect(fault.description.contains(events.last?.actor ?? "nobody"))
            #expect(try await region.row(reference, in: "brindle-bay")?.rowVersion == seen + 1)
        }
    }

    @Test("Fifty clerks at once with the same page open: one step is taken, forty-nine are told")
    func fiftyClerks() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            let town = try await region.tenant("brindle-bay")
            let step = TakeRequestStep(region.surroundings)
            let seen = try #require(try await region.row(reference, in: "brindle-bay")?.rowVersion)
            let told = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        do {
                            _ = try await step(
                                .assignWork,
                                reference,
                                at: town,
                                by: "staff:\(number)",
                                expectedVersion: seen
                            )
                            return false
                        } catch is ChangedMeanwhile {
                            return true
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(told == 49)
            let kinds = try await region.history(reference, in: "brindle-bay").map(\.kind)
            #expect(kinds == [.received, .decided, .workAssigned])
        }
    }

    @Test("A refusal ends it with a reason that the resident reads in either language")
    func declined() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            let reason = try PublicReason(
                english: "The lane belongs to the condominium.",
                french: "La ruelle appartient à la copropriété."
            )
            try await region.step(.decline(reason), reference, at: "brindle-bay")
            let tracked = try #require(try await TrackRequest(region.surroundings)(reference))
            #expect(tracked.request.status == .closed)
            #expect(tracked.request.outcome == .declined)
            #expect(tracked.request.statusNotes == "The lane belongs to the condominium.")
            #expect(tracked.history.last?.description == reason.text)
            #expect(tracked.history.last?.details["outcome"] == "declined")
        }
    }

    @Test("Nobody ends a request of their own without saying how")
    func outcome() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            await #expect(throws: OutcomeNeeded.self) {
                try await region.step(.complete(.unspecified), reference, at: "brindle-bay")
            }
            #expect(try await region.row(reference, in: "brindle-bay")?.status == .open)
        }
    }

    @Test("Made safe it is open as planned work, until somebody repairs it")
    func madeSafe() async throws {
        try await withRegion { region in
            let reference = try await region.ownPothole().reference
            try await region.step(.makeSafe, reference, at: "brindle-bay")
            let safe = try await region.step(.plan, reference, at: "brindle-bay", text: "Repaved in May")
            #expect(safe.status == .open)
            #expect(safe.life.internalState == .madeSafe)
            #expect(safe.life.extendedStatus == .planned)
            let done = try await region.step(.complete(.fixed), reference, at: "brindle-bay")
            #expect(done.status == .closed)
        }
    }

    @Test("A pause says in public why, and is no end")
    func paused() async throws {
        try await withRegion { region in
            // Only a type whose promise is seasonal may wait for the season.
            let answers = try await region.required("RD-SWALK", of: "brindle-bay")
            let reference = try await region.take(
                try region.intake("RD-SWALK", at: Place.localStreet, answers: answers),
                to: "brindle-bay"
            ).reference
            try await region.step(.pause(.season), reference, at: "brindle-bay", text: "From 1 May")
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.life.internalState == .seasonal)
            #expect(row.status == .open)
            let last = try await region.history(reference, in: "brindle-bay").last
            #expect(last?.kind == .paused)
            #expect(last?.details["reason"] == "season")
            #expect(last?.isPublic == true)
            await #expect(throws: RequestLife.IllegalTransition.self) {
                try await region.step(.pause(.beforeCourt), reference, at: "brindle-bay")
            }
            let goesOn = try await region.step(.resume, reference, at: "brindle-bay")
            #expect(goesOn.life.internalState == .received)
        }
    }

    @Test("A type of two steps keeps them until its dated switch; what was taken before keeps what it was taken under")
    func twoSteps() async throws {
        try await withRegion(at: FixedClock("2026-12-30T15:00:00Z")) { region in
            func noise() async throws -> RequestReference {
                let answers = try await region.required("BY-NOISE", of: "fallow")
                return try await region.take(
                    try region.intake("BY-NOISE", at: (44.4, -79.0025), answers: answers),
                    to: "fallow"
                ).reference
            }
            let old = try await noise()
            region.clock.set(to: try Date("2027-01-05T15:00:00Z", strategy: .iso8601))
            let new = try await noise()
            await #expect(throws: RequestLife.IllegalTransition.self) {
                try await region.step(.review, old, at: "fallow")
            }
            #expect(try await region.row(old, in: "fallow")?.life.publicSteps == [.received, .completed])
            #expect(try await region.step(.complete(.fixed), old, at: "fallow").status == .closed)
            #expect(try await region.step(.review, new, at: "fallow").step == .reviewed)
        }
    }

    @Test(
        "The person who reported says in time that it is not done: same reference, counted, their words for staff alone"
    )
    func disputed() async throws {
        try await withRegion { region in
            let receipt = try await region.ownPothole()
            let reference = receipt.reference
            let dispute = DisputeRequest(region.surroundings)
            try await region.step(.complete(.fixed), reference, at: "brindle-bay")
            region.clock.advance(by: 13 * 24 * 3600)
            await #expect(throws: DisputeRequest.Fault.words) {
                _ = try await dispute(reference, words: " ", privateToken: receipt.privateToken, by: "resident")
            }
            await #expect(throws: UnknownRequest.self) {
                _ = try await dispute(reference, words: "No", privateToken: "somebody else's", by: "resident")
            }
            let opened = try await dispute(
                reference,
                words: "Mr Roy still falls into it",
                privateToken: receipt.privateToken,
                by: "resident"
            )
            #expect(opened.reference == reference)
            #expect(opened.life.state == .disputed)
            #expect((opened.life.disputes, opened.status) == (1, .open))
            #expect(opened.completeDue.map { $0 > region.clock.now } == true)
            let events = try await region.history(reference, in: "brindle-bay")
            let said = events.filter { $0.description?.english.contains("Mr Roy") == true }
            #expect(said.map(\.isPublic) == [false])
            #expect(events.first { $0.kind == .reopened }?.details["dispute"] == "true")
            let figures = try await CountRequests(region.surroundings)(
                from: region.clock.now.addingTimeInterval(-30 * 86_400),
                until: region.clock.now
            )
            #expect(figures.region.disputes == 1)
            #expect(figures.region.reopened == 1)
        }
    }

    @Test("After the tenant's window it is too late, and the last day is named; two at once count once")
    func tooLate() async throws {
        try await withRegion { region in
            let receipt = try await region.ownPothole()
            let reference = receipt.reference
            let surroundings = region.surroundings
            try await region.step(.complete(.fixed), reference, at: "brindle-bay")
            let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        do {
                            _ = try await DisputeRequest(surroundings)(reference, words: "No", by: "staff:x")
                            return true
                        } catch is RequestLife.IllegalTransition {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(opened == 1)
            #expect(try await region.row(reference, in: "brindle-bay")?.life.disputes == 1)
            try await region.step(.complete(.fixed), reference, at: "brindle-bay")
            let ended = region.clock.now
            region.clock.advance(by: 16 * 24 * 3600)
            let town = try await region.tenant("brindle-bay")
            let window = DisputeWindow(after: ended, days: 14, in: town.calendar.timeZone)
            await #expect(throws: DisputeRequest.Fault.windowOver(lastDay: window.lastDay)) {
                _ = try await DisputeRequest(surroundings)(reference, words: "No", by: "resident")
            }
            #expect(try await region.row(reference, in: "brindle-bay")?.status == .closed)
        }
    }

    @Test("Through another tenant's operations a request is exactly as unknown as one that never was")
    func twoTenants() async throws {
        try await withRegion { region in
            let own = try await region.ownPothole().reference
            let never = RequestReference.make(code: TenantCode(trusted: "BB"))
            let other = try await region.tenant("cobbleford")
            let surroundings = region.surroundings
            for reference in [own, never] {
                for step in [RequestStep.plan, .resume, .complete(.fixed)] {
                    await #expect(throws: UnknownRequest.self) {
                        _ = try await TakeRequestStep(surroundings)(step, reference, at: other, by: "staff:x")
                    }
                }
                await #expect(throws: UnknownRequest.self) {
                    _ = try await SplitRequest(surroundings)(
                        reference,
                        into: [SplitRequest.Part(service: ServiceCode(trusted: "RD-POTH"))],
                        at: other,
                        by: "staff:x"
                    )
                }
                await #expect(throws: UnknownRequest.self) {
                    _ = try await CorrectRequest(surroundings)(
                        .type(ServiceCode(trusted: "RD-SWALK")),
                        reference,
                        at: other,
                        by: "staff:x"
                    )
                }
            }
            await #expect(throws: UnknownRequest.self) {
                _ = try await WithdrawRequest(surroundings)(never, by: "resident")
            }
            #expect(try await region.history(own, in: "brindle-bay").count == 2)
        }
    }
}
