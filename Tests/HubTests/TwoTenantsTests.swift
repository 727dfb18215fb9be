import Domain
import Foundation
import Hub
import Storage
import TestSupport
import Testing

@Suite("What belongs to one tenant, asked through another")
struct TwoTenantsTests {
    @Test("A reference of the town read through every other jurisdiction is exactly as unknown as one that never was")
    func references() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            let own = try await region.take(
                try region.intake(at: Place.localStreet, answers: answers),
                to: "brindle-bay"
            )
            let never = RequestReference.make(code: TenantCode(trusted: "BB"))
            let read = ReadServiceRequest(region.surroundings)
            let town = try await region.tenant("brindle-bay")
            #expect(try await read(own.reference.rawValue, in: town)?.request.reference == own.reference)
            for id in ["maplewater", "cobbleford", "maplewater-311"] {
                let other = try await region.tenant(id)
                #expect(try await read(own.reference.rawValue, in: other) == nil, "\(id)")
                #expect(try await read(never.rawValue, in: other) == nil, "\(id)")
                let posted = try await PostUpdate(region.surroundings)(
                    UpdateIntake(
                        requestID: own.reference.rawValue,
                        clientUpdateID: "1",
                        status: .closed,
                        updatedAt: region.clock.now,
                        description: "closed by a stranger"
                    ),
                    in: other,
                    client: ClientIdentity(id: "stranger")
                )
                #expect(posted == .unknownRequest, "\(id)")
                var lots = ListServiceRequests(region.surroundings)(
                    RequestFilter(references: [own.reference], readableAt: region.clock.now),
                    page: 1,
                    pageSize: 50,
                    in: other
                )
                var listed = 0
                while let lot = try await lots.next() { listed += lot.count }
                #expect(listed == 0, "\(id)")
            }
            #expect(try await region.row(own.reference, in: "brindle-bay")?.status == .open)
        }
    }

    @Test("What was posted through the hub is read through the hub and through its own tenant, and through no third")
    func throughHub() async throws {
        try await withRegion { region in
            let receipt = try await region.take(try region.intake(answers: try await region.required("RD-POTH")))
            let read = ReadServiceRequest(region.surroundings)
            for (id, isThere) in [("maplewater-311", true), ("maplewater", true), ("brindle-bay", false)] {
                let found = try await read(receipt.reference.rawValue.lowercased(), in: try await region.tenant(id))
                #expect((found != nil) == isThere, "\(id)")
            }
            let posted = try await PostUpdate(region.surroundings)(
                UpdateIntake(
                    requestID: receipt.reference.rawValue,
                    clientUpdateID: "1",
                    status: .inProgress,
                    updatedAt: region.clock.now,
                    description: "On our way"
                ),
                in: try await region.hub(),
                client: ClientIdentity(id: "city-app")
            )
            guard case .recorded = posted else {
                Issue.record("\(posted)")
                return
            }
            #expect(try await region.row(receipt.reference, in: "maplewater")?.step == .workAssigned)
        }
    }

    @Test("A batch token opens at the door it was given at, and nowhere else")
    func tokens() async throws {
        try await withRegion { region in
            let town = try await region.tenant("brindle-bay")
            let batch = try #require(
                town.catalogue.offered(on: town.day(of: region.clock.now)).first { $0.kind == .batch }
            )
            let receipt = try await region.take(
                try region.intake(
                    batch.code.rawValue,
                    at: Place.localStreet,
                    answers: try await region.required(batch.code.rawValue, of: "brindle-bay")
                ),
                to: "brindle-bay"
            )
            let token = try #require(receipt.token)
            let read = ReadToken(region.surroundings)
            #expect(try await read(token, in: town) == .waiting)
            #expect(try await ReadServiceRequest(region.surroundings)(receipt.reference.rawValue, in: town) == nil)
            region.clock.advance(by: 6)
            #expect(try await read(token, in: town) == .assigned(receipt.reference))
            for id in ["maplewater-311", "maplewater", "cobbleford"] {
                #expect(try await read(token, in: try await region.tenant(id)) == .unknown, "\(id)")
            }
            for wrong in [
                "", "bb-", "BB-x", token + "x", String(repeating: "a", count: 5000), "zz-" + token.dropFirst(3),
            ] {
                #expect(try await read(wrong, in: town) == .unknown)
                #expect(try await read(wrong, in: try await region.hub()) == .unknown)
            }
        }
    }

    @Test("Messages are listed by their own tenant alone, once however often they were sent")
    func updates() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            let own = try await region.take(
                try region.intake(at: Place.localStreet, answers: answers),
                to: "brindle-bay"
            )
            let town = try await region.tenant("brindle-bay")
            let message = UpdateIntake(
                requestID: own.reference.rawValue,
                clientUpdateID: "m-1",
                status: .inProgress,
                updatedAt: region.clock.now,
                description: "Crew is on its way",
                author: Requester(email: "crew@example.org")
            )
            let answersGiven = try await withThrowingTaskGroup(of: PostedUpdate.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await PostUpdate(region.surroundings)(
                            message,
                            in: town,
                            client: ClientIdentity(id: "works")
                        )
                    }
                }
                return try await group.reduce(into: Set<PostedUpdate>()) { $0.insert($1) }
            }
            #expect(answersGiven.count == 1)
            let window = region.clock.now.addingTimeInterval(-60)...region.clock.now.addingTimeInterval(60)
            let list = ListUpdates(region.surroundings)
            #expect(try await list(window, in: town).map(\.description) == ["Crew is on its way"])
            for id in ["cobbleford", "maplewater", "maplewater-311"] {
                #expect(try await list(window, in: try await region.tenant(id)).isEmpty)
            }
            let assigned = try await region.history(own.reference, in: "brindle-bay").filter {
                $0.kind == .workAssigned
            }
            #expect(assigned.count == 1)
        }
    }

    @Test("A key of one town opens no other, no right it was not given, and nothing once it is revoked or has run out")
    func keys() async throws {
        try await withRegion { region in
            let now = region.clock.now
            let manage = ManageKeys(databases: region.databases)
            let secret = try await manage.create(
                label: "app",
                jurisdictions: [JurisdictionID(trusted: "brindle-bay")],
                rights: [.submit],
                expiresAt: now.addingTimeInterval(3600),
                by: "test",
                now: now
            )
            let town = try await region.tenant("brindle-bay")
            let other = try await region.tenant("cobbleford")
            let check = AuthenticateKey(region.surroundings)
            #expect(try await check(secret.text, for: town, right: .submit) == ClientIdentity(id: secret.keyID))
            #expect(try await check(secret.text, for: town, right: .update) == nil)
            #expect(try await check(secret.text, for: other, right: .submit) == nil)
            #expect(try await check(secret.text + "x", for: town, right: .submit) == nil)
            #expect(try await check("", for: town, right: .submit) == nil)
            #expect(try await check(secret.keyID, for: town, right: .submit) == nil)
            #expect(try await manage.revoke(secret.keyID, by: "test", now: now))
            region.clock.advance(by: AuthenticateKey.memorySeconds)
            #expect(try await check(secret.text, for: town, right: .submit) == nil)
            let short = try await manage.create(
                label: "short",
                jurisdictions: [],
                rights: [.submit],
                expiresAt: region.clock.now.addingTimeInterval(2),
                by: "test",
                now: region.clock.now
            )
            #expect(try await check(short.text, for: other, right: .submit) != nil)
            region.clock.advance(by: 3)
            #expect(try await check(short.text, for: other, right: .submit) == nil)
        }
    }

    @Test("A confidential matter is read, listed and followed by nobody but who has the private link")
    func confidential() async throws {
        try await withRegion { region in
            let hub = try await region.hub()
            let hidden = hub.catalogue.offered(on: hub.day(of: region.clock.now)).filter { $0.visibility != .public }
            #expect(!hidden.isEmpty)
            var seen = 0
            for service in hidden.prefix(6) {
                let submission = try await region.submit(
                    try region.intake(
                        service.code.rawValue,
                        at: Place.localStreet,
                        channel: .web,
                        answers: try await region.required(service.code.rawValue),
                        contact: Requester(email: "a@example.org")
                    )
                )
                guard case .taken(let receipt) = submission else { continue }
                seen += 1
                let holder = try #require(try await region.surroundings.directory.tenant(receipt.holder))
                #expect(
                    try await region.row(receipt.reference, in: receipt.holder.rawValue)?.visibility
                        == service.visibility
                )
                #expect(
                    try await ReadServiceRequest(region.surroundings)(receipt.reference.rawValue, in: holder) == nil
                )
                #expect(try await ReadServiceRequest(region.surroundings)(receipt.reference.rawValue, in: hub) == nil)
                let track = TrackRequest(region.surroundings)
                #expect(try await track(receipt.reference) == nil)
                #expect(try await track(receipt.reference, privateToken: "x") == nil)
                #expect(
                    try await track(receipt.reference, privateToken: receipt.privateToken)?.request.reference
                        == receipt.reference
                )
            }
            #expect(seen > 0)
        }
    }
}
