import Domain
import Hub

/// Names of the people of a body by the id of their account, as its own staff may read them.
struct StaffNames {
    /// Display names by account id.
    let names: [String: String]

    /// Reads who is something in a body; people who left keep their entries without a name.
    init(of tenant: HostedTenant, _ surroundings: Surroundings) async throws {
        let people = try await ManageAccounts(databases: surroundings.databases).list(in: tenant.id)
        names = Dictionary(people.map { ($0.account.id.rawValue, $0.account.displayName) }) { first, _ in first }
    }
}
