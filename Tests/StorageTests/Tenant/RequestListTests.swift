import Domain
import Foundation
import Storage
import TestSupport
import Testing

/// Lists of service requests; contracts.md A8.
@Suite("Lists of service requests")
struct RequestListTests {
    let now = Sample.morning

    @Test("come newest first and then by reference, and pages tile", arguments: [1, 7, 50, 200, 1000])
    func pages(size: Int) async throws {
        try await withTenantSchemas(1) { hub in
            // Five requests in each second, so that the reference decides.
            let requests = (0..<123).map { index in
                Sample.request(hub.codes[0], requestedAt: now + TimeInterval(index / 5))
            }
            try await insert(requests, hub)
            let expected = requests.sorted {
                ($1.requestedAt, $0.reference) < ($0.requestedAt, $1.reference)
            }.map(\.reference)
            var seen: [RequestReference] = []
            for page in 1...(123 / size + 2) {
                let found = try await list(RequestFilter(readableAt: now + 100), hub, page: page, size: size)
                #expect(found.count <= size)
                seen += found.map(\.reference)
            }
            #expect(seen == expected)
        }
    }

    @Test(
        "hold page and size within their bounds",
        arguments: [(0, 2, 2), (-5, 2, 2), (1, 0, 1), (1, 5000, 3), (Int.max, 1000, 0), (2, 1000, 0)]
    )
    func bounds(page: Int, size: Int, count: Int) async throws {
        try await withTenantSchemas(1) { hub in
            try await insert((0..<3).map { Sample.request(hub.codes[0], requestedAt: now + TimeInterval($0)) }, hub)
            let found = try await list(RequestFilter(readableAt: now + 100), hub, page: page, size: size)
            #expect(found.count == count)
        }
    }

    @Test("show what the filter says, ends included")
    func filters() async throws {
        try await withTenantSchemas(1) { hub in
            var closed = Sample.request(
                hub.codes[0],
                description: "closed",
                requestedAt: now + 10,
                updatedAt: now + 500
            )
            _ = try closed.life.complete(.fixed, at: now + 500)
            let tree = ServiceCode(trusted: "PK-TREE")
            let requests = [
                Sample.request(hub.codes[0], description: "old", requestedAt: now),
                closed,
                Sample.request(hub.codes[0], service: tree, description: "tree", requestedAt: now + 20),
                Sample.request(hub.codes[0], description: "secret", visibility: .confidential, requestedAt: now + 30),
                Sample.request(hub.codes[0], standing: .mirrored, description: "away", requestedAt: now + 40),
            ]
            try await insert(requests, hub)
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let batch = Sample.request(hub.codes[0], description: "batch", requestedAt: now + 50)
                try await ServiceRequests(transaction).insert(batch, readableAt: now + 1060)
            }
            func base(_ change: (inout RequestFilter) -> Void) -> RequestFilter {
                var filter = RequestFilter(readableAt: now + 1000)
                change(&filter)
                return filter
            }
            let rows: [(RequestFilter, [String], String)] = [
                (base { _ in }, ["away", "tree", "closed", "old"], "all that is public and readable"),
                (
                    base { $0.readableAt = now + 1060 }, ["batch", "away", "tree", "closed", "old"],
                    "its id is given out"
                ),
                (base { $0.status = .closed }, ["closed"], "closed"),
                (base { $0.status = .open }, ["away", "tree", "old"], "open"),
                (base { $0.serviceCodes = [tree] }, ["tree"], "one kind"),
                (
                    base { $0.serviceCodes = [tree, closed.serviceCode] }, ["away", "tree", "closed", "old"],
                    "two kinds"
                ),
                (base { $0.serviceCodes = [] }, [], "no kind"),
                (base { $0.serviceCodes = [ServiceCode(trusted: "NONE")] }, [], "unknown kind"),
                (base { $0.requested = now...(now + 10) }, ["closed", "old"], "both ends"),
                (base { $0.requested = (now + 1)...(now + 9) }, [], "between"),
                (base { $0.updatedAfter = now + 500 }, ["closed"], "changed then or later"),
                (base { $0.updatedBefore = now + 20 }, ["tree", "old"], "changed then or earlier"),
                (
                    base { $0.visibilities = [.public, .confidential] }, ["away", "secret", "tree", "closed", "old"],
                    "staff"
                ),
                (base { $0.standings = [.lead] }, ["tree", "closed", "old"], "led here"),
                (
                    base {
                        $0.references = [requests[0].reference, requests[3].reference, .make(code: hub.codes[0])]
                        $0.status = .closed
                        $0.serviceCodes = [tree]
                        $0.requested = (now + 900)...(now + 901)
                    },
                    ["old"], "references override the rest, not the visibility; unknown ones are left out"
                ),
            ]
            for (filter, expected, reason) in rows {
                let found = try await list(filter, hub)
                #expect(found.map(\.description) == expected, "\(reason)")
            }
        }
    }

    @Test("within a circle, by geodesic distance, with pages that tile")
    func circle() async throws {
        try await withTenantSchemas(1) { hub in
            let centre = try Coordinate(latitude: 44.1, longitude: -79.2)
            // One degree of latitude is 111.1 km here: requests every 11.1 m to the north, and one without a point.
            var requests = try (0..<300).map { index in
                Sample.request(
                    hub.codes[0],
                    coordinate: try Coordinate(latitude: 44.1 + Double(index) * 0.0001, longitude: -79.2),
                    requestedAt: now + TimeInterval(index % 7)
                )
            }
            requests.append(Sample.request(hub.codes[0]))
            try await insert(requests, hub)
            let circle = SearchCircle(centre: centre, metres: 1000)
            let inside = requests.filter { request in request.coordinate.map(circle.contains) ?? false }
            #expect(inside.count == 90)
            var filter = RequestFilter(near: circle, readableAt: now + 100)
            var seen: [RequestReference] = []
            for page in 1...4 {
                seen += try await list(filter, hub, page: page, size: 30).map(\.reference)
            }
            #expect(seen.count == 90)
            #expect(Set(seen) == Set(inside.map(\.reference)))
            filter.near = SearchCircle(centre: centre, metres: 0)
            #expect(try await list(filter, hub).count == 1)
        }
    }

    @Test("have the same places, read lot by lot, as read at once", arguments: [7, 40, 300])
    func places(lot: Int) async throws {
        try await withTenantSchemas(1) { hub in
            let requests = try (0..<260).map { index in
                Sample.request(
                    hub.codes[0],
                    coordinate: try Coordinate(latitude: 44.1 + Double(index % 50) * 0.0001, longitude: -79.2),
                    requestedAt: now + TimeInterval(index % 9)
                )
            }
            try await insert(requests, hub)
            let circle = SearchCircle(centre: try Coordinate(latitude: 44.1, longitude: -79.2), metres: 300)
            for near in [nil, circle] {
                let filter = RequestFilter(near: near, readableAt: now + 100)
                let expected = try await list(filter, hub)
                var found: [ListPlace] = []
                var last: ListPlace?
                var isAtEnd = false
                while !isAtEnd {
                    let after = last
                    let read = try await hub.databases.withTenant(hub.codes[0], .readOnly) { transaction in
                        try await ServiceRequests(transaction).places(filter, after: after, limit: lot)
                    }
                    found += read.kept
                    (last, isAtEnd) = (read.last, read.isAtEnd)
                }
                #expect(found.map(\.reference) == expected.map(\.reference))
                #expect(found == found.sorted())
            }
        }
    }

    @Test("show a body's own requests and what it leads, never copies of other bodies' requests")
    func shownRows() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            let foreign = TenantCode(trusted: code.rawValue == "ZZ" ? "ZY" : "ZZ")
            func row(_ born: TenantCode, _ standing: ServiceRequest.Standing) -> ServiceRequest {
                Sample.request(code, reference: RequestReference.make(code: born), standing: standing)
            }
            let own = row(code, .lead)
            let handedOn = row(code, .mirrored)
            let led = row(foreign, .lead)
            let offered = row(foreign, .waiting)
            let told = row(foreign, .mirrored)
            try await insert([own, handedOn, led, offered, told], hub)
            let peer = JurisdictionID(trusted: "the-hub")
            try await hub.databases.withTenant(code) { transaction in
                for request in [own, told] {
                    try await RequestLinks(transaction).put(
                        RequestLink(
                            reference: request.reference,
                            peer: peer.rawValue,
                            kind: .told,
                            createdAt: now,
                            updatedAt: now
                        )
                    )
                }
            }
            func shown(_ rows: ShownRows) async throws -> Set<RequestReference> {
                let filter = RequestFilter(rows: rows, readableAt: now + 100)
                return Set(try await list(filter, hub).map(\.reference))
            }
            #expect(try await shown(.all).count == 5)
            #expect(
                try await shown(.ownOrBorn(under: [code]))
                    == [own.reference, handedOn.reference, led.reference, offered.reference]
            )
            #expect(try await shown(.born(under: [code])) == [own.reference, handedOn.reference])
            #expect(try await shown(.postedThrough(peer, born: [code])) == [own.reference])
            #expect(try await shown(.postedThrough(peer, born: [code, foreign])) == [own.reference, told.reference])
        }
    }

    @Test("stop when the reader stops")
    func readerStops() async throws {
        struct Enough: Error {}
        try await withTenantSchemas(1) { hub in
            try await insert((0..<3).map { _ in Sample.request(hub.codes[0]) }, hub)
            await #expect(throws: Enough.self) {
                try await hub.databases.withTenant(hub.codes[0]) { transaction in
                    try await ServiceRequests(transaction).stream(RequestFilter(readableAt: now)) { _ in throw Enough()
                    }
                }
            }
            let found = try await list(RequestFilter(readableAt: now), hub)
            #expect(found.count == 3)
        }
    }

    private func insert(_ requests: [ServiceRequest], _ hub: TestHub) async throws {
        try await hub.databases.withTenant(hub.codes[0]) { transaction in
            for request in requests { try await ServiceRequests(transaction).insert(request) }
        }
    }

    private func list(
        _ filter: RequestFilter,
        _ hub: TestHub,
        page: Int = 1,
        size: Int = 1000
    ) async throws -> [ServiceRequest] {
        try await hub.databases.withTenant(hub.codes[0], .readOnly) { transaction in
            try await ServiceRequests(transaction).list(filter, page: page, pageSize: size)
        }
    }
}
