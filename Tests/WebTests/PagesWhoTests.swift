import Domain
import Foundation
import HTTPTypes
import Hub
import Testing

@testable import Web

@Suite("Who looks after this place?")
struct PagesWhoTests {
    @Test("says in both languages where a place is uncertain, and names everybody who comes into question")
    func uncertain() async throws {
        try await PagesRegion.run { region in
            let cases = [
                // latitude, longitude, English, French
                ("44.13", "-79.20005", "This place is in the Town of Brindle Bay.", "dans la Ville de Brindle Bay."),
                ("44.2197", "-78.8", "on a border, or two surveys overlap", "deux levés s’y chevauchent"),
                ("44.12", "-78.99905", "between two surveys", "entre deux levés"),
                ("51.5", "-0.12", "outside every municipality", "hors de toute municipalité"),
                ("44.2768", "-79.1125", "This place is in the City of Greyhaven.", "dans la Ville de Greyhaven."),
            ]
            for (latitude, longitude, english, french) in cases {
                let page = try await region.get("/en/who?lat=\(latitude)&long=\(longitude)")
                #expect(page.status == .ok)
                #expect(page.text.contains(english), "\(page.text.prefix(2000))")
                let other = try await region.get("/fr/who?lat=\(latitude)&long=\(longitude)")
                #expect(other.text.contains(french))
                #expect(other.html.contains("href=\"/en/who?lat=\(latitude)&amp;long=\(longitude)\""))
            }
        }
    }

    @Test(
        "lists every layer of the boundaries with its area, whoever that is and a telephone, and draws those that are ticked"
    )
    func layers() async throws {
        try await PagesRegion.run { region in
            let ward = try #require(LayerWords.pattern(.ward, among: region.surroundings.geography.layers))
            let page = try await region.get("/en/who?lat=44.13&long=-79.20005&show=ward&show=none-such")
            for layer in region.surroundings.geography.layers {
                #expect(page.html.contains("id=\"layer-\(layer)\""), "\(layer)")
                #expect(page.html.contains("/api/v1/boundaries?layer=\(layer)"))
            }
            for name in ["Brindle Bay Ward 2", "Brindle Hydro", "Mill Creek Conservation Authority"] {
                #expect(page.text.contains(name))
            }
            #expect(page.attribute("data-here", ofTagWith: "id=\"layer-ward\"") == "bb-w2")
            #expect(page.html.contains("class=\"layer-\(ward) here\" fill=\"url(#pattern-\(ward))\""))
            let plain = try await region.get("/en/who?lat=44.13&long=-79.20005")
            #expect(!plain.html.contains("class=\"layer-\(ward) here\" fill"))
            #expect(plain.html.contains("class=\"road upper\""), "the regional road is on the still map")
            #expect(plain.html.contains("class=\"pin-ring\""))
            let legend = try await region.get("/en/who")
            #expect(legend.html.contains("id=\"layer-ward\"") && !legend.html.contains("class=\"pin-ring\""))
        }
    }

    @Test("a matter that is picked gets its answer with every reason; a question changes the answer")
    func picked() async throws {
        try await PagesRegion.run { region in
            let page = try await region.get("/en/who?lat=44.13&long=-79.20005&type=RD-POTH")
            #expect(page.text.contains("This is the Region’s job, because Regional Road 25 is a regional road."))
            #expect(page.text.contains("Rule road-upper of the agreement"))
            #expect(page.text.contains("Not Town of Brindle Bay"))
            let asked = try await region.get("/en/who?lat=44.15&long=-79.19989&type=RD-POTH")
            #expect(asked.html.contains("name=\"road\""))
            let key = asked.attribute("value", ofTagWith: "id=\"choice-1\"")
            let settled = try await region.get("/en/who?lat=44.15&long=-79.19989&type=RD-POTH&road=\(key)")
            #expect(!settled.html.contains("name=\"road\""))
            let partner = try await region.get("/fr/who?lat=44.31&long=-79.1&type=RD-POTH")
            #expect(partner.text.contains("511"))
            #expect(try await region.get("/en/who?lat=44.13&long=-79.20005&type=NO-SUCH").status == .ok)
        }
    }

    @Test(
        "what cannot be is said beside its field, in both languages, and nothing typed is lost",
        arguments: [
            ("lat=91&long=0", "lat"), ("lat=44&long=200", "lon"), ("lat=x&long=1", "lat"), ("lat=44", "lon"),
            ("lat=NaN&long=0", "lat"), ("address=no+such+street+anywhere+9", "address"),
            ("address=%3Cscript%3E", "address"), ("lat=1e400&long=0", "lat"),
        ]
    )
    func faults(query: String, field: String) async throws {
        try await PagesRegion.run { region in
            for (language, title) in [("en", "<title>Error: "), ("fr", "<title>Erreur\u{A0}: ")] {
                let page = try await region.get("/\(language)/who?\(query)")
                #expect(page.status == .badRequest)
                #expect(page.html.contains(title))
                #expect(page.html.contains("href=\"#\(field)\""))
                #expect(page.html.contains("id=\"\(field)-fault\""))
                #expect(!page.html.contains("<script>"))
            }
        }
    }

    @Test(
        "odd questions are answered all the same, and HEAD is answered without a body",
        arguments: [
            "lat=44.13&long=-79.20005&view=none", "lat=90&long=0", "lat=-90&long=180", "lat=44,13&lon=-79,20005",
            "show=&show=no+such&type=&road=x", "lat=44.13&long=-79.20005&view=near&show=ward",
            "lat=44.13&long=-79.2&view=region",
        ]
    )
    func odd(query: String) async throws {
        try await PagesRegion.run { region in
            #expect(try await region.get("/en/who?\(query)").status == .ok)
            let head = try await region.get("/t/brindle-bay/fr/who?\(query)", method: .head)
            #expect(head.status == .ok && head.html.isEmpty)
        }
    }

    @Test("answers while the database is away, without the still map")
    func away() async throws {
        try await PagesRegion.run { region in
            _ = try await region.get("/en/who?lat=44.13&long=-79.20005&type=RD-POTH")
            let page = try await region.withoutDatabase {
                try await region.get("/en/who?lat=44.13&long=-79.20005&type=RD-POTH")
            }
            #expect(page.status == .ok)
            #expect(page.text.contains("This is the Region’s job"))
            #expect(!page.html.contains("class=\"pin-ring\""))
        }
    }
}
