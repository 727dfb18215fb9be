import Domain
import Foundation
import Testing

@Suite("Accounts")
struct AccountTests {
    @Test(
        "passwords that are guessed first are not taken",
        arguments: [
            ("password1234", PasswordRules.Fault.common), ("P@ssw0rd!2026", .common), ("aaaaaaaaaaaaaaa", .common),
            ("qwertyuiop123", .common), ("1234567890123", .common), ("bienvenue2026!", .common),
            ("welcomewelcome", .common),
            ("abcdefghijklm", .common), ("iloveyoutoronto", .common), ("short", .short), ("", .short),
            ("robinexample12", .personal), ("Robin.Example!", .personal), ("clerkclerk12", .personal),
        ]
    )
    func common(password: String, fault: PasswordRules.Fault) {
        #expect(throws: fault) {
            try PasswordRules.check(password, context: ["Robin Example", "clerk@works.example"])
        }
    }

    @Test(
        "passwords that are long and nobody's are taken, whatever characters they hold",
        arguments: [
            "tulip gravel oboe kayak", "correct-zebra-7-lamp", "пароль которого нет", "quatre mots sans lien",
            "xK9mQ2vL8pRt",
            String(repeating: "zebra lamp ", count: 10),
        ]
    )
    func good(password: String) throws {
        try PasswordRules.check(password, context: ["Robin Example", "clerk@works.example"])
    }

    @Test("a password of more than 128 characters is not taken, one of 128 is")
    func long() throws {
        let long = (0..<16).map { "\($0) tulips" }.joined(separator: " ")
        try PasswordRules.check(String(long.prefix(128)))
        #expect(throws: PasswordRules.Fault.long) { try PasswordRules.check(String((long + long).prefix(129))) }
    }

    @Test(
        "sign-in names are addresses in lower case",
        arguments: [
            ("Clerk@Town.Example", "clerk@town.example"), (" a.b@c.example ", "a.b@c.example"), ("no at sign", nil),
            ("a@b", nil), ("a@b@c.example", nil), ("a b@c.example", nil), ("@c.example", nil), ("a@.example", nil),
            ("a\u{0}@c.example", nil), ("a\r\n@c.example", nil),
        ]
    )
    func names(typed: String, expected: String?) {
        #expect(SignInName(typed: typed)?.rawValue == expected)
    }

    @Test("an account goes from invited to active and back from disabled, and no other way")
    func life() throws {
        var account = Account(
            id: AccountID(trusted: "aaaaaaaaaaaa"),
            signInName: SignInName(trusted: "a@b.example"),
            displayName: "A",
            language: .english,
            createdAt: Date(timeIntervalSince1970: 0),
            createdBy: "test"
        )
        #expect(throws: Account.IllegalStep.self) { try account.enable(hasPassword: true) }
        try account.acceptInvitation()
        #expect(account.state == .active)
        try account.disable()
        #expect(throws: Account.IllegalStep.self) { try account.disable() }
        #expect(throws: Account.IllegalStep.self) { try account.acceptInvitation() }
        try account.enable(hasPassword: false)
        #expect(account.state == .invited)
    }

    @Test("a membership names roles of staff, the hub's own only there, and departments that exist")
    func membership() throws {
        let here = JurisdictionID(trusted: "somewhere")
        func check(_ roles: Set<Role>, _ departments: Set<String> = [], isHub: Bool = false) throws {
            try Membership(jurisdiction: here, roles: roles, departments: departments)
                .check(isHub: isHub, departments: ["public-works"])
        }
        try check([.departmentClerk], ["public-works"])
        try check([.hubAdministrator], isHub: true)
        #expect(throws: Membership.Fault.noRole) { try check([]) }
        #expect(throws: Membership.Fault.notStaff) { try check([.resident]) }
        #expect(throws: Membership.Fault.hubOnly(.hubAdministrator)) { try check([.hubAdministrator]) }
        #expect(throws: Membership.Fault.unknownDepartment("parks")) { try check([.field], ["parks"]) }
    }

    @Test(
        "waiting doubles with each try too many, and never lasts for ever",
        arguments: [
            (1, nil), (5, nil), (6, 30), (7, 60), (10, 480), (11, 900), (1000, 900),
        ]
    )
    func waiting(tries: Int, seconds: Double?) {
        #expect(SignInRules().wait(after: tries, free: 5) == seconds)
    }
}
