public import Domain
import Postgres

/// The crews of one tenant and who is in them.
public struct Crews {
    private let transaction: TenantTransaction

    /// The crews of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a crew with its members, new or in the place of the one of that code.
    public func put(_ crew: Crew) async throws {
        let name = WrittenJSON.text(crew.name)
        try await transaction.queue(
            """
            INSERT INTO crew
                (crew_code, department, name, is_active)
            VALUES
                (\(crew.code.rawValue), \(crew.department.rawValue), \(name), \(crew.isActive))
            ON CONFLICT (crew_code) DO UPDATE
            SET department = excluded.department, name = excluded.name, is_active = excluded.is_active
            """
        )
        try await transaction.queue(
            """
            DELETE FROM crew_member
            WHERE crew_code = \(crew.code.rawValue)
                AND account_id <> ALL (\(crew.members))
            """
        )
        try await transaction.queue(
            """
            INSERT INTO crew_member
                (crew_code, account_id)
            SELECT \(crew.code.rawValue), account_id
            FROM unnest(\(crew.members)) AS given (account_id)
            ON CONFLICT (crew_code, account_id) DO NOTHING
            """
        )
    }

    /// All crews, those that go out and those that do no more, by department and code.
    public func all() async throws -> [Crew] {
        try await crews("TRUE")
    }

    /// The crews an account is in and that go out.
    public func of(account: String) async throws -> [Crew] {
        try await crews(
            """
            is_active
                AND EXISTS (
                    SELECT 1
                    FROM crew_member AS mine
                    WHERE mine.crew_code = crew.crew_code
                        AND mine.account_id = \(account)
                )
            """
        )
    }

    private func crews(_ condition: SQL) async throws -> [Crew] {
        let rows = try await transaction.all(
            """
            SELECT crew.crew_code, crew.department, crew.name, crew.is_active,
                COALESCE(array_agg(member.account_id ORDER BY member.account_id)
                    FILTER (WHERE member.account_id IS NOT NULL), '{}') AS members
            FROM crew
            LEFT JOIN crew_member AS member ON member.crew_code = crew.crew_code
            WHERE \(condition)
            GROUP BY crew.crew_code, crew.department, crew.name, crew.is_active
            ORDER BY crew.department, crew.crew_code
            """
        )
        return try rows.map { row in
            Crew(
                code: CrewCode(trusted: try row.decode("crew_code")),
                name: try row.decodeJSON("name"),
                department: DepartmentCode(trusted: try row.decode("department")),
                isActive: try row.decode("is_active"),
                members: try row.decode("members")
            )
        }
    }
}
