import Domain
import Foundation
import HTTPTypes
import Hub
import TestSupport
import Testing

@testable import Web

@Suite("Signing in through a town's own service")
struct ServiceSignInTests {
    static let town = "https://login.brindlebay.example"
    static let region = "https://id.maplewater.example"
    static let face = "/t/brindle-bay/en"

    /// Goes to the service and comes back as somebody.
    static func arrive(
        _ browser: Browser,
        _ issuer: FakeIssuer,
        service: String = "town",
        as subject: String = "u-1",
        groups: [String] = ["Public Works"],
        tellsIssuer: String? = nil
    ) async throws -> ShownPage {
        let back = try issuer.authorize(
            try await depart(browser, service: service),
            as: subject,
            groups: groups,
            tellsIssuer: tellsIssuer
        )
        return try await browser.get(back)
    }

    /// Where the browser is sent.
    static func depart(_ browser: Browser, service: String = "town", next: String = "") async throws -> String {
        let query = next.isEmpty ? "" : "?next=\(next)"
        let sent = try await browser.get("\(face)/staff/sign-in/with/\(service)\(query)", follows: false)
        try #require(sent.status == .seeOther, "\(sent.text)")
        return try #require(sent.headers[.location])
    }

    static func run(_ story: @Sendable (StaffRegion, FakeIssuer, FakeIssuer) async throws -> Void) async throws {
        let (town, region) = (
            try FakeIssuer(town), try FakeIssuer(region, client: "hub311-brindle-bay", secret: "s3cret")
        )
        try await StaffRegion.run(issuers: [town, region]) { try await story($0, town, region) }
    }

    @Test("opens a session with the roles of the groups, by RS256 and ES256, and leads to the page asked for")
    func good() async throws {
        try await Self.run { region, issuer, _ in
            let browser = region.browser()
            let page = try await browser.get("\(Self.face)/staff/sign-in")
            #expect(page.text.contains("Sign in with your work account"))
            let next = "%2Ft%2Fbrindle%2Dbay%2Fen%2Fstaff%2Faccount"
            let back = try issuer.authorize(
                try await Self.depart(browser, next: next),
                as: "u-1",
                groups: ["Public Works", "Everybody"]
            )
            let account = try await browser.get(back)
            #expect(account.heading == "Your account")
            #expect(account.text.contains("Department clerk"))
            let person = try #require(try await region.manage.list(in: StaffRegion.town).first)
            #expect(person.account.displayName == "Sam Service")
            #expect(person.memberships.first?.departments == ["public-works"])
            issuer.useCurve(true)
            let again = try await Self.arrive(region.browser(), issuer)
            #expect(again.heading == "Staff of Town of Brindle Bay")
            #expect(try await region.manage.list(in: StaffRegion.town).count == 1, "the same person")
        }
    }

    @Test("refuses every lie", arguments: FakeIssuer.Lie.allCases.filter { $0 != .none })
    func lies(lie: FakeIssuer.Lie) async throws {
        try await Self.run { region, issuer, _ in
            issuer.lie(lie)
            let browser = region.browser()
            let page = try await Self.arrive(browser, issuer)
            #expect(page.status == .unauthorized, "\(lie): \(page.heading)")
            #expect(try await browser.get("\(Self.face)/staff").heading == "Sign in for staff")
            #expect(try await region.manage.list().isEmpty)
        }
    }

    @Test("takes a code, a state and a browser once and together, and never another issuer's answer")
    func journeys() async throws {
        try await Self.run { region, issuer, other in
            let browser = region.browser()
            let back = try issuer.authorize(try await Self.depart(browser), as: "u-1", groups: ["Public Works"])
            // Another browser brings the answer: somebody is made to sign in as somebody else.
            #expect(try await region.browser().get(back).status == .unauthorized)
            let victim = region.browser()
            _ = try await Self.depart(victim)
            #expect(try await victim.get(back).status == .unauthorized)
            // The state was used up by the first who came.
            #expect(try await browser.get(back).status == .unauthorized)

            let fresh = region.browser()
            let good = try issuer.authorize(try await Self.depart(fresh), as: "u-1", groups: ["Public Works"])
            #expect(try await fresh.get(good).status == .ok)
            #expect(try await fresh.copy().get(good).status == .unauthorized, "played again")

            // Mix-up: the person began with one service, the answer says another (RFC 9207).
            let mixed = try await Self.arrive(region.browser(), issuer, tellsIssuer: Self.region)
            #expect(mixed.status == .unauthorized)
            // A code of the other service under this journey's state.
            let confused = region.browser()
            let state = try #require(
                URLComponents(string: try await Self.depart(confused))?.queryItems?.first { $0.name == "state" }?.value
            )
            let theirs = try other.authorize(
                try await Self.depart(region.browser(), service: "region"),
                as: "u-9",
                groups: ["hub311-works"]
            )
            let code = try #require(URLComponents(string: theirs)?.queryItems?.first { $0.name == "code" }?.value)
            let swapped = try await confused.get("\(Self.face)/staff/sign-in/return?code=\(code)&state=\(state)")
            #expect(swapped.status == .unauthorized)

            let late = region.browser()
            let tooLate = try issuer.authorize(try await Self.depart(late), as: "u-1", groups: ["Public Works"])
            region.clock.advance(by: 601)
            #expect(try await late.get(tooLate).status == .unauthorized)
            for query in ["", "?code=x", "?state=x", "?error=access_denied&state=x", "?code=x&state=x"] {
                #expect(
                    try await region.browser().get("\(Self.face)/staff/sign-in/return\(query)").status == .unauthorized
                )
            }
        }
    }

    @Test("knows a person by issuer and subject: the same subject or e-mail at another issuer is somebody else")
    func identity() async throws {
        try await Self.run { region, issuer, other in
            // Somebody signs in here with the password of an account whose address the services claim too.
            _ = try await region.invited("known@x.example", [.tenantAdministrator], in: StaffRegion.town)
            let first = try await Self.arrive(region.browser(), issuer, as: "u-1")
            #expect(first.text.contains("Your part here: Department clerk"))
            let second = try await Self.arrive(
                region.browser(),
                other,
                service: "region",
                as: "u-1",
                groups: ["hub311-works"]
            )
            #expect(second.text.contains("Your part here: Field worker"))
            let people = try await region.manage.list(in: StaffRegion.town)
            #expect(people.count == 3)
            #expect(people.first { $0.account.signInName.rawValue == "known@x.example" }?.account.state == .invited)
        }
    }

    @Test("roles follow the groups with each sign-in; without any the person has no part; a disabled one stays out")
    func groups() async throws {
        try await Self.run { region, issuer, _ in
            let none = try await Self.arrive(region.browser(), issuer, groups: ["Choir"])
            #expect(none.status == .forbidden)
            #expect(try await region.manage.list().isEmpty)
            let browser = region.browser()
            _ = try await Self.arrive(browser, issuer)
            let head = try await Self.arrive(region.browser(), issuer, groups: ["Public Works", "Works Managers"])
            #expect(head.text.contains("Department head"))
            let gone = try await Self.arrive(region.browser(), issuer, groups: [])
            #expect(gone.status == .forbidden)
            #expect(try await browser.get("\(Self.face)/staff").heading == "Sign in for staff")
            // Disabled here, whatever the service says.
            _ = try await Self.arrive(region.browser(), issuer)
            let person = try #require(try await region.manage.list().first)
            try await region.manage.disable(person.account.signInName, by: "test", now: region.clock.now)
            #expect(try await Self.arrive(region.browser(), issuer).status == .unauthorized)
        }
    }

    @Test("new keys of a service are fetched when a token names them, at most once a minute")
    func rotation() async throws {
        try await Self.run { region, issuer, _ in
            _ = try await Self.arrive(region.browser(), issuer)
            #expect(issuer.askedForKeys == 1)
            region.clock.advance(by: 61)
            try issuer.rotate()
            #expect(try await Self.arrive(region.browser(), issuer).status == .ok)
            #expect(issuer.askedForKeys == 2)
            issuer.lie(.unknownKey)
            for _ in 0..<5 { _ = try await Self.arrive(region.browser(), issuer) }
            #expect(issuer.askedForKeys <= 3)
        }
    }

    @Test("a service of one town opens nothing at another's door")
    func otherTown() async throws {
        try await Self.run { region, issuer, _ in
            #expect(try await region.browser().get("/t/cobbleford/en/staff/sign-in/with/town").status == .notFound)
            let browser = region.browser()
            let back = try issuer.authorize(try await Self.depart(browser), as: "u-1", groups: ["Public Works"])
            let elsewhere = back.replacing("/t/brindle-bay/", with: "/t/cobbleford/")
            #expect(try await browser.get(elsewhere).status == .unauthorized)
        }
    }
}
