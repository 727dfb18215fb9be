import Domain
import Foundation
import Hub
import Postgres
import Storage
import TestSupport
import Testing

/// Two points of King Street, some twenty metres apart: the region's west of the change of owner, the town's east of it.
private enum KingStreet {
    static let region = (44.10002, -79.16015)
    static let town = (44.10002, -79.15985)
}

extension DemonstrationRegion {
    /// A pothole taken through the hub at a place.
    fileprivate func pothole(
        _ place: (Double, Double),
        contact: Requester? = nil,
        description: String = "A deep hole by the curb"
    ) async throws -> Receipt {
        try await take(
            try intake(at: place, description: description, answers: try await required("RD-POTH"), contact: contact)
        )
    }

    /// Tells the index what changed at every tenant.
    fileprivate func index() async throws {
        for entry in surroundings.directory.entries {
            try await IndexPlaces(surroundings).pass(over: entry.code)
        }
    }

    /// Every row of the index as text.
    fileprivate func indexRows() async throws -> [String] {
        try await asSuperuser { session in
            try await session.query("SELECT row_to_json(p)::text AS row FROM hub.request_place AS p ORDER BY 1")
                .map { try $0.decode("row", as: String.self) }
        }
    }

    fileprivate func similar(_ place: (Double, Double), _ service: String = "RD-POTH") async throws -> SimilarRequests {
        let hub = try await hub()
        guard let service = hub.service(ServiceCode(trusted: service), at: clock.now) else {
            throw Missing(what: service)
        }
        return try await FindSimilarRequests(surroundings)(
            service,
            at: try Coordinate(latitude: place.0, longitude: place.1)
        )
    }

    fileprivate func merge(_ child: Receipt, into parent: Receipt) async throws -> RequestReference {
        try await MergeRequests(surroundings)
            .merge(
                child.reference,
                into: parent.reference,
                at: try await tenant(child.holder.rawValue),
                by: "staff:kim"
            )
    }
}

@Suite("Reports of the same matter")
struct DuplicatesTests {
    @Test(
        "A report is found from the other side of a change of owner, nearest first, and not from farther than its kind allows"
    )
    func acrossTenants() async throws {
        try await withRegion { region in
            let first = try await region.pothole(KingStreet.region)
            let second = try await region.pothole(KingStreet.town)
            #expect(first.holder.rawValue == "maplewater")
            #expect(second.holder.rawValue == "brindle-bay")
            #expect(try await region.similar(KingStreet.town).isEmpty, "nothing before the index was told")
            try await region.index()
            let found = try await region.similar((KingStreet.town.0, KingStreet.town.1 + 0.00005)).requests
            #expect(found.map(\.reference) == [second.reference, first.reference])
            #expect(found.map(\.holder.rawValue) == ["brindle-bay", "maplewater"])
            #expect(found[0].metres < found[1].metres && found[1].metres <= 30)
            #expect(
                try await region.similar((44.10002, -79.1575)).isEmpty,
                "two hundred metres are too far for a pothole"
            )
            #expect(try await region.similar(KingStreet.town, "RD-LIGHT").isEmpty, "a light is another matter")
        }
    }

    @Test("What ended lately is found, what ended longer ago is not, and a kind that is not public never is")
    func closedAndPrivate() async throws {
        try await withRegion { region in
            let receipt = try await region.pothole(KingStreet.region)
            try await region.step(.complete(.fixed), receipt.reference, at: "maplewater")
            try await region.index()
            #expect(try await region.similar(KingStreet.region).requests.map(\.status) == [.closed])
            region.clock.advance(by: 15 * 86_400)
            #expect(try await region.similar(KingStreet.region).isEmpty)
            let secret = Sample.request(
                TenantCode(trusted: "BB"),
                coordinate: try Coordinate(latitude: 44.1016, longitude: -79.18),
                visibility: .confidential
            )
            try await region.inside("brindle-bay") { transaction in
                try await ServiceRequests(transaction).insert(secret)
                try await PlaceChanges(transaction).note(secret.reference)
            }
            try await region.index()
            #expect(try await region.similar((44.1016, -79.18)).isEmpty)
            let staff = try await SimilarToRequest(region.surroundings)(
                try await region.pothole((44.1016, -79.18)).reference,
                at: try await region.tenant("brindle-bay")
            )
            #expect(staff.requests.map(\.reference) == [secret.reference], "its own staff see it")
        }
    }

    @Test("The index holds public fields only, and filled anew it is the same")
    func index() async throws {
        try await withRegion { region in
            let canary = "canary-7731"
            _ = try await region.pothole(
                KingStreet.region,
                contact: Requester(email: "\(canary)@example.org", firstName: canary),
                description: "\(canary) lives here"
            )
            try await region.index()
            let before = try await region.indexRows()
            #expect(before.count == 1)
            #expect(!before.joined().contains(canary))
            let count = try await IndexPlaces(region.surroundings).rebuild(try await region.tenant("maplewater"))
            #expect(count == 1)
            #expect(try await region.indexRows() == before)
        }
    }

    @Test(
        "Staff join a request to one of the same tenant; it stays open and ends with it, told once however often the end is delivered"
    )
    func endsWithItsParent() async throws {
        try await withRegion { region in
            let parent = try await region.pothole(KingStreet.region)
            let child = try await region.pothole(KingStreet.region, contact: Requester(email: "ann@example.org"))
            #expect(try await region.merge(child, into: parent) == parent.reference)
            #expect(try await region.row(child.reference, in: "maplewater")?.status == .open)
            await #expect(throws: MergeRequests.Fault.mergedAlready(parent.reference)) {
                _ = try await region.merge(child, into: parent)
            }
            await #expect(throws: MergeRequests.Fault.ring) { _ = try await region.merge(parent, into: child) }
            await #expect(throws: RequestLife.IllegalTransition.self) {
                try await region.step(.complete(.duplicate), child.reference, at: "maplewater")
            }
            try await region.step(.complete(.fixed), parent.reference, at: "maplewater")
            try await region.deliverAll()
            let ended = try #require(try await region.row(child.reference, in: "maplewater"))
            #expect(ended.outcome == .duplicate)
            #expect(ended.parent == parent.reference)
            // The same end once more, as after a crash between the last lot and the mark.
            let now = region.clock.now
            try await region.inside("maplewater") { transaction in
                let sent = try await Outbox(transaction).rows(orderKey: parent.reference.rawValue)
                let end = try #require(sent.first { $0.item.kind == "end_duplicates" })
                try await Outbox(transaction).enqueue(
                    OutboxItem(
                        kind: end.item.kind,
                        target: end.item.target,
                        orderKey: end.item.orderKey,
                        payload: end.item.payload,
                        createdAt: now
                    )
                )
            }
            try await region.deliverAll()
            let history = try await region.history(child.reference, in: "maplewater")
            #expect(history.filter { $0.kind == .completed }.count == 1)
            #expect(history.filter { $0.kind == .merged }.count == 1)
            let words = try #require(history.last { $0.kind == .completed }?.description?.english)
            #expect(words.contains(parent.reference.rawValue) && words.contains("fixed"))
        }
    }

    @Test("A request joined to one of another tenant ends with it, through both outboxes")
    func endsAcrossTenants() async throws {
        try await withRegion { region in
            let parent = try await region.pothole(KingStreet.region)
            let child = try await region.pothole(KingStreet.town)
            #expect(try await region.merge(child, into: parent) == parent.reference)
            try await region.deliverAll()
            let noted = try await region.history(parent.reference, in: "maplewater").filter { $0.kind == .merged }
            #expect(noted.map { $0.details["child"] } == [child.reference.rawValue])
            #expect(noted.allSatisfy { !$0.isPublic })
            try await region.step(.complete(.fixed), parent.reference, at: "maplewater")
            try await region.deliverAll()
            #expect(try await region.row(child.reference, in: "brindle-bay")?.outcome == .duplicate)
            // Late: joined to one that has just ended, it ends at once.
            let late = try await region.pothole(KingStreet.town)
            _ = try await region.merge(late, into: parent)
            try await region.deliverAll()
            #expect(try await region.row(late.reference, in: "brindle-bay")?.outcome == .duplicate)
        }
    }

    @Test("Another tenant's request that is not public cannot be named, nor can a tenant join what it does not lead")
    func twoTenants() async throws {
        try await withRegion { region in
            let secret = Sample.request(
                TenantCode(trusted: "MWR"),
                tenant: JurisdictionID(trusted: "maplewater"),
                visibility: .requester
            )
            try await region.inside("maplewater") { try await ServiceRequests($0).insert(secret) }
            let child = try await region.pothole(KingStreet.town)
            let merge = MergeRequests(region.surroundings)
            let (town, upper) = (try await region.tenant("brindle-bay"), try await region.tenant("maplewater"))
            for unknown in [secret.reference, RequestReference.make(code: upper.code)] {
                await #expect(throws: UnknownRequest.self) {
                    _ = try await merge.merge(child.reference, into: unknown, at: town, by: "staff:kim")
                }
            }
            let other = try await region.pothole(KingStreet.region)
            await #expect(throws: UnknownRequest.self) {
                _ = try await merge.merge(child.reference, into: other.reference, at: upper, by: "staff:lee")
            }
            #expect(try await region.row(child.reference, in: "brindle-bay")?.parent == nil)
        }
    }

    @Test(
        "Taken apart, a duplicate stands for itself; one that had ended with its parent is open again, with its history"
    )
    func unmerge() async throws {
        try await withRegion { region in
            let parent = try await region.pothole(KingStreet.region)
            let child = try await region.pothole(KingStreet.region)
            let (surroundings, tenant) = (region.surroundings, try await region.tenant("maplewater"))
            _ = try await region.merge(child, into: parent)
            try await MergeRequests(surroundings).unmerge(child.reference, at: tenant, by: "staff:kim")
            await #expect(throws: MergeRequests.Fault.notMerged) {
                try await MergeRequests(surroundings).unmerge(child.reference, at: tenant, by: "staff:kim")
            }
            _ = try await region.merge(child, into: parent)
            try await region.step(.complete(.fixed), parent.reference, at: "maplewater")
            try await region.deliverAll()
            try await MergeRequests(surroundings).unmerge(child.reference, at: tenant, by: "staff:kim")
            let open = try #require(try await region.row(child.reference, in: "maplewater"))
            #expect(open.status == .open && open.parent == nil && open.life.reopenings == 1)
            let kinds = try await region.history(child.reference, in: "maplewater").map(\.kind)
            #expect(kinds.filter { $0 == .merged }.count == 2)
            #expect(kinds.filter { $0 == .unmerged }.count == 2)
        }
    }

    @Test("A duplicate that is disputed is opened again and stands for itself")
    func disputed() async throws {
        try await withRegion { region in
            let parent = try await region.pothole(KingStreet.region)
            let child = try await region.pothole(KingStreet.region)
            _ = try await region.merge(child, into: parent)
            try await region.step(.complete(.fixed), parent.reference, at: "maplewater")
            try await region.deliverAll()
            let open = try await region.step(.reopen, child.reference, at: "maplewater")
            #expect(open.parent == nil)
            let reopened = try await region.history(child.reference, in: "maplewater").last { $0.kind == .reopened }
            #expect(reopened?.details["unmerged_from"] == parent.reference.rawValue)
        }
    }

    @Test("When the parent is taken back, nobody ends: the first of the others goes on in its place")
    func withdrawnParent() async throws {
        try await withRegion { region in
            let parent = try await region.pothole(KingStreet.region)
            var children: [Receipt] = []
            for _ in 0..<3 { children.append(try await region.pothole(KingStreet.region)) }
            for child in children { _ = try await region.merge(child, into: parent) }
            try await region.step(.complete(.withdrawn), parent.reference, at: "maplewater")
            try await region.deliverAll()
            let first = children.map(\.reference).sorted()[0]
            for child in children {
                let row = try #require(try await region.row(child.reference, in: "maplewater"))
                #expect(row.status == .open)
                #expect(row.parent == (child.reference == first ? nil : first))
            }
            try await region.step(.complete(.fixed), first, at: "maplewater")
            try await region.deliverAll()
            for child in children {
                #expect(try await region.row(child.reference, in: "maplewater")?.status == .closed)
            }
        }
    }

    @Test(
        "Me too is counted once a form, keeps the person's wish with the request, and leads to the one that a duplicate repeats"
    )
    func meToo() async throws {
        try await withRegion { region in
            let parent = try await region.pothole(KingStreet.region)
            let child = try await region.pothole(KingStreet.region)
            _ = try await region.merge(child, into: parent)
            let join = JoinRequest(region.surroundings)
            let wish = JoinRequest.Wish(
                contact: Requester(email: "bea@example.org"),
                language: .french,
                channel: .web,
                key: "form-1"
            )
            #expect(try await join(child.reference, wish) == .joined(parent.reference, others: 1))
            #expect(try await join(child.reference, wish) == .joined(parent.reference, others: 1), "pressed twice")
            var silent = wish
            silent.contact = nil
            silent.key = "form-2"
            #expect(try await join(parent.reference, silent) == .joined(parent.reference, others: 2))
            let asked = try await region.inside("maplewater") { transaction in
                try await Outbox(transaction).listed(.new).filter { $0.item.kind == "confirmation" }
            }
            #expect(asked.count == 1, "the address is asked once whether it wants the news")
            let (count, people) = try await region.inside("maplewater") { transaction in
                (
                    try await Followers(transaction).count(of: parent.reference),
                    try await Requesters(transaction).of(parent.reference)
                )
            }
            #expect(count == 2)
            #expect(people.map(\.requester.email) == ["bea@example.org"])
            #expect(people.first?.language == .french)
            #expect(try await TrackRequest(region.surroundings)(parent.reference)?.others == 3)
            try await region.step(.complete(.fixed), parent.reference, at: "maplewater")
            silent.key = "form-3"
            #expect(try await join(parent.reference, silent) == .ended(parent.reference))
            #expect(try await join(RequestReference.make(code: TenantCode(trusted: "BB")), silent) == .unknown)
        }
    }
}
