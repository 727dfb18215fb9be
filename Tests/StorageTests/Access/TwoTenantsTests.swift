import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Two tenants with the same references")
struct TwoTenantsTests {
    @Test("each read their own request and never the other's")
    func requests() async throws {
        try await withTenantSchemas(2) { hub in
            let (one, other) = (hub.codes[0], hub.codes[1])
            let reference = RequestReference.make(code: one)
            for (code, words) in [(one, "mine"), (other, "theirs")] {
                let request = Sample.request(code, reference: reference, description: words)
                try await hub.databases.withTenant(code) { transaction in
                    try await ServiceRequests(transaction).insert(request)
                }
            }
            for (code, words) in [(one, "mine"), (other, "theirs")] {
                let read = try await hub.databases.withTenant(code, .readOnly) { transaction in
                    try await ServiceRequests(transaction).read(reference)
                }
                #expect(read?.description == words)
            }
        }
    }
}
