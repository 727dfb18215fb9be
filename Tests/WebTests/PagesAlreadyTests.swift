import Domain
import Foundation
import HTTPTypes
import Hub
import Storage
import TestSupport
import Testing

@testable import Web

@Suite("Is it one of these? Between the details and the check")
struct PagesAlreadyTests {
    private static let contact = [("email", "canary-8841@example.org"), ("first_name", "Canary8841")]

    /// Sends a pothole to its end; the reference.
    private static func send(_ region: PagesRegion) async throws -> String {
        let check = try await PagesReportTests.pothole(
            region,
            place: PagesReportTests.regionalRoad,
            details: PagesReportTests.answers + contact
        )
        let sent = try await region.post(check.action, check.hidden + [("go", "send")])
        let reference = try #require(sent.text.firstMatch(of: /Your reference is ([A-Z]+-[0-9A-Z]{5}-[0-9A-Z]{4})\./)).1
        for entry in region.surroundings.directory.entries {
            try await IndexPlaces(region.surroundings).pass(over: entry.code)
        }
        return String(reference)
    }

    private static func second(_ region: PagesRegion, language: String = "en") async throws -> ShownPage {
        try await PagesReportTests.pothole(
            region,
            language: language,
            place: [("lat", language == "fr" ? "44,13005" : "44.13005"), ("lon", "-79.20005")],
            details: PagesReportTests.answers + [("email", "bea@example.org")]
        )
    }

    @Test(
        "shows what was reported near by without anything of a person, and me too leads to its reference, counted once"
    )
    func meToo() async throws {
        try await PagesRegion.run { region in
            let reference = try await Self.send(region)
            let already = try await Self.second(region)
            #expect(already.address == "/en/report/already")
            #expect(already.heading == "Is it one of these? Then you need not report it again.")
            #expect(already.text.contains("One report near by") || already.text.contains("1 report near by"))
            #expect(already.text.contains(reference))
            #expect(!already.html.contains("anary8841") && !already.html.contains("canary-8841"))
            #expect(!already.text.contains("as deep as a boot"))
            for _ in 0..<2 {
                let joined = try await region.post(already.action, already.hidden + [("go", "join-\(reference)")])
                #expect(joined.heading == "You are added to \(reference).")
                #expect(!joined.text.contains("Without contact"))
            }
            let tracked = try await region.get("/en/requests/\(reference)")
            #expect(tracked.text.contains("1 other person"))
        }
    }

    @Test("mine is different goes on to the check page and is not asked again, unless the place changes")
    func different() async throws {
        try await PagesRegion.run { region in
            _ = try await Self.send(region)
            let already = try await Self.second(region)
            let check = try await region.post(already.action, already.hidden + [("go", "continue")])
            #expect(check.address == "/en/report/check")
            let sent = try await region.post(check.action, check.hidden + [("go", "send")])
            #expect(sent.heading.hasPrefix("Received."))
            #expect(sent.status == .ok)
        }
    }

    @Test("speaks French, and keeps the answers when the language changes")
    func french() async throws {
        try await PagesRegion.run { region in
            _ = try await Self.send(region)
            let already = try await Self.second(region, language: "fr")
            #expect(already.heading == "Est-ce l’un de ceux-ci? Alors, inutile de le signaler de nouveau.")
            let english = try await region.post("/en/report/already", already.hidden + [("go", "stay")])
            #expect(english.heading == "Is it one of these? Then you need not report it again.")
        }
    }

    @Test("an event that is on stands on every page of its face, and on the page of what belongs to it")
    func event() async throws {
        try await PagesRegion.run { region in
            let hub = try await region.surroundings.directory.hub()
            let banner = LocalizedText(english: "Storm <b>today</b>", french: "Tempête aujourd’hui")
            let event = try await DeclareEvent(region.surroundings)(
                EventDeclaration(types: [ServiceCode(trusted: "RD-POTH")], area: .everywhere, banner: banner),
                at: hub,
                by: "staff:kim"
            )
            let home = try await region.get("/en")
            #expect(home.html.contains("Storm &lt;b&gt;today"))
            #expect(try await region.get("/fr").text.contains("Tempête aujourd’hui"))
            let reference = try await Self.send(region)
            let tracked = try await region.get("/en/requests/\(reference)")
            #expect(tracked.text.contains("This is the same matter as \(event.parent)."))
            #expect(tracked.html.contains("href=\"/en/requests/\(event.parent)\""))
        }
    }
}
