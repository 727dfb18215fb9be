import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Parts of requests, and what changed since a version, as stored")
struct RequestChildrenTests {
    let now = Sample.morning

    @Test("a part names its whole, the whole its open parts, and neither is known to another tenant")
    func parts() async throws {
        try await withTenantSchemas(2) { hub in
            let (code, other) = (hub.codes[0], hub.codes[1])
            let whole = Sample.request(code)
            let parts = [Sample.request(code), Sample.request(code)].sorted {
                $0.reference.rawValue < $1.reference.rawValue
            }
            try await hub.databases.withTenant(code) { transaction in
                for request in [whole] + parts { try await ServiceRequests(transaction).insert(request) }
                for part in parts {
                    let child = RequestChild(
                        reference: part.reference,
                        parent: whole.reference,
                        name: LocalizedText(english: "Sewer", french: "Égout"),
                        splitAt: now,
                        splitBy: "staff:1"
                    )
                    try await RequestChildren(transaction).insert(child)
                    try await RequestChildren(transaction).insert(child)
                }
                var ended = parts[0]
                _ = try ended.life.complete(.fixed, at: now)
                try await ServiceRequests(transaction).saveLocked(ended)
            }
            let read = try await hub.databases.withTenant(code) { transaction in
                let children = RequestChildren(transaction)
                return (
                    try await children.read(parts[1].reference), try await children.open(of: whole.reference),
                    try await children.all(of: whole.reference).count, try await children.of(whole.reference).count,
                    try await children.parents(of: [whole.reference, parts[0].reference])
                )
            }
            #expect(read.0?.parent == whole.reference)
            #expect(read.0?.name.french == "Égout")
            #expect(read.1 == [parts[1].reference])
            #expect((read.2, read.3) == (2, 2))
            #expect(read.4 == [parts[0].reference: whole.reference])
            let elsewhere = try await hub.databases.withTenant(other) { transaction in
                let children = RequestChildren(transaction)
                return (try await children.read(parts[1].reference), try await children.open(of: whole.reference))
            }
            #expect(elsewhere.0 == nil)
            #expect(elsewhere.1.isEmpty)
        }
    }

    @Test("what happened since a version begins with the event that changed it, with all that changed no row after it")
    func since() async throws {
        try await withTenantSchemas(2) { hub in
            let code = hub.codes[0]
            let request = Sample.request(code)
            let kinds: [(RequestEvent.Kind, Int?)] = [
                (.received, 1), (.decided, 1), (.forwarded, nil), (.reviewed, 2), (.noted, nil), (.workAssigned, 3),
            ]
            try await hub.databases.withTenant(code) { transaction in
                try await ServiceRequests(transaction).insert(request)
                for (place, kind) in kinds.enumerated() {
                    try await RequestEvents(transaction).append(
                        RequestEvent(sequence: place + 1, at: now, kind: kind.0, actor: "hub"),
                        to: request.reference,
                        version: kind.1
                    )
                }
            }
            func since(_ version: Int, _ code: TenantCode) async throws -> [RequestEvent.Kind] {
                try await hub.databases.withTenant(code) {
                    try await RequestEvents($0).since(version: version, of: request.reference).map(\.kind)
                }
            }
            #expect(try await since(1, code) == [.reviewed, .noted, .workAssigned])
            #expect(try await since(2, code) == [.workAssigned])
            #expect(try await since(3, code) == [])
            #expect(try await since(1, hub.codes[1]) == [])
        }
    }
}
