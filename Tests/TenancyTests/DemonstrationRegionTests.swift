import Domain
import Foundation
import Testing

@testable import Tenancy

@Suite("The demonstration region's own files")
struct DemonstrationRegionTests {
    /// `tenants/` of this repository.
    static let folder = TenantFolder.load(
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../tenants").standardized
            .path
    )

    @Test("load without a fault")
    func noFaults() {
        #expect(Self.folder.faults.map(\.description) == [])
        #expect(Self.folder.configurations.map(\.tenant.code.rawValue) == ["MW", "BB", "CF", "DM", "EB", "FL", "MWR"])
    }
}
