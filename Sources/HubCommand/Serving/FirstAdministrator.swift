import Domain
import Foundation
import Hub

/// The way in for the first person: a link for an administrator of the hub, for as long as nobody has ever used one.
struct FirstAdministrator {
    /// What the first administrator signs in with until they give themselves another account.
    static let name = SignInName(trusted: "admin@hub311.invalid")

    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// A fresh link when nobody is there yet, or the first one was never used; nil otherwise.
    func invitation() async throws -> String? {
        let manage = ManageAccounts(databases: surroundings.databases, rules: surroundings.signIn.rules)
        let people = try await manage.list()
        guard people.allSatisfy({ $0.account.signInName == Self.name && $0.account.state == .invited }) else {
            return nil
        }
        let hub = try await surroundings.directory.hub()
        let link = try await manage.invite(
            Self.name,
            displayName: "Administrator",
            language: hub.tenant.languages.first ?? .english,
            Membership(jurisdiction: hub.id, roles: [.hubAdministrator]),
            by: "first start",
            now: surroundings.now()
        )
        return link?.address(below: surroundings.settings.publicBaseURL)
    }
}
