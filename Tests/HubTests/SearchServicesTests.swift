import Domain
import Foundation
import Hub
import Tenancy
import Testing

@Suite("Finding a type by everyday words")
struct SearchServicesTests {
    private static let services: [Service] = {
        let folder = TenantFolder.load(DemonstrationRegion.repository.appendingPathComponent("tenants").path)
        return folder.configurations.first?.catalogue.services ?? []
    }()

    @Test(
        "Words as people type them, with their errors, in either language, find the type among the first three",
        arguments: [
            ("pothole", "RD-POTH"), ("pot hole", "RD-POTH"), ("pothloe", "RD-POTH"), ("hole in the road", "RD-POTH"),
            ("nid de poule", "RD-POTH"), ("nid-de-poule", "RD-POTH"), ("NIDS DE POULES", "RD-POTH"),
            ("missed garbage", "WS-MISS"), ("garbage not picked up", "WS-MISS"), ("garbge", "WS-MISS"),
            ("ordures non ramassées", "WS-MISS"), ("ordures non ramassees", "WS-MISS"),
            ("street light out", "RD-LIGHT"), ("streetlight", "RD-LIGHT"), ("lampadaire", "RD-LIGHT"),
            ("stop sign down", "RD-SIGNDN"), ("panneau tombé", "RD-SIGNDN"),
            ("snow plow", "WN-PLOW"), ("déneigement", "WN-PLOW"), ("graffiti", "PK-GRAF"), ("grafiti", "PK-GRAF"),
            ("dog bite", "AN-BITE"), ("noise", "BY-NOISE"), ("bruit", "BY-NOISE"),
        ]
    )
    func finds(_ words: String, _ code: String) {
        let found = SearchServices()(words, among: Self.services).prefix(3).map(\.code.rawValue)
        #expect(found.contains(code), "\(words): \(found)")
    }

    @Test(
        "Nothing, blanks, fillers and nonsense find nothing; a long text costs little",
        arguments: ["", "   ", "the of", "xqzvw kjhgf", "🕳️"]
    )
    func nothing(_ words: String) {
        #expect(SearchServices()(words, among: Self.services).isEmpty)
    }

    @Test(
        "Words of danger bring up no type whose description only sounds alike",
        arguments: [
            ("power line down, sparks, gas", "PK-TREENEW"), ("sparks", "PK-TREENEW"), ("line down", "PK-TREENEW"),
        ]
    )
    func farFetched(_ words: String, _ code: String) {
        #expect(!SearchServices()(words, among: Self.services).map(\.code.rawValue).contains(code))
    }

    @Test("Ten thousand words cost no more than a sentence")
    func long() {
        let clock = ContinuousClock()
        func spent(_ words: Int) -> Duration {
            let text = String(repeating: "pothole ", count: words)
            return clock.measure { _ = SearchServices()(text, among: Self.services) }
        }
        let sentence = spent(25)
        #expect(spent(10_000) < sentence * 5 + .seconds(1))
    }
}
