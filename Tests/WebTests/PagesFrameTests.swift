import Domain
import Foundation
import HTTPTypes
import Hub
import Storage
import Testing

@testable import Web

@Suite("The frame around the pages")
struct PagesFrameTests {
    @Test("leads to the language that the browser asks for, then to the one chosen last")
    func front() async throws {
        try await PagesRegion.run { region in
            #expect(try await region.get("/").headers[.location] == "/en")
            #expect(try await region.get("/", [.acceptLanguage: "fr-CA"]).headers[.location] == "/fr")
            let french = try await region.get("/fr")
            let cookie = try #require(french.headers[.setCookie]).prefix { $0 != ";" }
            #expect(
                try await region.get("/", [.acceptLanguage: "en", .cookie: String(cookie)]).headers[.location] == "/fr"
            )
            #expect(
                try await region.get("/t/brindle-bay", [.acceptLanguage: "fr"]).headers[.location]
                    == "/t/brindle-bay/fr"
            )
        }
    }

    @Test("stands on every page: language, skip link, help in the foot, one heading, careful headers")
    func everyPage() async throws {
        try await PagesRegion.run { region in
            for root in ["/en", "/fr", "/t/brindle-bay/en", "/t/brindle-bay/fr"] {
                for path in ["", "/report/what", "/report/where", "/track", "/who"] {
                    let page = try await region.get(root + path)
                    #expect(page.status == .ok, "\(root)\(path)")
                    #expect(page.html.contains("href=\"#main\""))
                    #expect(page.html.matches(of: /<h1/).count == 1)
                    let other = root.hasSuffix("en") ? "fr" : "en"
                    #expect(
                        page.html.contains("\"\(root.dropLast(2))\(other)\(path)\""),
                        "the other language, same page"
                    )
                    #expect(page.html.contains("lang=\"\(other)-CA\""))
                    #expect(page.html.contains("id=\"help\""))
                    #expect(page.headers[.contentLanguage] == (root.hasSuffix("en") ? "en-CA" : "fr-CA"))
                    let policy = try #require(HTTPField.Name("Content-Security-Policy"))
                    #expect(page.headers[policy]?.contains("unsafe-inline") == false)
                    #expect(page.text.firstMatch(of: /\{\{|(report|home|track|who|frame|fault|error)\.[a-z]/) == nil)
                    let head = try await region.get(root + path, method: .head)
                    #expect(head.status == .ok && head.html.isEmpty)
                }
            }
        }
    }

    @Test("shows a tenant's own name and colour on its own face, the hub's on the neutral one")
    func brand() async throws {
        try await PagesRegion.run { region in
            let own = try await region.get("/t/brindle-bay/en")
            #expect(own.text.contains("Town of Brindle Bay"))
            let sheet = own.attribute("href", ofTagWith: "/assets/brand/")
            let answer = try await region.get(sheet)
            #expect(answer.html.contains("--brand:#"))
            #expect(answer.headers[.cacheControl]?.contains("immutable") == true)
            #expect(try await region.get("/en").attribute("href", ofTagWith: "/assets/brand/") != sheet)
        }
    }

    @Test("gives stylesheets and scripts under addresses that change with their content, for a year")
    func assets() async throws {
        try await PagesRegion.run { region in
            let page = try await region.get("/en/report/where")
            let addresses = page.html.matches(of: /(?:src|href)="(\/assets\/[^"]+)"/).map { String($0.1) }
            #expect(addresses.count >= 4)
            for address in addresses {
                let asset = try await region.get(address)
                #expect(asset.status == .ok, "\(address)")
                #expect(asset.headers[.cacheControl]?.contains("immutable") == true, "\(address)")
                let type = asset.headers[.contentType] ?? ""
                #expect(["text/css", "text/javascript", "image/svg+xml"].contains { type.hasPrefix($0) })
            }
            let tag = try #require(try await region.get(addresses[0]).headers[.eTag])
            #expect(try await region.get(addresses[0], [.ifNoneMatch: tag]).status == .notModified)
            for missing in [
                "/assets/../hub.css", "/assets/none.css", "/assets/brand/red.css", "/assets/brand/12345G.css",
            ] {
                #expect(try await region.get(missing).status == .notFound, "\(missing)")
            }
        }
    }

    @Test("holds error pages in both languages, also where no page is")
    func errors() async throws {
        try await PagesRegion.run { region in
            let english = try await region.get("/en/nothing/here")
            #expect(english.status == .notFound)
            #expect(english.heading == "There is no such page")
            #expect(english.html.contains("id=\"help\""))
            #expect(try await region.get("/fr/rien").heading == "Cette page n’existe pas")
            #expect(try await region.get("/t/nobody/en").status == .notFound)
            #expect(try await region.get("/t/maplewater-311/en").status == .notFound)
            #expect(try await region.get("/en/report/nothing").status == .notFound)
            let large = try await region.post("/en/report/what", [("q", String(repeating: "x", count: 1_100_000))])
            #expect(large.status == .contentTooLarge)
            #expect(large.heading == "That is too large")
            let broken = try await region.post("/en/report/what", [("q", "x")], [.contentEncoding: "identity"])
            #expect(broken.status == .badRequest)
        }
    }

    @Test("says when the database is away that nothing was recorded, when to try again, and gives the words back")
    func unavailable() async throws {
        try await PagesRegion.run { region in
            let check = try await PagesReportTests.pothole(
                region,
                place: PagesReportTests.regionalRoad,
                details: PagesReportTests.answers
            )
            let unsent = try await region.withoutDatabase {
                try await region.post(check.action, check.hidden + [("go", "send")])
            }
            #expect(unsent.status == .serviceUnavailable)
            #expect(unsent.headers[.retryAfter] != nil)
            #expect(unsent.text.contains("A hole as deep as a boot."))
            #expect(unsent.html.contains("name=\"draft\""), "the same form may be sent again")
            let sent = try await region.post("/en/report/sent", unsent.hidden + [("go", "send")])
            #expect(sent.heading.hasPrefix("Received."))
        }
    }
}

@Suite("Following a request through the pages")
struct PagesTrackTests {
    @Test("takes any human spelling and says what is wrong with a slip")
    func spelling() async throws {
        try await PagesRegion.run { region in
            let check = try await PagesReportTests.pothole(
                region,
                place: PagesReportTests.regionalRoad,
                details: PagesReportTests.answers
            )
            let sent = try await region.post(check.action, check.hidden + [("go", "send")])
            let reference = String(
                try #require(sent.html.firstMatch(of: /requests\/([A-Z]+-[0-9A-Z]{5}-[0-9A-Z]{4})/)).1
            )
            let spelled = reference.lowercased().replacing("-", with: "%20")
            #expect(
                try await region.get("/en/track?reference=\(spelled)").headers[.location] == "/en/requests/\(reference)"
            )
            #expect(
                try await region.get("/fr/requests/\(reference.lowercased())").headers[.location]
                    == "/fr/requests/\(reference)"
            )
            let shown = try await region.get("/fr/requests/\(reference)")
            #expect(shown.text.contains("Reçue") && shown.text.contains("Terminée"))
            var wrong = reference
            wrong.replaceSubrange(wrong.index(before: wrong.endIndex)..., with: reference.hasSuffix("A") ? "B" : "A")
            let hint = try await region.get("/en/track?reference=\(wrong)")
            #expect(hint.status == .badRequest)
            #expect(hint.text.contains("One character is wrong, or two are swapped."))
            #expect(hint.attribute("value", ofTagWith: "id=\"reference\"") == wrong)
        }
    }

    @Test("shows unknown, foreign and private ones exactly alike, and opens a private one with its key")
    func alike() async throws {
        try await PagesRegion.run { region in
            let place = try await region.get("/en/report/where?type=FN-TAX")
            let details = try await region.post(
                place.action,
                place.hidden + [("lat", "44.1030"), ("lon", "-79.1725"), ("address", "12 Elm")]
            )
            let first = Dictionary(
                details.html.matches(of: /name="(a\.[A-Z]+)" value="([a-z0-9_-]+)"/).map {
                    (String($0.1), String($0.2))
                }
            ) { first, _ in first }.map { ($0.key, $0.value) }
            let texts = details.html.matches(of: /name="(a\.[A-Z]+)"(?: rows| value="")/).map { (String($0.1), "12") }
            let check = try await region.post(
                details.action,
                details.hidden + first + texts + [
                    ("email", "me@example.org"), ("description", "My account"), ("go", "continue"),
                ]
            )
            #expect(check.address == "/en/report/check", "\(check.text)")
            #expect(check.text.contains("Only the staff who work on it can see this report."))
            let sent = try await region.post(check.action, check.hidden + [("go", "send")])
            let reference = String(
                try #require(sent.html.firstMatch(of: /requests\/([A-Z]+-[0-9A-Z]{5}-[0-9A-Z]{4})/)).1
            )
            let key = try #require(sent.html.firstMatch(of: /class="reference key">(.*?)<\/p>/)).1
                .replacing(/<[^>]*>/, with: "")
            let hub = try await region.surroundings.directory.hub()
            let unknown = RequestReference.make(code: hub.code)
            let ours = try await region.get("/en/requests/\(reference)")
            let theirs = try await region.get("/en/requests/\(unknown)")
            #expect(ours.status == .notFound && theirs.status == .notFound)
            #expect(ours.html.replacing(reference, with: "") == theirs.html.replacing(unknown.rawValue, with: ""))
            let opened = try await region.post("/en/requests/\(reference)", [("key", String(key))])
            #expect(opened.status == .ok)
            #expect(opened.text.contains("My account"))
            #expect(opened.headers[.cacheControl] == "no-store")
            let wrong = try await region.post("/en/requests/\(reference)", [("key", "abcdefghijkmnpqrstuvwxyz23")])
            #expect(wrong.status == .notFound)
        }
    }

    @Test("answers who looks after a place, matter by matter, with one sentence each")
    func who() async throws {
        try await PagesRegion.run { region in
            let page = try await region.get("/en/who?lat=44.13&lon=-79.20005")
            #expect(page.text.contains("Pothole"))
            #expect(page.text.contains("Regional Municipality of Maplewater"))
            #expect(page.text.contains("Town of Brindle Bay"))
            #expect(page.html.contains("/en/report/where?type=RD-POTH&amp;lat=44.13&amp;lon=-79.20005"))
            let wrong = try await region.get("/fr/who?lat=91&lon=0")
            #expect(wrong.status == .badRequest)
            #expect(wrong.html.contains("<title>Erreur\u{A0}: "))
        }
    }
}
