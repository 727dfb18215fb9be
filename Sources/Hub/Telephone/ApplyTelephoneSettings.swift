public import Domain
public import Foundation
public import Storage

/// Puts in force where calls are answered, when the file says something else than what is.
public struct ApplyTelephoneSettings: Sendable {
    private let databases: TenantDatabases

    /// An operation over these databases.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// Applies; true when something changed.
    public func callAsFunction(_ settings: TelephoneSettings, by actor: String, now: Date) async throws -> Bool {
        let digest = try ApplyTenants.digest(of: settings)
        return try await databases.withHub { transaction in
            let versions = TelephoneSettingVersions(transaction)
            if let known = try await versions.latest(), known.digest == digest { return false }
            try await versions.insert(settings, digest: digest, now: now)
            try await NumberingLists(transaction).raiseRevision(of: .settings)
            try await AuditEntries(transaction).append(
                AuditEntry(happenedAt: now, actor: actor, action: "telephone.apply", details: ["digest": digest])
            )
            return true
        }
    }
}
