public import Domain
public import Storage

/// Follows the chains of the hub and of tenants and says where each stands.
public struct VerifyAudit: Sendable {
    private let databases: TenantDatabases

    /// An operation over these databases.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// The chain of the hub's own record.
    public func hub() async throws -> AuditReport {
        try await databases.withHub(.readOnly) { try await AuditChain($0).verify() }
    }

    /// The chain of a tenant, held against the heads that the hub's record has of it.
    public func tenant(_ id: JurisdictionID, code: TenantCode) async throws -> AuditReport {
        let anchors = try await databases.withHub(.readOnly) { try await AuditEntries($0).anchors(of: id) }
        return try await databases.withTenant(code, .readOnly) { try await AuditChain($0).verify(anchors: anchors) }
    }

    /// The latest entries of the hub's record, or of a tenant's own.
    public func latest(of tenant: TenantCode?, jurisdiction: JurisdictionID?, limit: Int) async throws -> [AuditEntry] {
        guard let tenant else {
            return try await databases.withHub(.readOnly) { transaction in
                try await AuditEntries(transaction).latest(of: jurisdiction, limit: limit)
            }
        }
        return try await databases.withTenant(tenant, .readOnly) { try await AuditTrail($0).latest(limit: limit) }
    }
}
