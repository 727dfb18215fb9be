import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Postgres

@Suite("The chain over what was done")
struct AuditChainTests {
    let now = Sample.morning

    /// A tenant with some requests, each with an event, and some entries in its own record; not sealed.
    private func fill(_ hub: TestHub, _ code: TenantCode, requests: Int = 3) async throws -> [RequestReference] {
        var references: [RequestReference] = []
        for number in 0..<requests {
            let reference = RequestReference.make(code: code)
            references.append(reference)
            try await hub.databases.withTenant(code) { transaction in
                try await ServiceRequests(transaction).insert(Sample.request(code, reference: reference))
                try await RequestEvents(transaction).append(
                    RequestEvent(sequence: 1, at: now, kind: .received, actor: "resident", origin: "network 192.0.2.1"),
                    to: reference
                )
                try await AuditTrail(transaction).append(
                    AuditEntry(
                        happenedAt: now,
                        actor: "public",
                        action: "read",
                        details: ["reads": "\(number)"],
                        purpose: "public_list"
                    )
                )
            }
        }
        return references
    }

    private func seal(_ hub: TestHub, _ code: TenantCode, at instant: Date) async throws -> (Int, AuditAnchor)? {
        try await hub.databases.withTenant(code) { try await AuditChain($0).seal(now: instant) }
            .map { ($0.sealed, $0.anchor) }
    }

    private func verify(_ hub: TestHub, _ code: TenantCode, anchors: [AuditAnchor] = []) async throws -> AuditReport {
        try await hub.databases.withTenant(code, .readOnly) { try await AuditChain($0).verify(anchors: anchors) }
    }

    @Test("seals every row once, in order, of each tenant by itself, and of the hub")
    func seals() async throws {
        try await withTenantSchemas(2) { hub in
            let (one, other) = (hub.codes[0], hub.codes[1])
            _ = try await fill(hub, one)
            _ = try await fill(hub, other, requests: 1)
            #expect(try await verify(hub, one).waiting == 6)
            #expect(try await seal(hub, one, at: now)?.0 == 6)
            #expect(try await seal(hub, one, at: now)?.0 == 0)
            let report = try await verify(hub, one)
            #expect(report.fault == nil && report.sealed == 6 && report.waiting == 0)
            #expect(try await verify(hub, other).sealed == 0)
            try await hub.databases.withHub { transaction in
                try await AuditEntries(transaction).append(AuditEntry(happenedAt: now, actor: "cli", action: "x"))
            }
            _ = try await hub.databases.withHub { try await AuditChain($0).seal(now: now) }
            let own = try await hub.databases.withHub { try await AuditChain($0).verify() }
            #expect(own.sealed == 1 && own.fault == nil)
        }
    }

    @Test(
        "names the first row that was changed, removed or slipped in, by whoever may write",
        arguments: [
            // what the owner of the tables does behind our back, what verify says first
            ("UPDATE SCHEMA.service_request_event SET actor = 'nobody' WHERE event_number = 2", "changed 2"),
            (
                "UPDATE SCHEMA.service_request_event SET happened_at = happened_at - interval '1 day' WHERE event_number = 1",
                "changed 1"
            ),
            ("UPDATE SCHEMA.service_request_event SET details = '{\"x\": \"y\"}' WHERE event_number = 3", "changed 3"),
            ("UPDATE SCHEMA.service_request_event SET origin = NULL WHERE event_number = 1", "changed 1"),
            ("UPDATE SCHEMA.service_request_event SET on_behalf_of = '' WHERE event_number = 3", "changed 3"),
            ("DELETE FROM SCHEMA.service_request_event WHERE event_number = 2", "removed 2"),
            ("UPDATE SCHEMA.audit_entry SET purpose = 'other' WHERE entry = 1", "changed 4"),
            ("DELETE FROM SCHEMA.audit_entry WHERE entry = 3", "removed 6"),
            ("DELETE FROM SCHEMA.audit_chain WHERE position = 3", "chain 3"),
            ("UPDATE SCHEMA.audit_chain SET row_hash = chain_hash WHERE position = 5", "changed 5"),
            ("UPDATE SCHEMA.audit_chain SET chain_hash = row_hash WHERE position = 5", "chain 5"),
            ("DELETE FROM SCHEMA.audit_chain WHERE position > 4", "anchor 6"),
        ]
    )
    func tampering(statement: String, expected: String) async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            _ = try await fill(hub, code)
            let anchor = try #require(try await seal(hub, code, at: now)).1
            let words = statement.replacing("SCHEMA", with: code.schemaName)
            try await hub.asSuperuser { session in _ = try await session.execute(SQL(programText: words)) }
            let report = try await verify(hub, code, anchors: [anchor])
            let found: String =
                switch report.fault {
                case .changed(_, let position): "changed \(position)"
                case .removed(_, let position): "removed \(position)"
                case .chain(let position): "chain \(position)"
                case .slippedIn: "slipped in"
                case .anchor(let position): "anchor \(position)"
                case nil: "nothing"
                }
            #expect(found == expected, "\(statement)")
        }
    }

    @Test("a number drawn early and committed late is sealed all the same; a row put among settled ones is found")
    func late() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            let references = try await fill(hub, code)
            _ = try await seal(hub, code, at: now)
            // A gap, as a transaction leaves that was rolled back or is still open.
            try await hub.asSuperuser { session in
                _ = try await session.execute(
                    "SELECT setval(pg_get_serial_sequence(\("\(code.schemaName).service_request_event"), 'event_number'), 10)"
                )
            }
            func append(_ sequence: Int) async throws {
                try await hub.databases.withTenant(code) { transaction in
                    try await RequestEvents(transaction).append(
                        RequestEvent(sequence: sequence, at: now, kind: .noted, actor: "hub"),
                        to: references[0]
                    )
                }
            }
            try await append(2)
            #expect(try await seal(hub, code, at: now + 1)?.0 == 1)
            // The early number comes now: it is sealed behind the later one.
            try await insert(hub, code, references[0], sequence: 3, number: 7)
            #expect(try await seal(hub, code, at: now + 2)?.0 == 1)
            #expect(try await verify(hub, code).fault == nil)
            // Long after, no transaction of that time can be open: another early number is no late one.
            for minutes in 1...3 { _ = try await seal(hub, code, at: now + Double(minutes) * 700) }
            try await insert(hub, code, references[0], sequence: 4, number: 8)
            #expect(try await seal(hub, code, at: now + 3000)?.0 == 0)
            #expect(try await verify(hub, code).fault == .slippedIn(row: "event 8"))
        }
    }

    private func insert(
        _ hub: TestHub,
        _ code: TenantCode,
        _ reference: RequestReference,
        sequence: Int,
        number: Int
    ) async throws {
        try await hub.asSuperuser { session in
            _ = try await session.execute(
                """
                INSERT INTO \(identifier: code.schemaName).service_request_event
                    (service_request_id, sequence, happened_at, kind, actor, is_public, details, event_number)
                OVERRIDING SYSTEM VALUE
                VALUES (\(reference.rawValue), \(sequence), \(now), 'noted', 'hub', true, '{}', \(number))
                """
            )
        }
    }

    @Test("many writers and several sealers at once: every row is sealed once, nobody waits for the chain")
    func concurrency() async throws {
        try await withTenantSchemas(1, limits: SessionLimits(perTenant: 8, wait: .seconds(60))) { hub in
            let code = hub.codes[0]
            let references = try await fill(hub, code, requests: 8)
            let databases = hub.databases
            let now = now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for reference in references {
                    group.addTask {
                        for sequence in 2...20 {
                            try await databases.withTenant(code) { transaction in
                                try await RequestEvents(transaction).append(
                                    RequestEvent(sequence: sequence, at: now, kind: .noted, actor: "staff:x"),
                                    to: reference
                                )
                            }
                        }
                    }
                }
                for _ in 0..<3 {
                    group.addTask {
                        for _ in 0..<20 {
                            _ = try await databases.withTenant(code) { try await AuditChain($0).seal(now: now) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            while let sealed = try await seal(hub, code, at: now)?.0, sealed > 0 {}
            let report = try await verify(hub, code)
            #expect(report.fault == nil)
            #expect(report.sealed == 8 * 20 + 8)
            #expect(report.waiting == 0)
        }
    }

    @Test("the roles that serve may add to the record and the chain, and change neither")
    func rights() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            _ = try await fill(hub, code)
            _ = try await seal(hub, code, at: now)
            let roles: [(String, [SQL])] = [
                (
                    hub.settings.roles.tenant(code),
                    [
                        "UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry",
                        "UPDATE audit_chain SET position = 9",
                        "DELETE FROM audit_chain", "UPDATE service_request_event SET origin = 'x'",
                    ]
                ),
                (
                    hub.settings.roles.hub,
                    [
                        "UPDATE hub.audit_entry SET actor = 'x'", "DELETE FROM hub.audit_chain",
                        "UPDATE hub.audit_chain SET position = 9",
                    ]
                ),
            ]
            for (role, statements) in roles {
                let login = hub.settings.server.with(user: role, password: try hub.password(of: role) ?? "")
                try await hub.cluster.withSession(login) { session in
                    for statement in statements {
                        let fault = await #expect(throws: PostgresError.self) { try await session.execute(statement) }
                        #expect(fault?.sqlState == .insufficientPrivilege)
                    }
                }
            }
        }
    }
}
