import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Hub

@Suite("Posting to a town's own jurisdiction")
struct SubmitToTownTests {
    @Test("A place of the next town is elsewhere, and the answer names that town")
    func nextTown() async throws {
        try await withRegion { region in
            let submission = try await region.submit(
                try region.intake(
                    at: Place.cobblefordHome,
                    answers: try await region.required("RD-POTH", of: "brindle-bay")
                ),
                to: "brindle-bay"
            )
            guard case .elsewhere(let answer) = submission else {
                Issue.record("stored: \(submission)")
                return
            }
            #expect(answer.lead?.id.rawValue == "cobbleford")
        }
    }

    @Test("An address alone, and a matter of an outside body, stay with the town: its people find out and answer")
    func staysHere() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH", of: "dunmore-mills")
            let unplaced = try await region.take(
                try region.intake(at: nil, address: "12 Mill St", answers: answers),
                to: "dunmore-mills"
            )
            let highway = try await region.take(
                try region.intake(at: Place.highway7, answers: answers),
                to: "dunmore-mills"
            )
            for reference in [unplaced.reference, highway.reference] {
                let row = try #require(try await region.row(reference, in: "dunmore-mills"))
                #expect(row.standing == .lead)
                #expect(row.life.state == .received)
            }
            #expect(highway.notice?.english.contains("511") == true)
            #expect(try await region.inside("dunmore-mills") { try await Outbox($0).depths() }.isEmpty)
        }
    }

    @Test("Answers that nobody asked for are left out; faults name every field at once")
    func answers() async throws {
        try await withRegion { region in
            var answers = try await region.required("RD-POTH", of: "brindle-bay")
            answers["NOT_ASKED"] = ["x"]
            let receipt = try await region.take(
                try region.intake(at: Place.localStreet, answers: answers),
                to: "brindle-bay"
            )
            let row = try #require(try await region.row(receipt.reference, in: "brindle-bay"))
            #expect(row.answers.values["NOT_ASKED"] == nil)
            let spoiled = try region.intake(
                at: nil,
                description: "a\0b" + String(repeating: "x", count: 4000),
                answers: ["SPOT": ["on the moon"]],
                contact: Requester(email: "no address"),
                media: Array(repeating: "https://x.example/a.jpg", count: 11)
            )
            guard case .refused(let faults) = try await region.submit(spoiled, to: "brindle-bay") else {
                Issue.record("stored")
                return
            }
            let fields = Set(faults.map(\.field))
            #expect(fields.isSuperset(of: ["lat", "description", "email", "media_url"]), "\(fields)")
            guard case .refused(let unknown) = try await region.submit(try region.intake("NO-SUCH"), to: "brindle-bay")
            else {
                Issue.record("stored")
                return
            }
            #expect(unknown.map(\.field) == ["service_code"])
        }
    }

    @Test("Whoever is told besides the lead gets a copy under the same reference, once, and the lead keeps the request")
    func alsoTold() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(
                    "AN-BITE",
                    at: Place.backGarden,
                    answers: try await region.required("AN-BITE"),
                    contact: Requester(phone: "705-555-0199")
                )
            )
            let told = receipt.decision.alsoTold.compactMap(\.lead.tenantID).filter { $0 != receipt.holder }
            #expect(!told.isEmpty)
            try await region.deliverAll()
            for id in Set(told) {
                let copy = try #require(try await region.row(receipt.reference, in: id.rawValue))
                #expect(copy.standing == .mirrored)
                let people = try await region.inside(id.rawValue) { try await Requesters($0).of(receipt.reference) }
                #expect(people.isEmpty, "a copy that is only told names nobody")
            }
            let counted = try await region.inside(receipt.holder.rawValue) { transaction in
                try await ServiceRequests(transaction).counts().filter { $0.standing == .lead }.map(\.count).reduce(
                    0,
                    +
                )
            }
            #expect(counted == 1)
        }
    }

    @Test("Whoever was told hears what the lead does, once, and its own share stays its own")
    func toldHears() async throws {
        try await withRegion { region in
            let receipt = try await region.take(
                try region.intake(
                    "AN-BITE",
                    at: Place.backGarden,
                    answers: try await region.required("AN-BITE"),
                    contact: Requester(phone: "705-555-0199")
                )
            )
            let told = try #require(
                receipt.decision.alsoTold.compactMap(\.lead.tenantID).first { $0 != receipt.holder }
            )
            try await region.deliverAll()
            region.clock.advance(by: 60)
            try await region.step(.review, receipt.reference, at: receipt.holder.rawValue, text: "Read")
            try await region.step(.complete(.fixed), receipt.reference, at: receipt.holder.rawValue, text: "Done")
            try await region.deliverAll()
            let copy = try #require(try await region.row(receipt.reference, in: told.rawValue))
            #expect(copy.life == .received, "what the lead has done is not what this body has done")
            let heard = try await region.history(receipt.reference, in: told.rawValue)
                .filter { $0.kind == .holderReported }
            #expect(heard.compactMap(\.details["kind"]) == ["reviewed", "completed"])
            #expect(heard.last?.details["outcome"] == "fixed")
            #expect(heard.last?.description?.english == "Done")
            let links = try await region.inside(told.rawValue) { try await RequestLinks($0).of(receipt.reference) }
            #expect(links.first { $0.peer == receipt.holder.rawValue }?.remoteStatus == "fixed")
            let lead = try #require(try await region.row(receipt.reference, in: receipt.holder.rawValue))
            #expect(lead.outcome == .fixed && lead.standing == .lead)
        }
    }
}
