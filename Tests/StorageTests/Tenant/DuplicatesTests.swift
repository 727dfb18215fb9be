import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Duplicates, followers and what waits for a person, as stored")
struct StoredDuplicatesTests {
    let now = Sample.morning

    @Test("Children of a parent are each tenant's own, and the next lot comes after the last one")
    func children() async throws {
        try await withTenantSchemas(2) { hub in
            let parent = RequestReference.make(code: hub.codes[0])
            for code in hub.codes {
                try await hub.databases.withTenant(code) { transaction in
                    for closed in [false, false, true] {
                        var request = Sample.request(code)
                        request.parent = parent
                        if closed { _ = try request.life.complete(.fixed, at: now) }
                        try await ServiceRequests(transaction).insert(request)
                    }
                    try await ServiceRequests(transaction).insert(Sample.request(code))
                }
            }
            for code in hub.codes {
                try await hub.databases.withTenant(code) { transaction in
                    let duplicates = Duplicates(transaction)
                    #expect(try await duplicates.counts(of: parent) == (3, 2))
                    let first = try await duplicates.openChildren(of: parent, limit: 1)
                    let rest = try await duplicates.openChildren(
                        of: parent,
                        after: first[0].reference.rawValue,
                        limit: 5
                    )
                    #expect(first.count == 1 && rest.count == 1)
                    #expect((first + rest).allSatisfy { $0.reference.code == code })
                    #expect(try await duplicates.hasChildren(of: parent))
                    #expect(try await !duplicates.hasChildren(of: RequestReference.make(code: code)))
                }
            }
        }
    }

    @Test("A row cannot repeat itself")
    func itself() async throws {
        try await withTenantSchemas(1) { hub in
            var request = Sample.request(hub.codes[0])
            request.parent = request.reference
            let own = request
            await #expect(throws: StorageError.self) {
                try await hub.databases.withTenant(hub.codes[0]) { try await ServiceRequests($0).insert(own) }
            }
        }
    }

    @Test("Peers of a parent are noted once, and only at the tenant that noted them")
    func peers() async throws {
        try await withTenantSchemas(2) { hub in
            let parent = RequestReference.make(code: hub.codes[0])
            let peer = JurisdictionID(trusted: "cobbleford")
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                for _ in 0..<2 { try await Duplicates(transaction).notePeer(peer, of: parent, at: now) }
            }
            let seen = try await hub.databases.withTenant(hub.codes[0]) { try await Duplicates($0).peers(of: parent) }
            let other = try await hub.databases.withTenant(hub.codes[1]) { try await Duplicates($0).peers(of: parent) }
            #expect(seen == [peer])
            #expect(other.isEmpty)
        }
    }

    @Test("Somebody joins a request once, and is not seen through another tenant")
    func followers() async throws {
        try await withTenantSchemas(2) { hub in
            let request = Sample.request(hub.codes[0])
            func follower() -> StoredFollower {
                StoredFollower(
                    reference: request.reference,
                    requesterID: nil,
                    joiningKey: "same",
                    channel: .web,
                    language: .french,
                    joinedAt: now
                )
            }
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ServiceRequests(transaction).insert(request)
                try await Followers(transaction).insert(follower())
            }
            await #expect(throws: StorageError.self) {
                try await hub.databases.withTenant(hub.codes[0]) { try await Followers($0).insert(follower()) }
            }
            for (code, count) in zip(hub.codes, [1, 0]) {
                let (found, isThere) = try await hub.databases.withTenant(code) { transaction in
                    let followers = Followers(transaction)
                    return (
                        try await followers.count(of: request.reference),
                        try await followers.has("same", of: request.reference)
                    )
                }
                #expect(found == count)
                #expect(isThere == (count == 1))
            }
        }
    }

    @Test("What waits comes in the order it came, is decided once and for all tenants apart")
    func moderation() async throws {
        try await withTenantSchemas(2) { hub in
            let request = Sample.request(hub.codes[0])
            var first = ModerationItem(
                reference: request.reference,
                piece: .description,
                reasons: ["contact"],
                enteredAt: now
            )
            let second = ModerationItem(
                reference: request.reference,
                piece: .photo(1),
                reasons: ["photo"],
                enteredAt: now + 1
            )
            let items = [second, first]
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ServiceRequests(transaction).insert(request)
                for item in items { try await ModerationItems(transaction).insert(item) }
            }
            let held = try await hub.databases.withTenant(hub.codes[0]) { try await ModerationItems($0).held() }
            #expect(held == [first, second])
            let other = try await hub.databases.withTenant(hub.codes[1]) { try await ModerationItems($0).held() }
            #expect(other.isEmpty)
            try first.state.release()
            (first.decidedAt, first.decidedBy) = (now + 2, "staff:kim")
            let decided = first
            try await hub.databases.withTenant(hub.codes[0]) { try await ModerationItems($0).save(decided) }
            let rest = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                (try await ModerationItems(transaction).held(), try await ModerationItems(transaction).depth())
            }
            #expect(rest.0 == [second])
            #expect(rest.1.waiting == 1 && rest.1.oldest == now + 1)
        }
    }

    @Test("Changes are told in lots and struck off; only public requests that are led here have a place in the index")
    func placeChanges() async throws {
        try await withTenantSchemas(2) { hub in
            let point = try Sample.coordinate()
            let shown = Sample.request(hub.codes[0], coordinate: point)
            let others = [
                Sample.request(hub.codes[0]), Sample.request(hub.codes[0], standing: .mirrored, coordinate: point),
                Sample.request(hub.codes[0], coordinate: point, visibility: .confidential),
            ]
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                for request in [shown] + others {
                    try await ServiceRequests(transaction).insert(request)
                    try await PlaceChanges(transaction).note(request.reference)
                }
            }
            let other = try await hub.databases.withTenant(hub.codes[1]) { try await PlaceChanges($0).waiting() }
            #expect(other.numbers.isEmpty)
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let changes = PlaceChanges(transaction)
                let waiting = try await changes.waiting()
                #expect(waiting.numbers.count == 4)
                let places = try await changes.places(of: waiting.references, audience: .everybody(now + 60))
                #expect(places.map(\.reference) == [shown.reference])
                #expect(places.first?.coordinate == point)
                try await changes.strikeOff(waiting.numbers)
                #expect(try await changes.waiting().numbers.isEmpty)
            }
        }
    }

    @Test("The index keeps the newest state of a request for each tenant, and a tenant empties only its own")
    func requestPlaces() async throws {
        try await withTenantSchemas(1) { hub in
            let point = try Sample.coordinate()
            let reference = RequestReference.make(code: hub.codes[0])
            func place(_ tenant: String, version: Int, step: PublicStep) -> RequestPlace {
                RequestPlace(
                    reference: reference,
                    tenant: JurisdictionID(trusted: tenant),
                    publicType: ServiceCode(trusted: "RD-POTH"),
                    part: ServicePart(trusted: "road.surface"),
                    coordinate: point,
                    road: nil,
                    status: .open,
                    step: step,
                    outcome: nil,
                    requestedAt: now,
                    completedAt: nil,
                    parent: nil,
                    rowVersion: version
                )
            }
            try await hub.databases.withHub { transaction in
                let places = RequestPlaces(transaction)
                for (tenant, version, step) in [
                    ("a-town", 2, PublicStep.reviewed), ("a-town", 1, .received), ("b-town", 1, .received),
                ] {
                    let one = place(tenant, version: version, step: step)
                    try await places.put([one], of: one.tenant, among: [reference])
                }
            }
            func near(_ parts: [String]) async throws -> [String: PublicStep] {
                let circle = SearchCircle(centre: point, metres: 10)
                let found = try await hub.databases.withHub(.readOnly) { transaction in
                    try await RequestPlaces(transaction)
                        .near(circle, parts: parts.map(ServicePart.init(trusted:)), types: [], endedAfter: now)
                }
                return Dictionary(uniqueKeysWithValues: found.map { ($0.place.tenant.rawValue, $0.place.step) })
            }
            #expect(try await near(["road.surface"]) == ["a-town": .reviewed, "b-town": .received])
            #expect(try await near(["light.street"]).isEmpty)
            try await hub.databases.withHub { try await RequestPlaces($0).empty(of: JurisdictionID(trusted: "a-town")) }
            #expect(try await near(["road.surface"]) == ["b-town": .received])
        }
    }
}
