import Domain
import Foundation
import HTTPTypes
import Hub
import Storage
import TestSupport
import Testing

@testable import Web

@Suite("Attacks on the staff door")
struct DoorAttackTests {
    static let plain = SignInRules(needsSecondFactor: false)

    @Test("A17: cookies are __Host-, Secure, HttpOnly and SameSite; every answer of the door is kept by no cache")
    func cookies() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            let browser = try await region.signedIn("a@x.example", [.auditor], in: StaffRegion.hubID)
            let session = try #require(browser.setCookies.first { $0.hasPrefix("__Host-hub_staff=") })
            for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] { #expect(session.contains(part)) }
            #expect(!session.contains("Domain="))
            for entry in region.table.entries where entry.method == .get && !entry.path.contains(":jurisdiction") {
                let path = entry.path.replacing(":token", with: "x")
                for page in [try await browser.get(path), try await region.browser().get(path)] {
                    #expect(page.headers[.cacheControl] == "no-store", "\(path)")
                    for name in ["Content-Security-Policy", "X-Content-Type-Options", "Strict-Transport-Security"] {
                        #expect(page.headers[try #require(HTTPField.Name(name))] != nil, "\(path) \(name)")
                    }
                }
            }
        }
    }

    @Test("A20: unknown name, wrong password and a person without a part here are told alike")
    func alike() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            _ = try await region.signedIn("known@x.example", [.auditor], in: StaffRegion.town, face: "/t/brindle-bay")
            _ = try await region.invited("invited@x.example", [.auditor], in: StaffRegion.town)
            var texts: Set<String> = []
            for (name, password, root) in [
                ("known@x.example", "not the password", "/t/brindle-bay/en"),
                ("nobody@x.example", StaffRegion.password, "/t/brindle-bay/en"),
                ("invited@x.example", StaffRegion.password, "/t/brindle-bay/en"),
                ("not an address", StaffRegion.password, "/t/brindle-bay/en"),
            ] {
                let page = try await SignInTests.signIn(region.browser(), name, password: password, at: root)
                #expect(page.status == .unauthorized)
                texts.insert(page.text)
            }
            #expect(texts.count == 1)
            let foreign = try await SignInTests.signIn(region.browser(), "known@x.example", at: "/t/cobbleford/en")
            #expect(foreign.status == .unauthorized)
        }
    }

    @Test(
        "A20: too many tries must wait, for known and unknown names alike; its owner's own browser goes on, nobody for ever"
    )
    func waiting() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            let owner = try await region.signedIn("known@x.example", [.auditor], in: StaffRegion.hubID)
            for name in ["known@x.example", "nobody@x.example"] {
                let guesser = region.browser()
                for attempt in 1...5 {
                    let page = try await SignInTests.signIn(guesser, name, password: "wrong password \(attempt)")
                    #expect(page.status == .unauthorized)
                }
                let stopped = try await SignInTests.signIn(guesser, name)
                #expect(stopped.status == .tooManyRequests)
                #expect(stopped.headers[.retryAfter] == "30")
                #expect(stopped.text.contains("Too many tries. Wait 1 minute"))
            }
            // The owner has signed in from this browser before.
            let home = try await owner.get("/en/staff")
            _ = try await owner.submit(home, [:], to: "/en/staff/sign-out")
            #expect(try await SignInTests.signIn(owner, "known@x.example").heading.hasPrefix("Staff of"))
            // A stranger gets through again after the wait, with the right password.
            region.clock.advance(by: 31)
            #expect(try await SignInTests.signIn(region.browser(), "known@x.example").heading.hasPrefix("Staff of"))
        }
    }

    @Test("A20: one network that sprays many names must wait too")
    func spraying() async throws {
        try await StaffRegion.run(rules: SignInRules(needsSecondFactor: false, triesOfNetwork: 10)) { region in
            let sprayer = region.browser()
            var statuses: [Int] = []
            for number in 1...12 {
                statuses.append(try await SignInTests.signIn(sprayer, "n\(number)@x.example").status.code)
            }
            #expect(statuses == Array(repeating: 401, count: 10) + [429, 429])
        }
    }

    @Test("A21: the token changes when the sign-in goes a step further; the former one opens nothing")
    func fixation() async throws {
        try await StaffRegion.run { region in
            let browser = try await region.signedIn("a@x.example", [.auditor], in: StaffRegion.hubID)
            let before = browser.copy()
            let enrol = try await browser.get("/en/staff/sign-in/enrol")
            let secret = try SignInTests.secret(of: enrol)
            _ = try await browser.submit(
                enrol,
                ["code": SignInTests.code(secret, at: region.clock.now)],
                to: "/en/staff/sign-in/enrol"
            )
            #expect(try await browser.get("/en/staff").heading.hasPrefix("Staff of"))
            #expect(try await before.get("/en/staff").heading == "Sign in for staff")
        }
    }

    @Test(
        "A21: a session is dead at once after signing out, everywhere, a reset, a disabling, idle and absolute limits"
    )
    func ends() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            let administrator = try await region.signedIn("root@x.example", [.hubAdministrator], in: StaffRegion.hubID)
            func fresh(_ name: String) async throws -> Browser {
                try await region.signedIn(name, [.auditor], in: StaffRegion.hubID)
            }
            func isIn(_ browser: Browser) async throws -> Bool {
                try await browser.get("/en/staff").heading.hasPrefix("Staff of")
            }
            let out = try await fresh("out@x.example")
            let thief = out.copy()
            _ = try await out.submit(try await out.get("/en/staff"), [:], to: "/en/staff/sign-out")
            #expect(try await !isIn(thief))

            let everywhere = try await fresh("everywhere@x.example")
            let second = region.browser()
            _ = try await SignInTests.signIn(second, "everywhere@x.example")
            #expect(try await isIn(second))
            let account = try await everywhere.get("/en/staff/account")
            #expect(account.html.matches(of: /Sign out there/).count == 1)
            _ = try await everywhere.submit(account, [:], to: "/en/staff/account/sign-out-everywhere")
            #expect(try await !isIn(second))

            let disabled = try await fresh("disabled@x.example")
            try await region.manage.disable(
                SignInName(trusted: "disabled@x.example"),
                by: "test",
                now: region.clock.now
            )
            #expect(try await !isIn(disabled))
            #expect(try await SignInTests.signIn(region.browser(), "disabled@x.example").status == .unauthorized)

            let changed = try await fresh("changed@x.example")
            let elsewhere = region.browser()
            _ = try await SignInTests.signIn(elsewhere, "changed@x.example")
            let form = try await changed.get("/en/staff/account")
            let kept = try await changed.submit(
                form,
                ["present": StaffRegion.password, "password": "other gravel words here"],
                to: "/en/staff/account/password"
            )
            #expect(kept.text.contains("Your password is changed"))
            #expect(try await isIn(changed))
            #expect(try await !isIn(elsewhere))

            let idle = try await fresh("idle@x.example")
            region.clock.advance(by: 1790)
            #expect(try await isIn(idle))
            region.clock.advance(by: 1790)
            #expect(try await isIn(idle))
            region.clock.advance(by: 1801)
            #expect(try await !isIn(idle))
            #expect(try await !isIn(administrator))

            let long = try await fresh("long@x.example")
            for _ in 0..<23 {
                region.clock.advance(by: 1799)
                #expect(try await isIn(long))
            }
            region.clock.advance(by: 1799 + 60)
            #expect(try await !isIn(long))
        }
    }

    @Test("A22: no change is taken from another site, without the token, with another session's, or before sign-in")
    func crossSite() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            let browser = try await region.signedIn("a@x.example", [.tenantAdministrator], in: StaffRegion.town)
            let other = try await region.signedIn("b@x.example", [.tenantAdministrator], in: StaffRegion.town)
            let page = try await browser.get("/en/staff/account")
            let token = page.attribute("value", ofTagWith: "name=\"token\"")
            let theirs = try await other.get("/en/staff/account").attribute("value", ofTagWith: "name=\"token\"")
            let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
            for entry in region.table.entries where entry.method == .post && !entry.path.contains(":jurisdiction") {
                let path = entry.path
                for (fields, headers) in [
                    ([("token", token)], [fetchSite: "cross-site"]), ([("token", token)], [fetchSite: "same-site"]),
                    ([("token", token)], [.origin: "https://evil.example"]),
                    ([("token", token)], [.referer: "https://evil.example/en/staff"]),
                    ([("token", token)], [.origin: "null"]),
                    ([], [fetchSite: "same-origin"]), ([("token", theirs)], [fetchSite: "same-origin"]),
                    ([("token", token.uppercased())], [:]), ([("token", "")], [:]),
                    ([("token", token)], [.contentType: "text/plain", fetchSite: "cross-site"]),
                ] as [([(String, String)], HTTPFields)] {
                    let answer = try await browser.copy().post(path, fields, headers)
                    let isClosed = [403, 415].contains(answer.status.code)
                    #expect(isClosed, "\(path) \(headers): \(answer.status)")
                }
            }
            #expect(try await browser.get("/en/staff").heading.hasPrefix("Staff of"), "nothing of it ended the session")
            // A change is no GET.
            for entry in region.table.entries where entry.method == .post && !entry.path.contains(":jurisdiction") {
                guard !region.table.entries.contains(where: { $0.method == .get && $0.path == entry.path }) else {
                    continue
                }
                #expect(try await browser.get(entry.path).status == .notFound, "\(entry.path)")
            }
        }
    }

    @Test("T4: the cookie of one face opens no other, under whatever name it is sent")
    func faces() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            let browser = try await region.signedIn(
                "a@x.example",
                [.auditor],
                in: StaffRegion.town,
                face: "/t/brindle-bay"
            )
            #expect(try await browser.get("/t/brindle-bay/en/staff").heading.hasPrefix("Staff of"))
            browser.keep("__Host-hub_staff_brindle-bay", as: "__Host-hub_staff_cobbleford")
            browser.keep("__Host-hub_staff_brindle-bay", as: "__Host-hub_staff")
            #expect(try await browser.get("/t/cobbleford/en/staff").heading == "Sign in for staff")
            #expect(try await browser.get("/en/staff").heading == "Sign in for staff")
        }
    }

    @Test("A24: a link is good once, for an hour, and below the configured address whatever the request says")
    func links() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            let link = try await region.invited("a@x.example", [.auditor], in: StaffRegion.hubID)
            let first = try await region.browser().get(link)
            #expect(first.heading == "Choose your password")
            #expect(first.headers[try #require(HTTPField.Name("Referrer-Policy"))] == "no-referrer")
            #expect(first.headers[.cacheControl] == "no-store")
            let browser = region.browser()
            let page = try await browser.get(link)
            _ = try await browser.submit(page, ["password": StaffRegion.password], to: "/en/staff/invitation")
            #expect(try await region.browser().get(link).heading == "This link no longer works")
            let late = try await region.invited("b@x.example", [.auditor], in: StaffRegion.hubID)
            region.clock.advance(by: 3601)
            #expect(try await region.browser().get(late).status == .notFound)
            let replaced = try await region.invited("c@x.example", [.auditor], in: StaffRegion.hubID)
            let newer = try await region.invited("c@x.example", [.auditor], in: StaffRegion.hubID)
            #expect(try await region.browser().get(replaced).status == .notFound)
            #expect(try await region.browser().get(newer).status == .ok)
            let reset = try await region.manage.reset(
                SignInName(trusted: "a@x.example"),
                by: "test",
                now: region.clock.now
            )
            #expect(
                reset.address(below: region.surroundings.settings.publicBaseURL).hasPrefix(
                    "https://hub.example/en/staff/"
                )
            )
        }
    }

    @Test(
        "an administrator of one town hands over nobody who is something elsewhere, and gives no part they do not hold"
    )
    func reach() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            _ = try await region.signedIn("root@x.example", [.hubAdministrator], in: StaffRegion.hubID)
            let town = try await region.signedIn(
                "admin@x.example",
                [.tenantAdministrator],
                in: StaffRegion.town,
                face: "/t/brindle-bay"
            )
            let root = "/t/brindle-bay/en/staff/people"
            var page = try await town.get(root)
            // The hub's administrator is asked in: a part in the town, and no link to their account.
            page = try await town.submit(
                page,
                ["name": "root@x.example", "display": "Root", "role": "auditor"],
                to: "\(root)/invite"
            )
            #expect(page.text.contains("has an account already"))
            #expect(!page.html.contains("/staff/invitation/"))
            let people = try await region.manage.list(in: StaffRegion.town)
            let victim = try #require(people.first { $0.account.signInName.rawValue == "root@x.example" })
            page = try await town.submit(
                try await town.get(root),
                ["account": victim.account.id.rawValue],
                to: "\(root)/reset"
            )
            #expect(page.status == .badRequest && page.text.contains("works for other bodies too"))
            let denied = try await town.submit(
                try await town.get(root),
                ["name": "new@x.example", "display": "New", "role": "hub_administrator"],
                to: "\(root)/invite"
            )
            #expect(denied.status == .badRequest)
            let token = page.attribute("value", ofTagWith: "name=\"token\"")
            let disable = try await town.post(
                "\(root)/disable",
                [("token", token), ("account", victim.account.id.rawValue)]
            )
            #expect(disable.status == .forbidden)
            let invited = try await town.submit(
                try await town.get(root),
                ["name": "new@x.example", "display": "New <b>", "role": "field", "department": "public-works"],
                to: "\(root)/invite"
            )
            #expect(invited.html.contains("https://hub.example/en/staff/invitation/"))
            #expect(!invited.html.contains("New <b>"))
            // A person of another town is nobody here.
            _ = try await region.invited("other@x.example", [.auditor], in: StaffRegion.otherTown)
            let foreign = try #require(try await region.manage.list(in: StaffRegion.otherTown).first)
            let missing = try await town.post(
                "\(root)/reset",
                [("token", token), ("account", foreign.account.id.rawValue)]
            )
            #expect(missing.status == .notFound)
        }
    }

    @Test("dangerous actions ask again who the person is when the proof is old")
    func proof() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            let browser = try await region.signedIn("root@x.example", [.hubAdministrator], in: StaffRegion.hubID)
            let page = try await browser.get("/en/staff/people")
            region.clock.advance(by: 601)
            let asked = try await browser.submit(
                page,
                ["name": "new@x.example", "display": "New", "role": "auditor"],
                to: "/en/staff/people/invite"
            )
            #expect(asked.heading == "Is it you?")
            #expect(try await region.manage.list().count == 1)
            let wrong = try await browser.submit(asked, ["password": "not this one"], to: "/en/staff/confirm")
            #expect(wrong.status == .badRequest)
            _ = try await browser.submit(asked, ["password": StaffRegion.password], to: "/en/staff/confirm")
            let done = try await browser.submit(
                try await browser.get("/en/staff/people"),
                ["name": "new@x.example", "display": "New", "role": "auditor"],
                to: "/en/staff/people/invite"
            )
            #expect(done.html.contains("/staff/invitation/"))
        }
    }

    @Test("A29: while the database is away nobody is let in")
    func databaseAway() async throws {
        try await StaffRegion.run(rules: Self.plain) { region in
            let browser = try await region.signedIn("root@x.example", [.hubAdministrator], in: StaffRegion.hubID)
            await region.surroundings.databases.close()
            for path in ["/en/staff", "/en/staff/people", "/en/staff/account"] {
                let page = try await browser.get(path)
                #expect(page.status.code >= 500, "\(path): \(page.status)")
                #expect(!page.text.contains("People of"))
            }
        }
    }
}
