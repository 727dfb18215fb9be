import Domain
import Foundation
import Storage
import TestSupport
import Testing
import Transports

@testable import Hub

@Suite("What a connector may say, and of which requests")
struct HearConnectorTests {
    @Test("A word moves the request once, in our time, and its own time stands beside it with what is odd about it")
    func once() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard()])
            let reference = try await region.regionalPothole()
            region.clock.advance(by: 600)
            let words = [
                ConnectorWord(
                    reference: reference.rawValue,
                    messageID: "1",
                    status: "WIP",
                    text: "Crew 4",
                    at: "2036-01-01T00:00:00Z"
                ),
                ConnectorWord(
                    reference: reference.rawValue.lowercased(),
                    messageID: "2",
                    status: "DONE",
                    at: "2020-01-01T00:00:00Z"
                ),
            ]
            #expect(try await region.hear(words, from: "yard").map(\.result) == [.applied, .applied])
            #expect(try await region.hear(words, from: "yard").map(\.result) == [.known, .known])
            let row = try #require(try await region.row(reference, in: "maplewater"))
            #expect(row.outcome == .fixed)
            #expect(row.life.completedAt == region.clock.now, "our clocks move by the instant at which we heard")
            let events = try await region.history(reference, in: "maplewater").filter { $0.actor == "connector:yard" }
            #expect(events.map(\.kind) == [.workAssigned, .completed])
            #expect(events.allSatisfy { $0.at == region.clock.now })
            #expect(events.map { $0.details["told_at_oddity"] } == ["future", "before_request"])
            #expect(events.map { $0.details["told_at"] } == ["2036-01-01T00:00:00Z", "2020-01-01T00:00:00Z"])
        }
    }

    @Test(
        "What the terms do not let it set is noted and moves nothing; priority, place and requester are left out and named"
    )
    func conflict() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard(ConnectorTerms(maySet: [.steps, .notes]))])
            let reference = try await region.regionalPothole()
            let before = try #require(try await region.row(reference, in: "maplewater"))
            let fields = [
                "reference": reference.rawValue, "status": "done", "priority": "P1", "lat": "45.0",
                "address": "1 Other Street",
                "email": "eve@evil.example", "text": "finished",
            ]
            let answers = try await region.hear([ConnectorWord(fields, names: [:])], from: "yard")
            #expect(answers.first?.result == .noted)
            #expect(
                answers.first?.notes == [
                    "yard may not set fixed: it is noted only", "left out: address, email, lat, priority",
                ]
            )
            let after = try #require(try await region.row(reference, in: "maplewater"))
            #expect(after.life == before.life)
            #expect(
                after.priority == before.priority && after.coordinate == before.coordinate
                    && after.address == before.address
            )
            let event = try #require(try await region.history(reference, in: "maplewater").last)
            #expect(event.details["not_allowed"] == "fixed")
            #expect(event.details["left_out"] == "address,email,lat,priority")
            #expect(!event.details.values.contains { $0.contains("evil") || $0 == "P1" })
            #expect(
                try await region.hear([ConnectorWord(reference: reference.rawValue, status: "wip")], from: "yard")
                    .first?.result == .applied
            )
        }
    }

    @Test("A step that is not possible any more stays in the history and changes nothing")
    func illegal() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard()])
            let reference = try await region.regionalPothole()
            func say(_ status: String, _ id: String) async throws -> ConnectorAnswer.Result? {
                try await region.hear(
                    [ConnectorWord(reference: reference.rawValue, messageID: id, status: status)],
                    from: "yard"
                ).first?.result
            }
            #expect(try await say("done", "1") == .applied)
            #expect(try await say("done", "2") == .noted)
            #expect(try await say("reopened", "3") == .applied, "a word that means open, said of what had ended")
            #expect(try await region.row(reference, in: "maplewater")?.status == .open)
        }
    }

    @Test(
        "Refused with the reason: a word nobody knows, no word at all, and a request that was never given to it",
        arguments: ["frobnicated", nil]
    )
    func refused(status: String?) async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard()])
            let reference = try await region.regionalPothole()
            let answer = try #require(
                try await region.hear(
                    [ConnectorWord(reference: reference.rawValue, messageID: "1", status: status)],
                    from: "yard"
                ).first
            )
            #expect(answer.result == .refused)
            #expect(answer.notes.first?.contains(status ?? "neither a status nor a text") == true)
            // Once the tenant's file knows the word, the same message is taken.
            try await region.forward(
                "maplewater",
                to: [region.yard(ConnectorTerms(statuses: ["frobnicated": .planned]))]
            )
            let again = try await region.hear(
                [ConnectorWord(reference: reference.rawValue, messageID: "1", status: "Frobnicated")],
                from: "yard"
            )
            #expect(again.first?.result == .applied)
        }
    }

    @Test("Another tenant's request, one given to another connector and one that never was look exactly alike")
    func strangers() async throws {
        let works = try FakeOpen311Server()
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard(), region.webhook("other", works)])
            let given = try await region.regionalPothole()
            try await region.forward("brindle-bay", to: [region.yard()])
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            let towns = try await region.take(
                try region.intake(at: Place.localStreet, answers: answers),
                to: "brindle-bay"
            ).reference
            let never = RequestReference.make(code: TenantCode(trusted: "MWR"))
            var notes: Set<[String]> = []
            for reference in [towns.rawValue, never.rawValue, "nonsense", "'; DROP TABLE outbox; --"] {
                let answer = try #require(
                    try await region.hear([ConnectorWord(reference: reference, status: "done")], from: "yard").first
                )
                #expect(answer.result == .refused)
                notes.insert(answer.notes)
            }
            #expect(notes.count == 1)
            #expect(try await region.row(towns, in: "brindle-bay")?.life == .received)
            #expect(
                try await region.hear(
                    [ConnectorWord(reference: towns.rawValue, status: "done")],
                    from: "yard",
                    at: "brindle-bay"
                ).first?.result == .applied
            )
            // Only the system that was given it: taken off the list, it speaks of it no more.
            try await region.inside("maplewater") { transaction in
                let links = RequestLinks(transaction)
                for link in try await links.of(given) where link.peer == "yard" {
                    try await links.put(
                        RequestLink(
                            reference: given,
                            peer: "yard",
                            kind: .told,
                            createdAt: link.createdAt,
                            updatedAt: link.updatedAt
                        )
                    )
                }
            }
            #expect(
                try await region.hear([ConnectorWord(reference: given.rawValue, status: "done")], from: "yard").first?
                    .result == .refused
            )
            #expect(
                try await region.hear([ConnectorWord(reference: given.rawValue, status: "done")], from: "other").first?
                    .result == .applied
            )
        }
    }

    @Test("The same message twice at the same moment is one")
    func race() async throws {
        try await withRegion { region in
            try await region.forward("maplewater", to: [region.yard()])
            let reference = try await region.regionalPothole()
            let word = ConnectorWord(reference: reference.rawValue, messageID: "1", status: "wip")
            let results = try await withThrowingTaskGroup(of: ConnectorAnswer.Result?.self) { group in
                for _ in 0..<8 { group.addTask { try await region.hear([word], from: "yard").first?.result } }
                var results: [ConnectorAnswer.Result?] = []
                for try await result in group { results.append(result) }
                return results
            }
            #expect(results.filter { $0 == .applied }.count == 1)
            #expect(results.filter { $0 == .known }.count == 7)
            let events = try await region.history(reference, in: "maplewater").filter { $0.actor == "connector:yard" }
            #expect(events.count == 1)
        }
    }

    @Test("A system hears what others do with its request, never its own words and never what is internal")
    func told() async throws {
        let works = try FakeOpen311Server()
        try await withRegion(at: presentClock()) { region in
            let terms = ConnectorTerms(notesArePublic: false, tells: .all, inbound: .init(keyVariable: "HUB_SECRET_IN"))
            try await region.forward("maplewater", to: [region.webhook("works", works, terms: terms), region.yard()])
            let reference = try await region.regionalPothole()
            _ = try await region.hear(
                [ConnectorWord(reference: reference.rawValue, status: "wip", text: "internal: key under the mat")],
                from: "works"
            )
            _ = try await region.hear(
                [ConnectorWord(reference: reference.rawValue, status: "done", text: "filled")],
                from: "yard"
            )
            try await region.deliverAll(by: region.dispatcher([works]))
            #expect(works.posts.map(\.about) == ["\(reference) request", "\(reference) completed"])
            #expect(works.posts.allSatisfy { !$0.body.contains("mat") })
            #expect(works.posts.last?.body.contains("filled") == true)
        }
    }
}
