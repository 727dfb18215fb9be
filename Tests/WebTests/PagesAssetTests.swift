import Domain
import Foundation
import HTTPTypes
import Hub
import TestSupport
import Testing

@testable import Web

@Suite("Picking a street light on the pages")
struct PagesAssetTests {
    @Test("two lights in reach are asked about, by their numbers; the answer decides and is shown again")
    func picks() async throws {
        try await PagesRegion.run { region in
            let asked = try await region.get("/en/report/where?type=RD-LIGHT")
            let place = [("lat", "44.0977"), ("lon", "-79.17")]
            let question = try await region.post(asked.action, asked.hidden + place + [("go", "continue")])
            #expect(question.address.hasSuffix("/report/where"))
            #expect(question.text.contains("Which street light do you mean?"))
            #expect(question.text.contains("Street light 2007 (the Town)"))
            #expect(question.html.contains("name=\"asset\" value=\"bb-light-h17\""))

            let town = try await region.post(
                question.action,
                question.hidden + place + [("asset", "bb-light-2007"), ("go", "continue")]
            )
            #expect(town.address.hasSuffix("/report/details"))
            #expect(town.text.contains("street light 2007"))
            let distributor = try await region.post(
                question.action,
                question.hidden + place + [("asset", "bb-light-h17"), ("go", "continue")]
            )
            #expect(distributor.text.contains("Brindle Hydro"))
        }
    }

    @Test("lights of one owner are asked about as well, because the crew must find the one")
    func sameOwner() async throws {
        try await PagesRegion.run { region in
            let asked = try await region.get("/fr/report/where?type=WN-HYDR")
            let place = [("lat", "44.40107"), ("lon", "-79.0026")]
            let question = try await region.post(asked.action, asked.hidden + place + [("go", "continue")])
            #expect(question.text.contains("De quelle borne-fontaine parlez-vous?"))
            #expect(question.text.contains("Borne-fontaine 7"))
            #expect(question.text.contains("Borne-fontaine 8"))
            let chosen = try await region.post(
                question.action,
                question.hidden + place + [("asset", "do_not_know"), ("go", "continue")]
            )
            #expect(chosen.address.hasSuffix("/report/details"))
        }
    }
}
