public import Domain

/// Names of the database roles of one deployment.
///
/// Roles belong to the whole server, so two deployments on one server differ by their prefix.
public struct RoleNames: Sendable, Hashable {
    /// What every role name begins with.
    public let prefix: String

    /// Names with a prefix of 1 to 40 lower-case letters, digits and underscores, a letter first.
    ///
    /// - Throws: ``InvalidPrefix`` for anything else.
    public init(prefix: String = "hub311") throws(InvalidPrefix) {
        let letters = prefix.utf8
        guard (1...40).contains(letters.count), let first = letters.first, (97...122).contains(first),
            letters.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }),
            !prefix.hasPrefix("pg_")
        else { throw InvalidPrefix(prefix: prefix) }
        self.prefix = prefix
    }

    /// Owns schemas and tables, migrates them, creates tenants; never used while serving.
    public var owner: String { "\(prefix)_owner" }

    /// Reads and writes the hub's tables and no tenant's.
    public var hub: String { "\(prefix)_hub" }

    /// Reads and writes one tenant's tables and nothing else; member of nothing.
    public func tenant(_ code: TenantCode) -> String { "\(prefix)_\(code.schemaName)" }

    /// A prefix that cannot begin a role name.
    public struct InvalidPrefix: Error, Sendable, CustomStringConvertible {
        /// The prefix at fault.
        public let prefix: String

        /// What would be right.
        public var description: String {
            "a role prefix is 1 to 40 of a-z, 0-9 and underscore, a letter first, not pg_; not \"\(prefix.prefix(50))\""
        }
    }
}
