import Domain
import Foundation
import HTTPTypes
import Storage
import Tenancy
import TestSupport
import Testing

@testable import Hub
@testable import Web

@Suite("Signing in at the staff door")
struct SignInTests {
    @Test("goes from the link over a password and a second factor to the pages, and back in with all three")
    func wholeWay() async throws {
        try await StaffRegion.run { region in
            let browser = region.browser()
            let link = try await region.invited("Clerk@Town.example", [.departmentClerk], in: StaffRegion.town)
            let door = "/t/brindle-bay\(link)"
            let page = try await browser.get(door)
            #expect(page.heading == "Choose your password")
            #expect(page.attribute("value", ofTagWith: "id=\"name\"") == "clerk@town.example")
            let short = try await browser.submit(page, ["password": "short"], to: "/t/brindle-bay/en/staff/invitation")
            #expect(short.status == .badRequest && short.text.contains("at least 12 characters"))
            let common = try await browser.submit(
                page,
                ["password": "Password123456!"],
                to: "/t/brindle-bay/en/staff/invitation"
            )
            #expect(common.text.contains("guessed first"))
            let enrol = try await browser.submit(
                page,
                ["password": StaffRegion.password],
                to: "/t/brindle-bay/en/staff/invitation"
            )
            #expect(enrol.address == "/t/brindle-bay/en/staff/sign-in/enrol")
            // Nothing opens before the second factor is there.
            #expect(try await browser.get("/t/brindle-bay/en/staff").address == enrol.address)
            let secret = try Self.secret(of: enrol)
            let wrong = try await browser.submit(
                enrol,
                ["code": "000000"],
                to: "/t/brindle-bay/en/staff/sign-in/enrol"
            )
            #expect(wrong.status == .badRequest)
            let codes = try await browser.submit(
                enrol,
                ["code": Self.code(secret, at: region.clock.now)],
                to: "/t/brindle-bay/en/staff/sign-in/enrol"
            )
            #expect(codes.heading == "Recovery codes")
            let recovery = codes.html.matches(of: /<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){5})<\/li>/).map { String($0.1) }
            #expect(recovery.count == 8)
            let home = try await browser.get("/t/brindle-bay/en/staff")
            #expect(home.heading == "Staff of Town of Brindle Bay")
            #expect(home.text.contains("You act for Town of Brindle Bay as Robin Example"))
            #expect(home.headers[.cacheControl] == "no-store")

            // Out, and in again with name, password and a later code.
            let out = try await browser.submit(home, [:], to: "/t/brindle-bay/en/staff/sign-out")
            #expect(out.heading == "Sign in for staff")
            region.clock.advance(by: 60)
            let codePage = try await Self.signIn(browser, "clerk@town.example", at: "/t/brindle-bay/en")
            #expect(codePage.heading == "Enter your code")
            let code = Self.code(secret, at: region.clock.now)
            let inside = try await browser.submit(
                codePage,
                ["code": code],
                to: "/t/brindle-bay/en/staff/sign-in/code"
            )
            #expect(inside.heading == "Staff of Town of Brindle Bay")

            // A code is good once, also in another browser in the same half minute.
            let thief = region.browser()
            let again = try await Self.signIn(thief, "clerk@town.example", at: "/t/brindle-bay/en")
            let refused = try await thief.submit(again, ["code": code], to: "/t/brindle-bay/en/staff/sign-in/code")
            #expect(refused.status == .unauthorized)
            // A recovery code stands in, once.
            let rescued = try await thief.submit(
                again,
                ["code": recovery[0].uppercased()],
                to: "/t/brindle-bay/en/staff/sign-in/code"
            )
            #expect(rescued.heading == "Staff of Town of Brindle Bay")
            let third = region.browser()
            let spent = try await Self.signIn(third, "clerk@town.example", at: "/t/brindle-bay/en")
            let used = try await third.submit(
                spent,
                ["code": recovery[0]],
                to: "/t/brindle-bay/en/staff/sign-in/code"
            )
            #expect(used.status == .unauthorized)
        }
    }

    @Test("speaks French on the French page, and leads back to the page that was asked for")
    func french() async throws {
        try await StaffRegion.run(rules: SignInRules(needsSecondFactor: false)) { region in
            _ = try await region.signedIn("a@town.example", [.auditor], in: StaffRegion.town, face: "/t/brindle-bay")
            let browser = region.browser()
            let asked = try await browser.get("/t/brindle-bay/fr/staff/account")
            #expect(asked.heading == "Ouvrir une session du personnel")
            let inside = try await browser.submit(
                asked,
                ["name": "a@town.example", "password": StaffRegion.password],
                to: "/t/brindle-bay/fr/staff/sign-in"
            )
            #expect(inside.address == "/t/brindle-bay/fr/staff/account")
            #expect(inside.heading == "Votre compte")
        }
    }

    @Test(
        "never leads anywhere else than to this face's staff pages",
        arguments: [
            "https://evil.example/en/staff", "//evil.example/en/staff", "/en/staff/../../x", "/fr",
            "/t/cobbleford/en/staff",
            "/en/staffing", "/en/staff\\evil", "javascript:alert(1)",
        ]
    )
    func openRedirect(next: String) async throws {
        let hosted = RegionFiles.tenants.configurations.first { $0.tenant.id == StaffRegion.hubID }
        let site = Site(
            tenant: HostedTenant(
                configuration: try #require(hosted),
                version: 1,
                digest: "",
                appliedAt: Date(timeIntervalSince1970: 0)
            ),
            language: .english
        )
        if next.contains("..") {
            // Dots are resolved by the browser, and stay on this host.
            #expect(site.ownStaffAddress(next) != "https://evil.example")
        } else {
            #expect(site.ownStaffAddress(next) == nil)
        }
        #expect(site.ownStaffAddress("/fr/staff/queue?view=due") == "/fr/staff/queue?view=due")
    }

    @Test("a person with parts in several bodies sees which one they act for, and changes it")
    func several() async throws {
        try await StaffRegion.run(rules: SignInRules(needsSecondFactor: false)) { region in
            let browser = try await region.signedIn("both@x.example", [.operator], in: StaffRegion.hubID)
            try await region.manage.setRoles(
                Membership(jurisdiction: StaffRegion.town, roles: [.departmentClerk], departments: ["public-works"]),
                of: SignInName(trusted: "both@x.example"),
                by: "test",
                now: region.clock.now
            )
            let home = try await browser.get("/en/staff")
            #expect(home.text.contains("You act for Maplewater 311"))
            #expect(home.text.contains("Your part here: Operator"))
            let there = try await browser.submit(home, ["jurisdiction": "brindle-bay"], to: "/en/staff/acting")
            #expect(there.text.contains("You act for Town of Brindle Bay"))
            #expect(there.text.contains("Your part here: Department clerk"))
            // A body they are nothing in stays closed.
            let refused = try await browser.submit(there, ["jurisdiction": "cobbleford"], to: "/en/staff/acting")
            #expect(refused.status == .forbidden)
            // The part taken, the session falls back to what is left; with nothing left it is dead.
            for body in [StaffRegion.town, StaffRegion.hubID] {
                try await region.manage.setRoles(
                    Membership(jurisdiction: body, roles: []),
                    of: SignInName(trusted: "both@x.example"),
                    by: "test",
                    now: region.clock.now
                )
                let page = try await browser.get("/en/staff")
                let expected = body == StaffRegion.town ? "You act for Maplewater 311" : "Sign in for staff"
                #expect(page.text.contains(expected))
            }
        }
    }

    /// Signs in with the shared password and gives the page that follows.
    static func signIn(
        _ browser: Browser,
        _ name: String,
        password: String = StaffRegion.password,
        at root: String = "/en"
    ) async throws -> ShownPage {
        let page = try await browser.get("\(root)/staff/sign-in")
        return try await browser.submit(page, ["name": name, "password": password], to: "\(root)/staff/sign-in")
    }

    /// The secret as the page shows it.
    static func secret(of page: ShownPage) throws -> TimeCode {
        let shown = try #require(page.html.firstMatch(of: /id="time-key">([A-Z2-7 ]+)</)).1
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var bits = shown.filter { $0 != " " }.compactMap { alphabet.firstIndex(of: $0) }
            .map { number in (0..<5).map { (number >> (4 - $0)) & 1 } }.flatMap(\.self)[...]
        var bytes: [UInt8] = []
        while bits.count >= 8 {
            bytes.append(bits.prefix(8).reduce(0) { $0 << 1 | UInt8($1) })
            bits = bits.dropFirst(8)
        }
        return TimeCode(secret: Data(bytes))
    }

    static func code(_ secret: TimeCode, at instant: Date) -> String {
        secret.code(step: Int64(instant.timeIntervalSince1970 / 30))
    }
}
