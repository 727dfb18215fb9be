import Domain
import Foundation
import Postgres
import Storage
import TestSupport
import Testing

@Suite("Sessions of tenants")
struct TenantDatabasesTests {
    @Test("one session for all tenants together never shows one the other's data, whatever fails in between")
    func oneSession() async throws {
        struct Fault: Error {}
        let limits = SessionLimits(perTenant: 1, hub: 1, all: 1, wait: .seconds(300))
        try await withTenantSchemas(3, limits: limits) { hub in
            for code in hub.codes {
                try await hub.databases.withTenant(code) { transaction in
                    try await ServiceRequests(transaction).insert(Sample.request(code, description: code.rawValue))
                }
            }
            try await withThrowingTaskGroup(of: [String].self) { group in
                for round in 0..<60 {
                    let code = hub.codes[round % 3]
                    group.addTask {
                        do {
                            return try await hub.databases.withTenant(code) { transaction in
                                let filter = RequestFilter(readableAt: Sample.morning)
                                let found = try await ServiceRequests(transaction).list(filter)
                                if round % 5 == 0 { throw Fault() }
                                return found.map(\.description) + [code.rawValue]
                            }
                        } catch is Fault {
                            return []
                        }
                    }
                }
                for try await seen in group {
                    #expect(Set(seen).count <= 1)
                }
            }
            #expect(hub.databases.use.open <= 1)
        }
    }

    @Test("when none is free in time, the caller is told that it is busy")
    func busy() async throws {
        let limits = SessionLimits(perTenant: 1, wait: .milliseconds(100))
        try await withTenantSchemas(2, limits: limits) { hub in
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await transaction.flush()
                let fault = await #expect(throws: StorageError.self) {
                    try await hub.databases.withTenant(hub.codes[0]) { try await ServiceRequests($0).counts() }
                }
                guard case .overloaded = fault else {
                    Issue.record("\(String(describing: fault))")
                    return
                }
                #expect(fault?.isUnavailability == true)
                let other = try await hub.databases.withTenant(hub.codes[1]) { try await ServiceRequests($0).counts() }
                #expect(other.isEmpty)
            }
        }
    }

    @Test("a tenant nobody made is unavailable, never another one's schema")
    func unknownTenant() async throws {
        try await withTenantSchemas(1) { hub in
            let fault = await #expect(throws: StorageError.self) {
                try await hub.databases.withTenant(TenantCode(trusted: "ZQ")) { try await ServiceRequests($0).counts() }
            }
            guard case .unavailable = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
        }
    }

    @Test("sessions that the server ends are replaced, and the next caller notices nothing")
    func ended() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            for _ in 0..<3 {
                _ = try await hub.databases.withTenant(code) { try await ServiceRequests($0).counts() }
                try await hub.asSuperuser { session in
                    _ = try await session.query(
                        """
                        SELECT pg_terminate_backend(pid, 5000)
                        FROM pg_stat_activity
                        WHERE usename = \(hub.settings.roles.tenant(code))
                        """
                    )
                }
            }
            let counts = try await hub.databases.withTenant(code) { try await ServiceRequests($0).counts() }
            #expect(counts.isEmpty)
        }
    }

    @Test("a cancelled task leaves no transaction and no session behind")
    func cancelled() async throws {
        let limits = SessionLimits(perTenant: 1, wait: .seconds(20))
        try await withTenantSchemas(1, limits: limits) { hub in
            let code = hub.codes[0]
            for _ in 0..<10 {
                let task = Task {
                    try await hub.databases.withTenant(code) { transaction in
                        try await ServiceRequests(transaction).insert(Sample.request(code))
                        try await transaction.flush()
                        try await Task.sleep(for: .seconds(30))
                    }
                }
                try await Task.sleep(for: .milliseconds(20))
                task.cancel()
                _ = await task.result
            }
            let counts = try await hub.databases.withTenant(code) { try await ServiceRequests($0).counts() }
            #expect(counts.isEmpty)
            #expect(hub.databases.use.tenantsBusy == 0)
        }
    }
}
