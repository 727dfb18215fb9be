import Postgres

extension RuleSetVersions {
    /// Names and digests of the versions switched on, as one text: the same as long as nothing changed.
    public func stamp() async throws -> String {
        let rows = try await transaction.all(
            """
            SELECT version, digest
            FROM hub.rule_set_version
            WHERE activated_at IS NOT NULL
            ORDER BY version
            """
        )
        return try rows.map { row in
            "\(try row.decode("version", as: String.self)):\(try row.decode("digest", as: String.self))"
        }.joined(separator: ",")
    }
}
