public import Domain
public import Foundation
import Postgres

/// A body this hub serves, as the hub's own tables know it.
public struct StoredJurisdiction: Sendable, Hashable, Identifiable {
    /// Its id.
    public let id: JurisdictionID

    /// Its code; never changes and is never used again.
    public let code: TenantCode

    /// Where it stands in the region.
    public let tier: Tier

    /// Whether it is served.
    public let state: State

    /// Its name in four forms.
    public let name: BodyName

    /// IANA name of its time zone.
    public let timeZone: String

    /// Host names of its own pages.
    public let hosts: [String]

    /// The body that answers for its references after it has left.
    public let successor: JurisdictionID?

    /// Number of the configuration in force; nil before the first.
    public let configurationVersion: Int?

    /// Digest of the configuration in force.
    public let configurationDigest: String?

    /// When it came to the hub.
    public let createdAt: Date

    /// When this row last changed.
    public let updatedAt: Date

    /// States of a jurisdiction.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Served.
        case active
        /// No log-in, nothing sent, data kept. Goes to ``active`` and ``retired``.
        case suspended
        /// Has left; its code stays taken.
        case retired
    }

    /// A jurisdiction that comes to the hub with a tenant's files.
    public init(
        _ tenant: Tenant,
        state: State = .active,
        successor: JurisdictionID? = nil,
        createdAt: Date,
        updatedAt: Date
    ) {
        id = tenant.id
        code = tenant.code
        tier = tenant.tier
        self.state = state
        name = tenant.name
        timeZone = tenant.timeZone
        hosts = tenant.hosts
        self.successor = successor
        configurationVersion = nil
        configurationDigest = nil
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// The bodies this hub serves and has served.
public struct Jurisdictions {
    let transaction: HubTransaction

    /// The jurisdictions of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Queues a jurisdiction; one with the same id is replaced, but its code, state and first date stay.
    ///
    /// ``StorageError/alreadyThere`` at COMMIT: the code belongs to another one, or did once.
    public func put(_ jurisdiction: StoredJurisdiction) async throws {
        let name = try JSONValue(jurisdiction.name)
        try await transaction.queue(
            """
            INSERT INTO hub.jurisdiction
                (jurisdiction_id, code, tier, state, name, time_zone, host_names, successor_id, created_at, updated_at)
            VALUES
                (\(jurisdiction.id.rawValue), \(jurisdiction.code.rawValue), \(jurisdiction.tier.rawValue),
                \(jurisdiction.state.rawValue), \(name), \(jurisdiction.timeZone), \(jurisdiction.hosts),
                \(jurisdiction.successor?.rawValue), \(jurisdiction.createdAt), \(jurisdiction.updatedAt))
            ON CONFLICT (jurisdiction_id) DO UPDATE
            SET tier = excluded.tier, name = excluded.name, time_zone = excluded.time_zone,
                host_names = excluded.host_names, successor_id = excluded.successor_id, updated_at = excluded.updated_at
            """
        )
    }

    /// Queues the configuration in force: a copy of the tenant's own, so that all can be read at once.
    public func putConfiguration(
        of id: JurisdictionID,
        version: Int,
        digest: String,
        _ configuration: TenantConfiguration,
        now: Date
    ) async throws {
        let document = try JSONValue(configuration)
        try await transaction.queue(
            """
            UPDATE hub.jurisdiction
            SET configuration_version = \(version), configuration_digest = \(digest), configuration = \(document),
                updated_at = \(now)
            WHERE jurisdiction_id = \(id.rawValue)
            """
        )
    }

    /// Changes the state; false when there is no such jurisdiction.
    public func setState(_ state: StoredJurisdiction.State, of id: JurisdictionID, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE hub.jurisdiction
            SET state = \(state.rawValue), updated_at = \(now)
            WHERE jurisdiction_id = \(id.rawValue)
            """
        )
        return count == 1
    }

    /// Queues that a jurisdiction has left and another one answers for its references; an unknown one changes nothing.
    public func retire(_ id: JurisdictionID, successor: JurisdictionID, now: Date) async throws {
        try await transaction.queue(
            """
            UPDATE hub.jurisdiction
            SET state = 'retired', successor_id = \(successor.rawValue), updated_at = \(now)
            WHERE jurisdiction_id = \(id.rawValue)
                AND jurisdiction_id <> \(successor.rawValue)
            """
        )
    }

    /// All jurisdictions, retired ones too, by id.
    public func all() async throws -> [StoredJurisdiction] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM hub.jurisdiction
            ORDER BY jurisdiction_id
            """
        )
        return try rows.map(StoredJurisdiction.init)
    }

    /// One jurisdiction; nil when the hub never served it.
    public func read(_ id: JurisdictionID) async throws -> StoredJurisdiction? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM hub.jurisdiction
            WHERE jurisdiction_id = \(id.rawValue)
            """
        )
        return try row.map(StoredJurisdiction.init)
    }

    /// The jurisdiction of a code; nil when the code was never given.
    public func read(_ code: TenantCode) async throws -> StoredJurisdiction? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM hub.jurisdiction
            WHERE code = \(code.rawValue)
            """
        )
        return try row.map(StoredJurisdiction.init)
    }

    /// The configuration in force with its number and digest; nil before the first.
    public func configuration(
        of id: JurisdictionID
    ) async throws -> (configuration: TenantConfiguration, version: Int, digest: String)? {
        let row = try await transaction.first(
            """
            SELECT configuration, configuration_version, configuration_digest
            FROM hub.jurisdiction
            WHERE jurisdiction_id = \(id.rawValue)
                AND configuration IS NOT NULL
            """
        )
        return try row.map { row in
            (
                try row.decodeJSON("configuration"),
                try row.decode("configuration_version"),
                try row.decode("configuration_digest")
            )
        }
    }

    /// Hands over the configuration of every jurisdiction that is not retired, one at a time.
    public func configurations(
        each: (StoredJurisdiction, TenantConfiguration) async throws -> Void
    ) async throws {
        let rows = try transaction.stream(
            """
            SELECT \(Self.columns), configuration
            FROM hub.jurisdiction
            WHERE state <> 'retired'
                AND configuration IS NOT NULL
            ORDER BY jurisdiction_id
            """
        )
        for try await row in rows {
            try await each(try StoredJurisdiction(row), try row.decodeJSON("configuration"))
        }
    }

    private static let columns: SQL = """
        jurisdiction_id, code, tier, state, name, time_zone, host_names, successor_id, configuration_version,
        configuration_digest, created_at, updated_at
        """
}

extension StoredJurisdiction {
    init(_ row: Row) throws {
        id = JurisdictionID(trusted: try row.decode("jurisdiction_id"))
        code = TenantCode(trusted: try row.decode("code"))
        tier = try row.word("tier")
        state = try row.word("state")
        name = try row.decodeJSON("name")
        timeZone = try row.decode("time_zone")
        hosts = try row.decode("host_names")
        successor = try row.decode("successor_id", as: String?.self).map(JurisdictionID.init(trusted:))
        configurationVersion = try row.decode("configuration_version")
        configurationDigest = try row.decode("configuration_digest")
        createdAt = try row.decode("created_at")
        updatedAt = try row.decode("updated_at")
    }
}
