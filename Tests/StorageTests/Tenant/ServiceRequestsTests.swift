import Domain
import Foundation
import Postgres
import Storage
import TestSupport
import Testing

@Suite("Service requests as stored")
struct ServiceRequestsTests {
    let now = Sample.morning

    @Test("come back as they were, to the digit of the coordinate")
    func roundTrip() async throws {
        try await withTenantSchemas(2) { hub in
            let code = hub.codes[0]
            var request = Sample.request(
                code,
                service: ServiceCode(trusted: "BB:XX-1"),
                description: "Ça déborde 🌊\nquote ' and \" and \\ and ; DROP TABLE service_request",
                coordinate: try Coordinate(latitudeText: "44.1234567", longitudeText: "-79.9876543"),
                answers: ["SIGN": ["stop"], "HAZARDS": ["h1", "h2"]],
                decision: Sample.decision(),
                visibility: .requester
            )
            request.counterpart = .tenant(JurisdictionID(trusted: "maplewater"))
            request.statusNotes = "waiting for parts"
            request.address = "12 Main St"
            request.addressID = "A-12"
            request.zipcode = "L0G 1A0"
            request.mediaURLs = ["https://photos.example/1.jpg", "https://photos.example/2.jpg"]
            request.agencyResponsible = "Town of Brindle Bay"
            request.serviceNotice = "Keep away."
            request.reviewDue = now + 3600.5
            request.completeDue = now + 7200
            let stored = request
            let read = try await hub.databases.withTenant(code) { transaction in
                try await ServiceRequests(transaction).insert(stored)
                return try await ServiceRequests(transaction).read(stored.reference)
            }
            #expect(read == stored)
            #expect(read?.coordinate?.latitudeText == "44.1234567")
            let elsewhere = try await hub.databases.withTenant(hub.codes[1]) { transaction in
                try await ServiceRequests(transaction).read(stored.reference)
            }
            #expect(elsewhere == nil)
        }
    }

    @Test("go to the database with COMMIT, not before: one round trip")
    func oneRoundTrip() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            let role = hub.settings.roles.tenant(code)
            try await hub.databases.withTenant(code) { try await $0.flush() }
            try await hub.databases.withTenant(code) { transaction in
                let request = Sample.request(code)
                try await ServiceRequests(transaction).insert(request)
                try await RequestEvents(transaction).append(
                    RequestEvent(sequence: 1, at: now, kind: .received, actor: "resident"),
                    to: request.reference
                )
                try await Outbox(transaction).enqueue(
                    OutboxItem(kind: "k", target: "t", orderKey: "o", payload: .emptyObject, createdAt: now)
                )
                let begun = try await hub.asSuperuser { session in
                    try await session.query(
                        """
                        SELECT pid
                        FROM pg_stat_activity
                        WHERE usename = \(role)
                            AND xact_start IS NOT NULL
                        """
                    ).count
                }
                #expect(begun == 0)
            }
            let counts = try await hub.databases.withTenant(code) { try await ServiceRequests($0).counts() }
            #expect(counts.map { "\($0.standing) \($0.status) \($0.count)" } == ["lead open 1"])
        }
    }

    @Test("keep a reference to themselves")
    func takenReference() async throws {
        try await withTenantSchemas(1) { hub in
            let request = Sample.request(hub.codes[0])
            try await insert([request], hub)
            let fault = await #expect(throws: StorageError.self) { try await insert([request], hub) }
            #expect(fault?.isAlreadyThere == true)
            #expect(fault?.isUnavailability == false)
        }
    }

    @Test("of two writers one wins, and the other is told")
    func twoWriters() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            try await insert([Sample.request(code, decision: Sample.decision())], hub)
            let read = try await list(RequestFilter(readableAt: now), hub)
            var first = try #require(read.first)
            var second = first
            _ = try first.life.review(at: now + 60)
            first.updatedAt = now + 60
            second.department = "parks"
            let (one, other) = (first, second)
            let outcomes = try await hub.databases.withTenant(code) { transaction in
                [
                    try await ServiceRequests(transaction).update(one),
                    try await ServiceRequests(transaction).update(other),
                ]
            }
            #expect(outcomes == [true, false])
            let after = try await hub.databases.withTenant(code) { try await ServiceRequests($0).read(one.reference) }
            #expect(after?.step == .reviewed)
            #expect(after?.department == "public-works")
            #expect(after?.rowVersion == 2)
            #expect(after?.decision == Sample.decision())
        }
    }

    @Test("are locked while one transaction changes them")
    func locked() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            let reference = RequestReference.make(code: code)
            try await insert([Sample.request(code, reference: reference)], hub)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await hub.databases.withTenant(code) { transaction in
                            let requests = ServiceRequests(transaction)
                            guard var request = try await requests.readForUpdate(reference) else { return }
                            request.description += "x"
                            try await requests.saveLocked(request)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let after = try await hub.databases.withTenant(code) { try await ServiceRequests($0).read(reference) }
            #expect(after?.description.hasSuffix(".xxxxxxxx") == true)
            #expect(after?.rowVersion == 9)
        }
    }

    @Test("whole seconds are cut, never rounded into the future")
    func wholeSeconds() async throws {
        try await withTenantSchemas(1) { hub in
            try await insert([Sample.request(hub.codes[0], requestedAt: now + 0.999, updatedAt: now + 1.999)], hub)
            let read = try #require(try await list(RequestFilter(readableAt: now + 5), hub).first)
            #expect(read.requestedAt == now)
            #expect(read.updatedAt == now + 1)
        }
    }

    @Test("a zero byte is said to be unstorable, and nothing stays behind")
    func zeroByte() async throws {
        try await withTenantSchemas(1) { hub in
            let fault = await #expect(throws: StorageError.self) {
                try await insert([Sample.request(hub.codes[0], description: "a\u{0}b")], hub)
            }
            guard case .unstorable = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
            let left = try await list(RequestFilter(readableAt: now + 5), hub)
            #expect(left.isEmpty)
        }
    }

    @Test("a transaction used after its end throws")
    func usedAfterEnd() async throws {
        try await withTenantSchemas(1) { hub in
            let kept = try await hub.databases.withTenant(hub.codes[0]) { $0 }
            await #expect(throws: StorageError.self) { try await ServiceRequests(kept).counts() }
        }
    }

    private func insert(_ requests: [ServiceRequest], _ hub: TestHub) async throws {
        try await hub.databases.withTenant(hub.codes[0]) { transaction in
            for request in requests { try await ServiceRequests(transaction).insert(request) }
        }
    }

    private func list(_ filter: RequestFilter, _ hub: TestHub) async throws -> [ServiceRequest] {
        try await hub.databases.withTenant(hub.codes[0], .readOnly) { try await ServiceRequests($0).list(filter) }
    }
}
