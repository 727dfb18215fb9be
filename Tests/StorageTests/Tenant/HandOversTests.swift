import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Hand-overs, links and targets as stored")
struct HandOversTests {
    let now = Sample.morning

    @Test(
        "each answer comes back as it was given",
        arguments: ["accept", "refuse", "refuse late", "time out", "withdraw"]
    )
    func answers(kind: String) async throws {
        try await withTenantSchemas(2) { hub in
            let code = hub.codes[0]
            var offer = try await offered(hub, code)
            if kind == "refuse late" {
                _ = try offer.handOver.accept(at: now + 30)
                let taken = offer
                #expect(try await save(taken, hub, code))
            }
            switch kind {
            case "accept": _ = try offer.handOver.accept(at: now + 60)
            case "time out": _ = try offer.handOver.timeOut(at: now + 7200)
            case "withdraw": _ = try offer.handOver.withdraw(at: now + 60)
            default: _ = try offer.handOver.refuse(.init(.notOurAsset, text: "A county road."), at: now + 60)
            }
            let answered = offer
            #expect(try await save(answered, hub, hub.codes[1]) == false)
            #expect(try await save(answered, hub, code))
            let read = try await hub.databases.withTenant(code) { try await HandOvers($0).read(answered.id, .out) }
            #expect(read == answered)
            let side = try await hub.databases.withTenant(code) { try await HandOvers($0).read(answered.id, .into) }
            #expect(side == nil)
        }
    }

    @Test("of two answers the first counts")
    func twoAnswers() async throws {
        try await withTenantSchemas(1) { hub in
            let offer = try await offered(hub, hub.codes[0])
            var (accepted, refused, timedOut) = (offer, offer, offer)
            _ = try refused.handOver.refuse(.init(.other, text: "no"), at: now + 1)
            _ = try accepted.handOver.accept(at: now + 2)
            _ = try timedOut.handOver.timeOut(at: now + 7200)
            let (first, second, third) = (refused, accepted, timedOut)
            #expect(try await save(first, hub, hub.codes[0]))
            #expect(try await save(second, hub, hub.codes[0]) == false)
            #expect(try await save(third, hub, hub.codes[0]) == false)
        }
    }

    @Test("a request is offered to one body at a time")
    func oneAtATime() async throws {
        try await withTenantSchemas(1) { hub in
            var offer = try await offered(hub, hub.codes[0])
            let second = StoredHandOver(id: UUID(), direction: .out, handOver: offer.handOver)
            let fault = await #expect(throws: StorageError.self) {
                try await hub.databases.withTenant(hub.codes[0]) { try await HandOvers($0).insert(second) }
            }
            #expect(fault?.isAlreadyThere == true)
            _ = try offer.handOver.withdraw(at: now + 1)
            let withdrawn = offer
            #expect(try await save(withdrawn, hub, hub.codes[0]))
            try await hub.databases.withTenant(hub.codes[0]) { try await HandOvers($0).insert(second) }
            let all = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await HandOvers(transaction).of(withdrawn.handOver.reference)
            }
            #expect(Set(all.map(\.id)) == [withdrawn.id, second.id])
        }
    }

    @Test("offers that ran out are found, others are not")
    func overdue() async throws {
        try await withTenantSchemas(1) { hub in
            let offer = try await offered(hub, hub.codes[0])
            for (instant, expected) in [(now + 3599, []), (now + 3600, [offer.id])] {
                let found = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                    try await HandOvers(transaction).open(.out, dueBefore: instant)
                }
                #expect(found.map(\.id) == expected)
            }
        }
    }

    @Test("a link is found by the peer's number and replaced by the next news")
    func links() async throws {
        try await withTenantSchemas(2) { hub in
            let request = Sample.request(hub.codes[0])
            func link(_ remoteID: String?, pollAt: Date?) -> RequestLink {
                RequestLink(
                    reference: request.reference,
                    peer: "works-system",
                    kind: .copy,
                    remoteID: remoteID,
                    remoteToken: "t",
                    pollDueAt: pollAt,
                    createdAt: now,
                    updatedAt: now
                )
            }
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ServiceRequests(transaction).insert(request)
                try await RequestLinks(transaction).put(link(nil, pollAt: now + 60))
            }
            let due = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                (
                    try await RequestLinks(transaction).dueForPolling(now: now + 59),
                    try await RequestLinks(transaction).dueForPolling(now: now + 60)
                )
            }
            #expect(due.0.isEmpty)
            #expect(due.1 == [link(nil, pollAt: now + 60)])
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await RequestLinks(transaction).put(link("1042", pollAt: nil))
            }
            for (code, expected) in [(hub.codes[0], [link("1042", pollAt: nil)]), (hub.codes[1], [])] {
                let found = try await hub.databases.withTenant(code) { transaction in
                    try await RequestLinks(transaction).find(peer: "works-system", remoteID: "1042")
                }
                #expect([found].compactMap { $0 } == expected)
            }
        }
    }

    @Test("the condition of a target is kept per tenant")
    func targets() async throws {
        try await withTenantSchemas(2) { hub in
            var condition = TargetCondition(target: "works-system", updatedAt: now)
            condition.failuresInARow = 3
            condition.closedUntil = now + 300
            condition.updatesReadTo = now - 60
            condition.lastFault = "503"
            let written = condition
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ForwardingTargets(transaction).put(TargetCondition(target: "works-system", updatedAt: now))
                try await ForwardingTargets(transaction).put(written)
            }
            for (code, expected) in [(hub.codes[0], [written]), (hub.codes[1], [])] {
                let found = try await hub.databases.withTenant(code) { try await ForwardingTargets($0).all() }
                #expect(found == expected)
            }
        }
    }

    private func offered(_ hub: TestHub, _ code: TenantCode) async throws -> StoredHandOver {
        let request = Sample.request(code)
        let offer = StoredHandOver(
            id: UUID(),
            direction: .out,
            handOver: HandOver(
                reference: request.reference,
                origin: request.tenant,
                peer: .partner(PartnerID(trusted: "greyhaven")),
                offeredAt: now,
                answerDue: now + 3600,
                earlierBounces: 1
            ),
            message: "Yours?",
            decision: Sample.decision()
        )
        try await hub.databases.withTenant(code) { transaction in
            try await ServiceRequests(transaction).insert(request)
            try await HandOvers(transaction).insert(offer)
        }
        return offer
    }

    private func save(_ offer: StoredHandOver, _ hub: TestHub, _ code: TenantCode) async throws -> Bool {
        try await hub.databases.withTenant(code) { try await HandOvers($0).save(offer, answeredBy: "tenant:x") }
    }
}
