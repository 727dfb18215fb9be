import Domain
import Foundation
import HTTPTypes
import Hub
import TestSupport
import Testing

@testable import Web

@Suite("A report through the pages")
struct PagesReportTests {
    /// Goes through the steps of a pothole at a place, up to the check page.
    static func pothole(
        _ region: PagesRegion,
        language: String = "en",
        place: [(String, String)],
        details: [(String, String)] = []
    ) async throws -> ShownPage {
        let home = try await region.get("/\(language)")
        let found = try await region.post(home.action, home.hidden + [("q", "pot hole"), ("go", "search")])
        #expect(found.address == "/\(language)/report/what")
        #expect(found.html.contains("value=\"RD-POTH\""))
        let asked = try await region.post(found.action, found.hidden + [("q", "pot hole"), ("type", "RD-POTH")])
        #expect(asked.address == "/\(language)/report/where")
        let placed = try await region.post(asked.action, asked.hidden + place + [("go", "continue")])
        guard placed.address.hasSuffix("details"), !details.isEmpty else { return placed }
        return try await region.post(placed.action, placed.hidden + details + [("go", "continue")])
    }

    static let regionalRoad = [("lat", "44.13"), ("lon", "-79.20005")]
    static let answers = [("a.SPOT", "lane"), ("a.SIZE", "40"), ("description", "A hole as deep as a boot.")]

    @Test("goes from everyday words to a reference, says whose job it is and why, and is recorded once")
    func wholeWay() async throws {
        try await PagesRegion.run { region in
            let check = try await Self.pothole(region, place: Self.regionalRoad, details: Self.answers)
            #expect(check.address == "/en/report/check")
            #expect(check.heading == "Check your report before you send it")
            #expect(check.text.contains("Regional Road 25"))
            #expect(check.text.contains("A hole as deep as a boot."))
            #expect(check.text.contains("Driving lane"))
            #expect(check.text.contains("Everyone can see: type, place, photo after review."))
            #expect(check.headers[.cacheControl] == "no-store")

            let sent = try await region.post(check.action, check.hidden + [("go", "send")])
            #expect(sent.status == .ok)
            #expect(sent.address == "/en/report/sent")
            let reference = try #require(
                sent.text.firstMatch(of: /Your reference is ([A-Z]+-[0-9A-Z]{5}-[0-9A-Z]{4})\./)
            ).1
            #expect((try? RequestReference(parsing: String(reference))) != nil)
            let maplewater = try #require(try await region.surroundings.directory.tenant(JurisdictionID("maplewater")))
            #expect(reference.hasPrefix(maplewater.code.rawValue))
            #expect(sent.text.contains("Without contact we cannot send you news."))
            #expect(sent.headers[.cacheControl] == "no-store")

            let again = try await region.post(check.action, check.hidden + [("go", "send")])
            #expect(again.heading == sent.heading)

            let tracked = try await region.get("/en/requests/\(reference)")
            #expect(tracked.status == .ok)
            #expect(tracked.text.contains("Regional Road 25"))
            #expect(tracked.html.contains("aria-current=\"step\""))
            #expect(!tracked.text.contains("as deep as a boot"), "the reference alone opens public data only")
        }
    }

    @Test("goes the same way in French, with French words, numbers and dates")
    func french() async throws {
        try await PagesRegion.run { region in
            let place = [("lat", "44,13"), ("lon", "-79,20005")]
            let check = try await Self.pothole(
                region,
                language: "fr",
                place: place,
                details: [("a.SPOT", "lane"), ("a.SIZE", "12,5")]
            )
            #expect(check.address == "/fr/report/check")
            #expect(check.heading == "Vérifiez votre signalement avant de l’envoyer")
            #expect(check.text.contains("Nid-de-poule"))
            #expect(check.html.contains("12,5\u{A0}cm"))
            #expect(check.html.contains("<html lang=\"fr-CA\">"))
            let sent = try await region.post(check.action, check.hidden + [("go", "send")])
            #expect(sent.heading.hasPrefix("Reçue. Votre numéro de référence est "))
        }
    }

    @Test("asks one question where two roads are near, and takes I do not know for an answer")
    func twoRoads() async throws {
        try await PagesRegion.run { region in
            let asked = try await Self.pothole(region, place: [("lat", "44.15"), ("lon", "-79.19989")])
            #expect(asked.address == "/en/report/where")
            #expect(asked.text.contains("Two roads meet here. Which one do you mean?"))
            #expect(asked.text.contains("I do not know"))
            let place = [("lat", "44.15"), ("lon", "-79.19989")]
            let local = try await region.post(
                asked.action,
                asked.hidden + place + [("road", "bb-mill-service"), ("go", "continue")]
            )
            #expect(local.address == "/en/report/details")
            #expect(local.text.contains("Mill Service Road") || local.text.contains("Town"))
            let unknown = try await region.post(
                asked.action,
                asked.hidden + place + [("road", "do_not_know"), ("go", "continue")]
            )
            #expect(unknown.address == "/en/report/details")
            let check = try await region.post(unknown.action, unknown.hidden + Self.answers + [("go", "continue")])
            let sent = try await region.post(check.action, check.hidden + [("go", "send")])
            #expect(sent.heading.hasPrefix("Received."))
        }
    }

    @Test("outside the region says who looks after the place, invents no reference, and gives the words back to copy")
    func outside() async throws {
        try await PagesRegion.run { region in
            let home = try await region.get("/en")
            let words = "a big pothole in the middle of the street"
            let found = try await region.post(home.action, home.hidden + [("q", words), ("go", "search")])
            let asked = try await region.post(found.action, found.hidden + [("q", words), ("type", "RD-POTH")])
            let stop = try await region.post(asked.action, asked.hidden + [("lat", "44.2"), ("lon", "-79.4")])
            #expect(stop.text.contains("outside our region. The Township of Hartwick looks after it"))
            #expect(stop.text.contains("We have not sent your report."))
            #expect(stop.html.contains("readonly"))
            #expect(stop.text.contains(words))
            #expect(!stop.html.contains("value=\"send\""))
        }
    }

    @Test("takes a place in words alone: it is never refused, and says by when we find out")
    func addressOnly() async throws {
        try await PagesRegion.run { region in
            let place = [("address", "Behind the old mill")]
            let asked = try await Self.pothole(region, place: place)
            #expect(asked.text.contains("In which municipality is it?"))
            let details = try await region.post(
                asked.action,
                asked.hidden + place + [("municipality", "do_not_know"), ("go", "continue")]
            )
            #expect(details.text.contains("We will find out who is responsible. You will hear from us by"))
            let check = try await region.post(details.action, details.hidden + Self.answers + [("go", "continue")])
            let sent = try await region.post(check.action, check.hidden + [("go", "send")])
            let hub = try await region.surroundings.directory.hub()
            #expect(sent.heading.contains("Your reference is \(hub.code.rawValue)-"))
        }
    }

    @Test("begins with the place when the person does, and asks for the matter next")
    func placeFirst() async throws {
        try await PagesRegion.run { region in
            let place = try await region.get("/en/report/where?lat=44.13&lon=-79.20005")
            #expect(place.attribute("value", ofTagWith: "id=\"lat\"") == "44.13")
            let matter = try await region.post(place.action, place.hidden + Self.regionalRoad + [("go", "continue")])
            #expect(matter.address == "/en/report/what")
            #expect(matter.text.contains("44.13000, -79.20005"))
            let details = try await region.post(matter.action, matter.hidden + [("type", "RD-POTH")])
            #expect(details.address == "/en/report/details")
        }
    }

    @Test("keeps everything when the language changes half-way, and goes back to any answer")
    func languageAndChange() async throws {
        try await PagesRegion.run { region in
            let details = try await Self.pothole(region, place: Self.regionalRoad)
            let other = details.attribute("formaction", ofTagWith: "class=\"language\"")
            #expect(other == "/fr/report/details")
            let french = try await region.post(
                other,
                details.hidden + [("description", "Half a sentence"), ("go", "stay")]
            )
            #expect(french.address == "/fr/report/details")
            #expect(french.heading == "Quelques précisions")
            #expect(french.html.contains("Half a sentence"))
            #expect(!french.html.contains("summary-of-errors"), "nothing is judged before Continue")
            let changed = try await region.post(french.action, french.hidden + [("go", "where")])
            #expect(changed.address == "/fr/report/where")
            #expect(changed.attribute("value", ofTagWith: "id=\"lat\"") == "44.13")
        }
    }

    @Test("names every fault beside its field and above the heading, and loses nothing that was typed")
    func faults() async throws {
        try await PagesRegion.run { region in
            let details = try await Self.pothole(region, place: Self.regionalRoad)
            let wrong = [("a.SIZE", "wide"), ("email", "nobody"), ("description", "Kept")]
            let page = try await region.post(details.action, details.hidden + wrong + [("go", "continue")])
            #expect(page.status == .badRequest)
            #expect(page.address == "/en/report/details")
            #expect(page.html.contains("<title>Error: "))
            for field in ["a.SPOT", "a.SIZE", "email"] {
                #expect(page.html.contains("href=\"#\(field)\""), "the summary leads to \(field)")
                #expect(page.html.contains("id=\"\(field)\""), "\(field) is there")
                #expect(page.html.contains("id=\"\(field)-fault\""), "\(field) has its text beside it")
            }
            #expect(page.attribute("value", ofTagWith: "id=\"a.SIZE\"") == "wide")
            #expect(page.html.contains("Kept"))
            let place = try await region.get("/en/report/where?type=RD-POTH")
            let noPlace = try await region.post(place.action, place.hidden + [("go", "continue")])
            #expect(noPlace.address == "/en/report/where" && noPlace.status == .badRequest)
            let bad = try await region.post(
                place.action,
                place.hidden + [("lat", "NaN"), ("lon", "1e400"), ("go", "continue")]
            )
            #expect(bad.html.contains("id=\"lat-fault\""))
        }
    }

    @Test("asks a question that an answer brings up in a second round, without scripts")
    func secondRound() async throws {
        try await PagesRegion.run { region in
            let place = try await region.get("/en/report/where?type=WS-DUMP")
            let details = try await region.post(place.action, place.hidden + Self.regionalRoad + [("go", "continue")])
            #expect(!details.html.contains("name=\"a.PLATE\""))
            let required = details.html.matches(of: /name="(a\.[A-Z]+)" value="([a-z0-9_-]+)"/).map {
                (String($0.1), String($0.2))
            }
            let first = Dictionary(required) { first, _ in first }.filter { $0.key != "a.SEEN" }.map {
                ($0.key, $0.value)
            }
            let texts = details.html.matches(of: /<(?:input type="text"|textarea)[^>]*name="(a\.[A-Z]+)"/).map {
                (String($0.1), "tires")
            }
            let given = first + texts + [("a.SEEN", "yes"), ("description", "Tires"), ("go", "continue")]
            let more = try await region.post(details.action, details.hidden + given)
            #expect(more.address == "/en/report/details")
            #expect(more.status == .ok)
            #expect(more.html.contains("name=\"a.PLATE\""))
            let check = try await region.post(more.action, more.hidden + given + [("a.PLATE", "ABC 123")])
            #expect(check.address == "/en/report/check")
            #expect(check.text.contains("ABC 123"))
        }
    }

    @Test("shows the 911 advice above everything and never blocks")
    func emergency() async throws {
        try await PagesRegion.run { region in
            let home = try await region.get("/en")
            #expect(home.text.contains("Is anyone in danger? Hang up and call 911 now."))
            let page = try await region.post(
                home.action,
                home.hidden + [("q", "power line down, sparks"), ("go", "search")]
            )
            let advice = try #require(page.html.firstRange(of: "notice danger"))
            let heading = try #require(page.html.firstRange(of: "<h1"))
            #expect(advice.lowerBound < heading.lowerBound)
            #expect(page.html.contains("role=\"alert\""))
            #expect(page.html.contains("name=\"type\""), "the form stays usable")
            let french = try await region.get("/fr/report/suggest?q=odeur%20de%20gaz")
            #expect(french.html.contains("911"))
        }
    }

    @Test("refuses a form that another site sent, or that was changed or is older than a day")
    func foreignForms() async throws {
        try await PagesRegion.run { region in
            let place = try await region.get("/en/report/where?type=RD-POTH")
            let fields = place.hidden + Self.regionalRoad
            let foreign = try await region.post(place.action, fields, [.origin: "https://evil.example"])
            #expect(foreign.status == .forbidden)
            #expect(foreign.heading == "This form did not come from our pages")
            let forged = try await region.post(place.action, [("draft", "e30.1.AAAA"), ("from", "where")])
            #expect(forged.status == .badRequest)
            #expect(forged.text.contains("older than a day"))
            let elsewhere = try await region.post("/t/brindle-bay" + place.action, fields)
            #expect(elsewhere.status == .badRequest, "a form of one face is not taken by another")
            region.clock.advance(by: 86_401)
            let late = try await region.post(place.action, fields)
            #expect(late.status == .badRequest)
        }
    }

    @Test("keeps photos, drops them again, and says what is wrong with a file that is none")
    func photos() async throws {
        try await PagesRegion.run { region in
            let details = try await Self.pothole(region, place: Self.regionalRoad)
            let picture = try #require(Data(base64Encoded: Self.picture))
            let kept = try await region.post(
                details.action,
                details.hidden + [("description", "With a photo"), ("go", "photos")],
                files: [("photos", picture), ("photos", Data("no picture".utf8))]
            )
            #expect(kept.text.contains("Remove photo 1"))
            #expect(kept.text.contains("Choose a photo in JPEG, PNG or WebP form."))
            #expect(kept.html.contains("With a photo"))
            let check = try await region.post(kept.action, kept.hidden + Self.answers + [("go", "continue")], files: [])
            #expect(check.text.contains("1 photo"))
            let dropped = try await region.post(kept.action, kept.hidden + [("go", "drop-0")], files: [])
            #expect(!dropped.text.contains("Remove photo 1"))
        }
    }

    @Test("asks for contact where the matter needs it, with the notice of who collects it and why")
    func contact() async throws {
        try await PagesRegion.run { region in
            let place = try await region.get("/en/report/where?type=RD-LAMPRQ")
            let details = try await region.post(place.action, place.hidden + [("lat", "44.1030"), ("lon", "-79.1725")])
            #expect(details.text.contains("Municipal Act, 2001"))
            let first = Dictionary(
                details.html.matches(of: /name="(a\.[A-Z]+)" value="([a-z0-9_-]+)"/).map {
                    (String($0.1), String($0.2))
                }
            ) { first, _ in first }.map { ($0.key, $0.value) }
            let without = try await region.post(details.action, details.hidden + first + [("go", "continue")])
            #expect(without.html.contains("id=\"email-fault\""))
            let with = try await region.post(
                details.action,
                details.hidden + first + [("email", "me@example.org"), ("go", "continue")]
            )
            #expect(!with.html.contains("id=\"email-fault\""))
        }
    }

    @Test("puts hostile text of every field nowhere but where text belongs")
    func hostile() async throws {
        try await PagesRegion.run { region in
            for attack in PagesTemplatesTests.attacks { try await Self.attempt(attack, on: region) }
        }
    }

    private static func attempt(_ attack: String, on region: PagesRegion) async throws {
        let home = try await region.get("/en")
        let found = try await region.post(home.action, home.hidden + [("q", attack), ("go", "search")])
        Self.expectNoEscape(found, attack)
        let asked = try await region.get("/en/report/where?type=RD-POTH")
        let wrong = [("address", attack), ("lat", attack), ("lon", attack), ("go", "continue")]
        Self.expectNoEscape(try await region.post(asked.action, asked.hidden + wrong), attack)
        let place = [("address", attack)] + Self.regionalRoad
        let details = try await region.post(asked.action, asked.hidden + place + [("go", "continue")])
        Self.expectNoEscape(details, attack)
        let texts = ["a.SIZE", "a.SPOT", "description", "first_name", "last_name", "email", "phone"].map {
            ($0, attack)
        }
        Self.expectNoEscape(
            try await region.post(details.action, details.hidden + texts + [("go", "continue")]),
            attack
        )
        let fine = [("a.SPOT", "lane"), ("description", attack), ("first_name", attack), ("phone", attack)]
        let check = try await region.post(details.action, details.hidden + fine + [("go", "continue")])
        #expect(check.address == "/en/report/check")
        Self.expectNoEscape(check, attack)
        let sent = try await region.post(check.action, check.hidden + [("go", "send")])
        Self.expectNoEscape(sent, attack)
        let typed = attack.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        Self.expectNoEscape(try await region.get("/en/track?reference=\(typed)"), attack)
        Self.expectNoEscape(try await region.get("/en/requests/\(typed)"), attack)
        Self.expectNoEscape(try await region.get("/en/who?lat=\(typed)&lon=\(typed)"), attack)
    }

    /// Every tag of the page is one of ours, and no attribute handles an event: judged scalar by scalar, as a browser reads.
    static func expectNoEscape(_ page: ShownPage, _ attack: String) {
        var names: Set<String> = []
        var attributes: Set<String> = []
        var scalars = page.html.unicodeScalars[...]
        while let open = scalars.firstIndex(of: "<") {
            scalars = scalars[scalars.index(after: open)...]
            guard let first = scalars.first, first == "/" || first == "!" || first.properties.isAlphabetic else {
                continue
            }
            var name = ""
            while let next = scalars.first, next != ">", !next.properties.isWhitespace {
                name.unicodeScalars.append(next)
                scalars = scalars.dropFirst()
            }
            names.insert(name)
            var quote: Unicode.Scalar?
            var attribute = ""
            while let next = scalars.first, quote != nil || next != ">" {
                scalars = scalars.dropFirst()
                if let open = quote {
                    if next == open { quote = nil }
                } else if next == "\"" || next == "'" {
                    quote = next
                } else if next.properties.isWhitespace || next == "=" {
                    attributes.insert(attribute)
                    attribute = ""
                } else {
                    attribute.unicodeScalars.append(next)
                }
            }
            attributes.insert(attribute)
        }
        #expect(
            !attributes.contains { $0.hasPrefix("on") || $0.hasPrefix("autofocus") || $0.hasPrefix("srcdoc") },
            "\(attack)"
        )
        #expect(names.isDisjoint(with: ["x", "script>alert(1)", "b", "b>", "/b", "/b>"]), "\(names)")
        #expect(page.html.matches(of: /<script src="\/assets\//).count == page.html.matches(of: /<script/).count)
        #expect(!page.html.contains("href=\"javascript:"))
    }

    /// A PNG of 8 × 8 pixels.
    private static let picture =
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGM44KCAFTEMLQkASmxIAVhuqSoAAAAASUVORK5CYII="
}
