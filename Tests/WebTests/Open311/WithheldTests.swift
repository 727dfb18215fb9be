import Domain
import Foundation
import HTTPTypes
import Hub
import TestSupport
import Testing

@testable import Web

@Suite("Held words and photos through Open311 and the API")
struct WithheldTests {
    @Test(
        "show a neutral sentence in the language asked for, in lists and alone, in both formats, until a person releases them"
    )
    func neutral() async throws {
        try await PagesRegion.run { region in
            let surroundings = region.surroundings
            let town = try #require(try await surroundings.directory.tenant(JurisdictionID(trusted: "brindle-bay")))
            let words = "The idiot at canary-6613@example.org is a fucking liar"
            let submission = try await SubmitServiceRequest(surroundings)(
                Intake(
                    channel: .open311,
                    service: ServiceCode(trusted: "BB:WEED"),
                    language: .english,
                    description: words,
                    coordinate: try Coordinate(latitude: 44.1016, longitude: -79.18),
                    mediaURLs: ["https://canary-6613.example/1.jpg"],
                    receivedAt: region.clock.now
                ),
                to: town,
                client: ClientIdentity(id: "test")
            )
            guard case .taken(let receipt) = submission else {
                Issue.record("\(submission)")
                return
            }
            let root = "/open311/v2"
            let addresses = ["json", "xml"].flatMap { format in
                [
                    "\(root)/requests.\(format)?jurisdiction_id=brindle-bay&extensions=true",
                    "\(root)/requests/\(receipt.reference).\(format)?jurisdiction_id=brindle-bay&extensions=true",
                ]
            }
            for address in addresses + ["/api/v1/requests/\(receipt.reference)"] {
                let answer = try await region.get(address)
                #expect(answer.status == .ok)
                #expect(!answer.html.contains("canary-6613"), "\(address)")
                #expect(answer.html.contains(NeutralSentence.description.english), "\(address)")
            }
            let page = try await region.get("/en/requests/\(receipt.reference)")
            #expect(!page.html.contains("canary-6613"))
            try await DecidePublication(surroundings)(
                .release,
                .everythingHeld,
                of: receipt.reference,
                at: town,
                by: "staff:kim"
            )
            for address in addresses {
                #expect(try await region.get(address).html.contains("canary-6613"), "\(address)")
            }
        }
    }
}
