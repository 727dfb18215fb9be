import Domain
import Foundation
import Testing

@testable import Storage

@Suite("Passwords of roles")
struct ScramVerifierTests {
    @Test("are derived from the secret and the role, and from nothing else")
    func derived() throws {
        let secret = try DeploymentSecret("a secret of thirty-two bytes or more")
        let same = try DeploymentSecret("a secret of thirty-two bytes or more")
        let other = try DeploymentSecret("another secret of thirty-two bytes or more")
        #expect(secret.password(of: "hub311_t_bb") == same.password(of: "hub311_t_bb"))
        #expect(secret.password(of: "hub311_t_bb") != secret.password(of: "hub311_t_cf"))
        #expect(secret.password(of: "hub311_t_bb") != other.password(of: "hub311_t_bb"))
    }

    @Test("are kept as RFC 5802 says, with the salt that belongs to the role")
    func verifier() {
        let verifier = ScramVerifier.make(password: "pencil", role: "hub311_hub")
        #expect(verifier == ScramVerifier.make(password: "pencil", role: "hub311_hub"))
        #expect(
            verifier.wholeMatch(of: /SCRAM-SHA-256\$64:[A-Za-z0-9+\/]{22}==\$[A-Za-z0-9+\/]{43}=:[A-Za-z0-9+\/]{43}=/)
                != nil
        )
        #expect(verifier != ScramVerifier.make(password: "pencil", role: "hub311_owner"))
    }

    @Test("never show, and a short secret is refused")
    func secret() throws {
        #expect(throws: DeploymentSecret.Invalid.self) { try DeploymentSecret("thirty-one bytes are not enough") }
        let secret = try DeploymentSecret(DeploymentSecret.newText())
        #expect("\(secret)" == "(secret)")
        #expect(String(reflecting: secret) == "(secret)")
    }

    @Test(
        "go with role names that cannot be anything else",
        arguments: [
            ("hub311", true), ("a", true), ("town_7", true),
            ("", false), ("Hub", false), ("7up", false), ("pg_hub", false), ("hub-311", false), ("hub\"; DROP", false),
            (String(repeating: "a", count: 41), false),
        ]
    )
    func prefix(text: String, isGood: Bool) {
        #expect(((try? RoleNames(prefix: text)) != nil) == isGood)
    }
}
