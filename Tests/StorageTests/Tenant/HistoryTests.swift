import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("What belongs to a request")
struct HistoryTests {
    let now = Sample.morning

    @Test("events come back in order, and a number is used once")
    func events() async throws {
        try await withTenantSchemas(2) { hub in
            let reference = RequestReference.make(code: hub.codes[0])
            try await insert(reference, hub)
            let received = RequestEvent(sequence: 1, at: now, kind: .received, actor: "resident")
            let noted = RequestEvent(
                sequence: 2,
                at: now + 60,
                kind: .noted,
                actor: "staff:7",
                isPublic: false,
                description: LocalizedText(english: "Called back.", french: "Rappelé."),
                details: ["channel": "phone"]
            )
            for code in hub.codes {
                try await hub.databases.withTenant(code) { transaction in
                    try await RequestEvents(transaction).append(received, to: reference)
                }
            }
            let (next, events) = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let next = try await RequestEvents(transaction).nextSequence(of: reference)
                try await RequestEvents(transaction).append(noted, to: reference)
                return (next, try await RequestEvents(transaction).all(of: reference))
            }
            #expect(next == 2)
            #expect(events == [received, noted])
            let fault = await #expect(throws: StorageError.self) {
                try await hub.databases.withTenant(hub.codes[0]) { transaction in
                    try await RequestEvents(transaction).append(noted, to: reference)
                }
            }
            #expect(fault?.isAlreadyThere == true)
            let elsewhere = try await hub.databases.withTenant(hub.codes[1]) { transaction in
                try await RequestEvents(transaction).all(of: [reference, .make(code: hub.codes[1])])
            }
            #expect(elsewhere == [reference: [received]])
        }
    }

    @Test("events of a request that is not there are refused")
    func eventWithoutRequest() async throws {
        try await withTenantSchemas(1) { hub in
            let fault = await #expect(throws: StorageError.self) {
                try await hub.databases.withTenant(hub.codes[0]) { transaction in
                    try await RequestEvents(transaction).append(
                        RequestEvent(sequence: 1, at: now, kind: .received, actor: "resident"),
                        to: .make(code: hub.codes[0])
                    )
                }
            }
            guard case .missing = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
        }
    }

    @Test("a requester is kept apart, opened by their own token only, and can be erased")
    func requesters() async throws {
        try await withTenantSchemas(2) { hub in
            let reference = RequestReference.make(code: hub.codes[0])
            try await insert(reference, hub)
            let person = StoredRequester(
                reference: reference,
                requester: Requester(email: "kim@example.org", phone: "705-555-0100", firstName: "Kim", lastName: "Li"),
                language: .french,
                privateTokenHash: APIKeySecret.hash(of: "token"),
                notedAt: now
            )
            try await hub.databases.withTenant(hub.codes[0]) { try await Requesters($0).insert(person) }
            for (code, token, expected) in [
                (hub.codes[0], "token", true), (hub.codes[0], "Token", false), (hub.codes[1], "token", false),
            ] {
                let opens = try await hub.databases.withTenant(code) { transaction in
                    try await Requesters(transaction).tokenOpens(reference, tokenHash: APIKeySecret.hash(of: token))
                }
                #expect(opens == expected)
            }
            let (before, after) = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let before = try await Requesters(transaction).of(reference)
                try await Requesters(transaction).erase(reference)
                return (before, try await Requesters(transaction).of(reference))
            }
            #expect(before == [person])
            #expect(after.map(\.requester) == [Requester()])
            #expect(after.map(\.privateTokenHash) == [nil])
        }
    }

    @Test("updates show oldest first within the time asked for, both ends included, and are taken once")
    func updates() async throws {
        try await withTenantSchemas(2) { hub in
            let reference = RequestReference.make(code: hub.codes[0])
            let secret = RequestReference.make(code: hub.codes[0])
            try await insert(reference, hub)
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ServiceRequests(transaction).insert(
                    Sample.request(hub.codes[0], reference: secret, visibility: .confidential)
                )
            }
            let updates = [0, 60, 120].map { seconds in
                update("u\(seconds)", reference, at: now + TimeInterval(seconds), client: "key", id: "c\(seconds)")
            }
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                for update in updates.reversed() { try await Updates(transaction).insert(update) }
                try await Updates(transaction).insert(update("s", secret, at: now + 60))
                try await Updates(transaction).insert(update("i", reference, at: now + 60, isPublic: false))
            }
            let rows: [(ClosedRange<Date>, [String])] = [
                (now...(now + 120), ["u0", "u60", "u120"]),
                ((now + 1)...(now + 119), ["u60"]),
                ((now + 121)...(now + 500), []),
            ]
            for (window, expected) in rows {
                #expect(try await ids(window, hub, hub.codes[0]) == expected)
                #expect(try await ids(window, hub, hub.codes[1]).isEmpty)
            }
            let fault = await #expect(throws: StorageError.self) {
                try await hub.databases.withTenant(hub.codes[0]) { transaction in
                    try await Updates(transaction).insert(update("new", reference, at: now, client: "key", id: "c60"))
                }
            }
            #expect(fault?.isAlreadyThere == true)
            let first = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await Updates(transaction).read("key", clientUpdateID: "c60", of: reference)
            }
            #expect(first == updates[1])
        }
    }

    @Test("photos keep their order, and a file is free when nobody shows it")
    func attachments() async throws {
        try await withTenantSchemas(2) { hub in
            let reference = RequestReference.make(code: hub.codes[0])
            try await insert(reference, hub)
            let photos = [1, 0].map { position in
                StoredAttachment(
                    reference: reference,
                    position: position,
                    contentHash: "hash\(position)",
                    mediaType: "image/jpeg",
                    byteCount: 1000,
                    width: 640,
                    height: 480,
                    storedAt: now
                )
            }
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                for photo in photos { try await Attachments(transaction).insert(photo) }
            }
            let found = try await hub.databases.withTenant(hub.codes[0]) { try await Attachments($0).of(reference) }
            #expect(found == photos.reversed())
            let (removed, again, isUsed) = try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let attachments = Attachments(transaction)
                return (
                    try await attachments.remove(photos[0].id), try await attachments.remove(photos[0].id),
                    try await attachments.isUsed(contentHash: "hash1")
                )
            }
            #expect((removed, again, isUsed) == (true, false, false))
            let elsewhere = try await hub.databases.withTenant(hub.codes[1]) { transaction in
                try await Attachments(transaction).isUsed(contentHash: "hash0")
            }
            #expect(!elsewhere)
        }
    }

    @Test("a token leads to its request, in its own tenant only")
    func tokens() async throws {
        try await withTenantSchemas(2) { hub in
            let reference = RequestReference.make(code: hub.codes[0])
            try await insert(reference, hub)
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await Tokens(transaction).insert(
                    token: "f00d",
                    reference: reference,
                    issuedAt: now,
                    readyAt: now + 5
                )
            }
            for (code, token, expected) in [
                (hub.codes[0], "f00d", reference), (hub.codes[0], "f00e", nil), (hub.codes[1], "f00d", nil),
            ] as [(TenantCode, String, RequestReference?)] {
                let found = try await hub.databases.withTenant(code) { try await Tokens($0).read(token) }
                #expect(found?.reference == expected)
            }
        }
    }

    private func insert(_ reference: RequestReference, _ hub: TestHub) async throws {
        for code in hub.codes {
            try await hub.databases.withTenant(code) { transaction in
                try await ServiceRequests(transaction).insert(Sample.request(code, reference: reference))
            }
        }
    }

    private func update(
        _ id: String,
        _ reference: RequestReference,
        at instant: Date,
        client: String? = nil,
        id clientID: String? = nil,
        isPublic: Bool = true
    ) -> StoredUpdate {
        StoredUpdate(
            id: id,
            reference: reference,
            client: client,
            clientUpdateID: clientID,
            status: .inProgress,
            updatedAt: instant,
            receivedAt: instant,
            description: "Crew booked.",
            extras: ["crew": "7"],
            isPublic: isPublic
        )
    }

    private func ids(_ window: ClosedRange<Date>, _ hub: TestHub, _ code: TenantCode) async throws -> [String] {
        try await hub.databases.withTenant(code) { transaction in
            var ids: [String] = []
            try await Updates(transaction).stream(window, readableAt: now + 1000) { ids.append($0.id) }
            return ids
        }
    }
}
