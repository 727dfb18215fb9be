import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("What a witness says")
struct StaffOnlyTests {
    private func dumping(_ region: DemonstrationRegion, more: [String: [String]] = [:]) async throws -> [String:
        [String]]
    {
        var answers = try await region.required("WS-DUMP")
        answers["SEEN"] = ["yes"]
        answers["PLATE"] = ["ABCD 123"]
        return answers.merging(more) { $1 }
    }

    @Test("is stored for the lead's staff, marked, and no part of the words that anybody may read")
    func stored() async throws {
        try await withRegion { region in
            let intake = try region.intake(
                "WS-DUMP",
                at: Place.localStreet,
                answers: try await dumping(
                    region,
                    more: ["WHAT": ["Two mattresses; the driver's number is 705-555-0199"]]
                )
            )
            let receipt = try await region.take(intake)
            let row = try #require(try await region.row(receipt.reference, in: receipt.holder.rawValue))
            #expect(row.answers["SEEN"] == ["yes"])
            #expect(row.answers["PLATE"] == ["ABCD 123"])
            #expect(row.staffOnlyAnswers == ["PLATE", "SEEN", "WHAT"])
            #expect(!row.description.contains("ABCD"))
            let read = try #require(
                try await ReadServiceRequest(region.surroundings)(
                    receipt.reference.rawValue,
                    in: try await region.tenant(receipt.holder.rawValue),
                    withHistory: true
                )
            )
            #expect(
                read.request.publicAnswers(of: read.service).values.keys.allSatisfy { $0 == "ITEMS" || $0 == "HAZARD" }
            )
        }
    }

    @Test("stays an answer where the other type does not ask it, never a line of the description")
    func transferred() async throws {
        try await withRegion { region in
            let hub = try await region.hub()
            let dump = try #require(hub.service(ServiceCode(trusted: "WS-DUMP"), at: region.clock.now))
            let other = try #require(hub.service(ServiceCode(trusted: "PK-PLAY"), at: region.clock.now))
            let given: Answers = ["SEEN": ["yes"], "PLATE": ["ABCD 123"], "WHAT": ["a sofa"]]
            let transfer = AnswerTransfer(given, from: dump, to: other, language: .english)
            #expect(transfer.answers["PLATE"] == ["ABCD 123"])
            #expect(transfer.answers["SEEN"] == ["yes"])
            #expect(!transfer.appended(to: "Look").contains("ABCD"))
            // Marked at intake, though neither type marks it.
            let carried = AnswerTransfer(
                ["REMARK": ["call 705-555-0199"]],
                from: dump,
                to: other,
                language: .english,
                staffOnly: ["REMARK"]
            )
            #expect(carried.answers["REMARK"] == ["call 705-555-0199"])
            #expect(carried.remainder.isEmpty)
        }
    }

    @Test("goes with the request to the body that takes it over, and is as hidden there")
    func handedOver() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake("WS-DUMP", at: Place.localStreet, answers: try await dumping(region))
            )
            let row = try #require(try await region.row(receipt.reference, in: receipt.holder.rawValue))
            let receiver = try await region.tenant("cobbleford")
            let asked = try await region.tenant(receipt.holder.rawValue).service(row.serviceCode, at: region.clock.now)
            let copy = ReceivedCopy(asked: asked, receiver: receiver).of(row, standing: .lead, now: region.clock.now)
            #expect(copy.answers["PLATE"] == ["ABCD 123"])
            #expect(copy.staffOnlyAnswers == ["PLATE", "SEEN"])
            #expect(!copy.description.contains("ABCD"))
        }
    }

    @Test("is not told to bodies that only do a share")
    func share() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake("WS-DUMP", at: Place.localStreet, answers: try await dumping(region))
            )
            var row = try #require(try await region.row(receipt.reference, in: receipt.holder.rawValue))
            let other = try await region.tenant("cobbleford")
            row.decision = Decision(
                lead: .tenant(receipt.holder),
                mode: .take,
                alsoTold: [
                    AlsoTold(
                        lead: .tenant(other.id),
                        part: ServicePart(trusted: "waste.dumping"),
                        ruleID: "test",
                        reason: LocalizedText(same: "a share")
                    )
                ],
                confidence: .certain,
                rung: .mapPoint,
                ruleID: "test",
                ruleVersion: "1",
                generation: nil,
                part: ServicePart(trusted: "waste.dumping"),
                residentText: LocalizedText(same: "x"),
                staffText: LocalizedText(same: "x"),
                asOf: region.clock.now
            )
            let items = try OutgoingWork.shares(of: row, home: try await region.tenant(receipt.holder.rawValue))
            #expect(items.count == 1)
            let payload = try #require(items.first).payload.text
            #expect(payload.contains("WS-DUMP") && !payload.contains("ABCD"))
        }
    }
}
