import Crypto
public import Domain
public import Foundation
public import Storage

/// Puts the checked files of a region in force: a version for each tenant that changed, and the agreement's versions.
///
/// Idempotent: what is in force already is left alone. Each tenant is written in a transaction of its own schema and then
/// named in the hub's register; killed between the two, the next run finds the version and only names it.
public struct ApplyTenants: Sendable {
    /// What became of one tenant or one version of the agreement.
    public enum Change: Sendable, Hashable {
        /// New here.
        case created(String)
        /// Another version is in force now.
        case updated(String, version: Int)
        /// Nothing to do.
        case unchanged(String)

        /// One line for whoever applied.
        public var line: String {
            switch self {
            case .created(let name): "\(name): created"
            case .updated(let name, let version): "\(name): version \(version) in force"
            case .unchanged(let name): "\(name): unchanged"
            }
        }
    }

    /// The version of an agreement that was in force is different from the file of the same name.
    public struct AgreementChanged: Error, Sendable, CustomStringConvertible {
        /// The version's name.
        public let version: String
        /// What to do.
        public var description: String {
            "version \(version) of the agreement is in force and differs from the file; decisions name it, so a change is "
                + "a new version with a new name and valid_from"
        }
    }

    private let administration: DatabaseAdministration
    private let databases: TenantDatabases

    /// An operation that may create schemas and roles.
    public init(administration: DatabaseAdministration, databases: TenantDatabases) {
        self.administration = administration
        self.databases = databases
    }

    /// Applies everything, the hub first.
    ///
    /// - Parameter each: Told of every tenant as it is done, for progress.
    public func callAsFunction(
        _ configurations: [TenantConfiguration],
        agreement: [RuleSet],
        by actor: String,
        now: Date,
        each: (Change) -> Void
    ) async throws {
        let register = try await databases.withHub { try await Jurisdictions($0).all() }
        let known = Dictionary(register.map { ($0.id, $0) }) { first, _ in first }
        for configuration in configurations {
            each(try await apply(configuration, known: known[configuration.tenant.id], by: actor, now: now))
        }
        for ruleSet in agreement { each(try await apply(ruleSet, now: now)) }
    }

    /// Digest of a configuration: of its canonical JSON.
    public static func digest(of value: some Encodable) throws -> String {
        SHA256.hash(data: Data(try StoredJSON(value).text.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    private func apply(
        _ configuration: TenantConfiguration,
        known: StoredJurisdiction?,
        by actor: String,
        now: Date
    ) async throws -> Change {
        let tenant = configuration.tenant
        let digest = try Self.digest(of: configuration)
        if let known, known.configurationDigest == digest { return .unchanged(tenant.id.rawValue) }
        _ = try await administration.ensureTenant(tenant.code, now: now)
        let version = try await databases.withTenant(tenant.code) { transaction in
            let versions = TenantVersions(transaction)
            let latest = try await versions.latest()
            if let latest, latest.digest == digest { return latest.version }
            let next = (latest?.version ?? 0) + 1
            try await versions.insert(
                StoredConfiguration(
                    version: next,
                    configuration: configuration,
                    digest: digest,
                    validFrom: now,
                    appliedAt: now,
                    appliedBy: actor
                )
            )
            return next
        }
        try await databases.withHub { transaction in
            let jurisdictions = Jurisdictions(transaction)
            try await jurisdictions.put(
                StoredJurisdiction(
                    tenant,
                    state: known?.state ?? .active,
                    successor: known?.successor,
                    createdAt: known?.createdAt ?? now,
                    updatedAt: now
                )
            )
            try await jurisdictions.putConfiguration(
                of: tenant.id,
                version: version,
                digest: digest,
                configuration,
                now: now
            )
            for merged in tenant.succeeds ?? [] {
                try await jurisdictions.retire(merged, successor: tenant.id, now: now)
            }
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "tenant.apply",
                    jurisdiction: tenant.id,
                    details: ["version": String(version), "digest": digest]
                )
            )
        }
        return known == nil ? .created(tenant.id.rawValue) : .updated(tenant.id.rawValue, version: version)
    }

    private func apply(_ ruleSet: RuleSet, now: Date) async throws -> Change {
        let digest = try Self.digest(of: ruleSet)
        let name = "agreement \(ruleSet.version)"
        return try await databases.withHub { transaction in
            let versions = RuleSetVersions(transaction)
            if let known = try await versions.read(ruleSet.version), known.activatedAt != nil {
                guard known.digest == digest else { throw AgreementChanged(version: ruleSet.version) }
                return .unchanged(name)
            }
            try await versions.put(StoredRuleSet(ruleSet: ruleSet, digest: digest, loadedAt: now))
            _ = try await versions.activate(ruleSet.version, now: now)
            return .created(name)
        }
    }
}
