import Domain
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing
import Transports

@testable import Hub

/// Keeps the letters that were sent, and answers as told.
final class LetterBox: Sendable {
    private let state = Mutex<(letters: [(DepartmentLetter, UUID)], outcomes: [OutsideOutcome])>(([], []))

    var letters: [DepartmentLetter] { state.withLock { $0.letters.map(\.0) } }
    var keys: [UUID] { state.withLock { $0.letters.map(\.1) } }

    func next(_ outcomes: OutsideOutcome...) { state.withLock { $0.outcomes += outcomes } }

    var delivery: OutsideDelivery {
        var delivery = OutsideDelivery.closed
        delivery.letter = { letter, key in
            self.state.withLock { state in
                state.letters.append((letter, key))
                return state.outcomes.isEmpty ? .taken(remoteID: nil, token: nil) : state.outcomes.removeFirst()
            }
        }
        return delivery
    }
}

@Suite("Letters to a department's mailbox")
struct DepartmentLetterTests {
    @Test("A letter tells the matter, names nobody, and asks for an answer to an address of its own")
    func composed() async throws {
        let box = LetterBox()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.mailbox()])
            let intake = try region.intake(
                description: "Deep hole\r\nBcc: everybody@example.org",
                answers: try await region.required("RD-POTH"),
                contact: Requester(email: "ann@example.org", phone: "705-555-0199", firstName: "Ann", lastName: "Lee")
            )
            let reference = try await region.take(intake).reference
            try await region.deliverAll(by: ForwardServiceRequests(region.surroundings, outside: box.delivery))
            let letter = try #require(box.letters.first)
            #expect(letter.to == "roads@works.example")
            #expect(letter.subject.hasPrefix("[311 \(reference)] New request"))
            #expect(!letter.subject.contains("\n") && letter.subject.unicodeScalars.count <= 120)
            #expect(letter.headers.allSatisfy { !$0.value.contains("\n") && !$0.value.contains("\r") })
            for secret in ["ann@example.org", "705-555-0199", "Ann", "Lee"] {
                #expect(!letter.text.contains(secret) && !letter.subject.contains(secret))
            }
            #expect(letter.text.contains("Deep hole\nBcc: everybody@example.org"), "words in the body are words")
            let replyTo = try #require(letter.replyTo)
            #expect(replyTo.hasPrefix("answers+") && replyTo.hasSuffix("@311.example"))
            #expect(replyTo.prefix { $0 != "@" }.utf8.count <= 64)
            let tenant = try await region.tenant("maplewater")
            let addresses = ReplyAddress(key: Data(repeating: 7, count: 32), tenant: tenant.code, connector: "box")
            #expect(addresses.reference(in: replyTo) == reference)
            #expect(addresses.reference(in: replyTo.uppercased()) == reference)
        }
    }

    @Test("A letter in doubt is sent again under the same key where the file says so, and counted in the history")
    func resend() async throws {
        let box = LetterBox()
        box.next(.uncertain("the server closed the connection"))
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.mailbox(.resend)])
            let reference = try await region.regionalPothole()
            let dispatcher = ForwardServiceRequests(region.surroundings, outside: box.delivery)
            try await region.deliverPatiently(by: dispatcher)
            #expect(box.letters.count == 2)
            #expect(Set(box.keys).count == 1)
            let kinds = try await region.history(reference, in: "maplewater").map(\.kind)
            #expect(kinds.filter { $0 == .forwardingUncertain }.count == 1)
        }
    }

    @Test("Where the file says so it waits for an operator, who says whether it arrived", arguments: [true, false])
    func asksOperator(arrived: Bool) async throws {
        let box = LetterBox()
        box.next(.uncertain("the server closed the connection"))
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.mailbox(.askOperator)])
            _ = try await region.regionalPothole()
            let dispatcher = ForwardServiceRequests(region.surroundings, outside: box.delivery)
            try await region.deliverAll(by: dispatcher)
            region.clock.advance(by: 100 * 3600)
            try await region.deliverAll(by: dispatcher)
            #expect(box.letters.count == 1, "never sent again by itself")
            let row = try #require(try await region.unsent(to: "department:box").first)
            #expect(row.state == .dead && row.isDoubtful)
            let now = region.clock.now
            #expect(try await region.inside("maplewater") { try await Outbox($0).retry(row.id, now: now) })
            try await region.deliverAll(by: dispatcher)
            #expect(box.letters.count == 1, "a plain retry does not send what may be there")
            #expect(
                try await region.inside("maplewater") { transaction in
                    try await Outbox(transaction).settle(row.id, arrived: arrived, by: "ann", now: now)
                }
            )
            try await region.deliverAll(by: dispatcher)
            #expect(box.letters.count == (arrived ? 1 : 2))
            #expect(try await region.unsent(to: "department:box").isEmpty)
        }
    }

    @Test("Without a sender of mail letters wait, and go once there is one")
    func waits() async throws {
        let box = LetterBox()
        try await withRegion(at: presentClock()) { region in
            try await region.forward("maplewater", to: [region.mailbox()])
            _ = try await region.regionalPothole()
            try await region.deliverAll()
            #expect(try await region.unsent(to: "department:box").map(\.state) == [.failed])
            region.clock.advance(by: 400)
            try await region.deliverAll(by: ForwardServiceRequests(region.surroundings, outside: box.delivery))
            #expect(box.letters.count == 1)
        }
    }
}
