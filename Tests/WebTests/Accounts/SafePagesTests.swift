import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

@testable import Web

@Suite("Every answer is careful")
struct SafePagesTests {
    @Test("A17: the security headers stand on every answer of every face, faults and redirects included")
    func headers() async throws {
        try await StaffRegion.run { region in
            let paths = [
                "/", "/en", "/fr/track", "/t/brindle-bay/en", "/t/nobody/en", "/nothing", "/en/nothing", "/staff",
                "/en/staff", "/en/staff/sign-in", "/assets/none.css",
                "/open311/v2/services.json?jurisdiction_id=nobody",
                "/open311/v2/nothing.xml", "/api/v1/locate", "/api/v1/nothing", "/lost", "/health/live", "/metrics",
                "/photos/none.jpg", "/telephony/route", "/tiles/x/1/1/1.mvt", "/en/design",
            ]
            for path in paths {
                let answer = try await region.client.execute(uri: path, method: .get)
                for (name, value) in [
                    ("Content-Security-Policy", "default-src 'none'"), ("X-Content-Type-Options", "nosniff"),
                    ("X-Frame-Options", "DENY"), ("Referrer-Policy", "strict-origin-when-cross-origin"),
                    ("Strict-Transport-Security", "max-age=31536000"), ("Cross-Origin-Opener-Policy", "same-origin"),
                ] {
                    let found = answer.headers[try #require(HTTPField.Name(name))] ?? ""
                    #expect(found.contains(value), "\(path) \(name): \(found)")
                }
                let policy = answer.headers[try #require(HTTPField.Name("Content-Security-Policy"))] ?? ""
                #expect(!policy.contains("unsafe"), "\(path)")
                #expect(answer.headers[.server] == nil, "\(path) tells what it runs on")
                let text = String(buffer: answer.body)
                for word in ["SELECT ", "Swift.", "PostgresError", "StorageError", "/Sources/", "hummingbird"] {
                    #expect(!text.contains(word), "\(path) tells of its inside: \(word)")
                }
            }
        }
    }

    @Test("A18: hidden addresses, dot files and other methods lead nowhere")
    func hidden() async throws {
        try await StaffRegion.run { region in
            for path in [
                "/.env", "/.git/config", "/.well-known/security.txt~", "/debug", "/debug/pprof", "/admin",
                "/server-status",
                "/actuator/env", "/swagger", "/phpinfo.php", "/en/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
                "/en/staff/sign-in/with/none", "/en/staff/queue/../../admin", "/t/%2e%2e/en", "/metrics",
            ] {
                let answer = try await region.client.execute(uri: path, method: .get)
                #expect([404, 303].contains(answer.status.code), "\(path): \(answer.status)")
                #expect(!String(buffer: answer.body).contains("root:"))
            }
            for method in [HTTPRequest.Method.trace, .put, .delete, .patch, .connect] {
                for path in ["/en", "/en/staff", "/en/staff/sign-in", "/api/v1/locate"] {
                    let answer = try await region.client.execute(uri: path, method: method)
                    #expect([404, 405, 501].contains(answer.status.code), "\(method) \(path): \(answer.status)")
                }
            }
        }
    }

    @Test(
        "A26: nothing secret that a person sends or gets stands in the log or the audit, and nobody writes a line of their own"
    )
    func log() async throws {
        try await StaffRegion.run(rules: SignInRules(needsSecondFactor: false)) { region in
            let browser = try await region.signedIn("canary@x.example", [.tenantAdministrator], in: StaffRegion.hubID)
            _ = try await SignInTests.signIn(region.browser(), "canary@x.example", password: "wrong-canary-password")
            _ = try await SignInTests.signIn(region.browser(), "typed-password-canary", password: "x")
            let hostile = "x\r\n{\"level\":\"error\"}\u{1B}[31m"
            let page = try await browser.get("/en/staff/account", [.userAgent: "agent"])
            let token = page.attribute("value", ofTagWith: "name=\"token\"")
            _ = try await browser.post("/en/staff/acting", [("token", token), ("jurisdiction", hostile)])
            _ = try await browser.get("/en/staff/sign-in?next=\("https://evil.example".asQueryValue)")
            let entries = try await region.surroundings.databases.withHub {
                try await AuditEntries($0).latest(limit: 500)
            }
            let everything = region.logged.lines + entries.map { "\($0)" }
            #expect(entries.count > 3)
            let session = try #require(browser.cookies["__Host-hub_staff"])
            for secret in [StaffRegion.password, "wrong-canary-password", "typed-password-canary", session, token] {
                #expect(!everything.contains { $0.contains(secret) }, "\(secret)")
            }
            #expect(!everything.contains { $0.contains("\r") || $0.contains("\u{1B}") })
            #expect(!region.logged.lines.contains { $0.contains("canary@x.example") }, "no name in the log")
        }
    }

    @Test("the page of pieces shows each look in both languages, with no text of its own and no inline style")
    func design() async throws {
        try await StaffRegion.run { region in
            let english = try await region.browser().get("/design")
            #expect(english.address == "/en/design")
            let french = try await region.browser().get("/fr/design")
            for page in [english, french] {
                #expect(page.status == .ok)
                for mode in ["light", "dark", "contrast"] { #expect(page.html.contains("class=\"mode mode-\(mode)\"")) }
                #expect(page.html.matches(of: /<h1/).count == 1)
                let ids = page.html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
                #expect(Set(ids).count == ids.count, "an id stands twice")
                #expect(!page.html.contains("style="))
            }
            #expect(english.text.contains("Overdue by 2 days") && french.text.contains("En retard de 2 jours"))
        }
    }
}
