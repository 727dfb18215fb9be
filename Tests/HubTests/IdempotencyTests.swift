import Domain
import Foundation
import Hub
import Postgres
import Storage
import TestSupport
import Testing

@Suite("Submitting with a key against doubling")
struct IdempotencyTests {
    @Test("Fifty copies at once make one request and fifty equal answers")
    func fiftyAtOnce() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH")
            let intake = try region.intake(
                channel: .web,
                answers: answers,
                contact: Requester(phone: "1"),
                key: "form-1"
            )
            let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
                for _ in 0..<50 { group.addTask { try await region.take(intake) } }
                return try await group.reduce(into: [Receipt]()) { $0.append($1) }
            }
            #expect(receipts.count == 50)
            #expect(receipts.filter { !$0.isReplay }.count == 1)
            #expect(Set(receipts.map(\.reference)).count == 1)
            #expect(Set(receipts.map(\.privateToken)).count == 1)
            #expect(receipts[0].privateToken != nil)
            #expect(Set(receipts.map(\.notice)).count == 1)
            let rows = try await region.inside("maplewater") { transaction in
                (
                    try await ServiceRequests(transaction).counts().map(\.count).reduce(0, +),
                    try await Requesters(transaction).of(receipts[0].reference).count
                )
            }
            #expect(rows.0 == 1)
            #expect(rows.1 == 1)
        }
    }

    @Test("The same key with another body is refused, with another place as well; another client's same key is its own")
    func otherBody() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH")
            let first = try region.intake(answers: answers, key: "k")
            let receipt = try await region.take(first, client: "a")
            let others = [
                try region.intake(description: "Another hole", answers: answers, key: "k"),
                try region.intake(at: (44.12, -79.20005), answers: answers, key: "k"),
                try region.intake(answers: answers, contact: Requester(email: "b@example.org"), key: "k"),
            ]
            for other in others {
                await #expect(throws: IdempotencyFault.otherBody) { _ = try await region.take(other, client: "a") }
            }
            let foreign = try await region.take(first, client: "b")
            #expect(foreign.reference != receipt.reference)
            #expect(!foreign.isReplay)
        }
    }

    @Test("Given again after a restart, at another time of day: the same answer; forgotten when its time is over")
    func restarted() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH")
            let receipt = try await region.take(try region.intake(channel: .web, answers: answers, key: "k"))
            region.clock.advance(by: 3600)
            let fresh = try await region.restarted()
            let again = try await fresh.take(try fresh.intake(channel: .web, answers: answers, key: "k"))
            #expect(again.isReplay)
            #expect(again.reference == receipt.reference)
            #expect(again.privateToken == receipt.privateToken)
            #expect(again.decision == receipt.decision)
            region.clock.advance(by: 49 * 3600)
            let later = try await fresh.take(try fresh.intake(channel: .web, answers: answers, key: "k"))
            #expect(later.reference != receipt.reference)
        }
    }

    @Test("Neither the private link nor the key can be read in the database; only the link's hash is kept")
    func nothingSecretStored() async throws {
        try await withRegion { region in
            let key = "a-key-nobody-else-has"
            let receipt = try await region.take(
                try region.intake(channel: .web, answers: try await region.required("RD-POTH"), key: key)
            )
            let token = try #require(receipt.privateToken)
            let dump = try await region.asSuperuser { session in
                try await session.query(
                    """
                    SELECT (SELECT string_agg(t::text, ' ') FROM t_mwr.idempotency_key AS t) AS keys,
                        (SELECT string_agg(t::text, ' ') FROM t_mwr.requester AS t) AS people,
                        (SELECT string_agg(t::text, ' ') FROM t_mwr.service_request AS t) AS requests,
                        (SELECT private_token_hash FROM t_mwr.requester) AS hash
                    """
                )
            }
            let row = try #require(dump.first)
            for column in ["keys", "people", "requests"] {
                let text: String = try row.decode(column)
                #expect(!text.contains(token), "\(column)")
                #expect(!text.contains(key), "\(column)")
            }
            #expect(try row.decode("hash", as: Data.self) == SecretToken.hash(token))
            let opened = try await region.inside("maplewater") { transaction in
                (
                    try await Requesters(transaction).tokenOpens(receipt.reference, tokenHash: SecretToken.hash(token)),
                    try await Requesters(transaction).tokenOpens(
                        receipt.reference,
                        tokenHash: SecretToken.hash("x" + token)
                    )
                )
            }
            #expect(opened == (true, false))
        }
    }
}
