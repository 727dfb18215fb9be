import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Web

@Suite("A form's seal")
struct PagesSealTests {
    private let seal = FormSeal(key: Data(repeating: 7, count: 32))
    private let now = Date(timeIntervalSince1970: 1_795_000_000)

    @Test("opens what it sealed, for the same face within a day")
    func opens() throws {
        let payload = Data("{\"words\":\"nid-de-poule ✓\"}".utf8)
        let sealed = seal.seal(payload, for: "maplewater-311", at: now)
        #expect(try seal.open(sealed, for: "maplewater-311", at: now.addingTimeInterval(86_400)) == payload)
        #expect(sealed.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    }

    @Test("does not open when it is older than a day, or from a clock far ahead")
    func expires() {
        let sealed = seal.seal(Data("x".utf8), for: "a", at: now)
        #expect(throws: FormSeal.Broken.expired) { try seal.open(sealed, for: "a", at: now.addingTimeInterval(86_401)) }
        #expect(throws: FormSeal.Broken.expired) { try seal.open(sealed, for: "a", at: now.addingTimeInterval(-600)) }
    }

    @Test("does not open at another face, with another key, or after any single change")
    func forged() throws {
        let sealed = seal.seal(Data("{\"photos\":[]}".utf8), for: "a", at: now)
        #expect(throws: FormSeal.Broken.forged) { try seal.open(sealed, for: "b", at: now) }
        #expect(throws: FormSeal.Broken.forged) {
            try FormSeal(key: Data(repeating: 8, count: 32)).open(sealed, for: "a", at: now)
        }
        for index in sealed.indices where sealed[index] != "." {
            var changed = sealed
            changed.replaceSubrange(index...index, with: sealed[index] == "A" ? "B" : "A")
            // The last digit of base64 may hold bits that mean nothing; every other change must show.
            guard let payload = try? seal.open(changed, for: "a", at: now) else { continue }
            #expect(payload == Data("{\"photos\":[]}".utf8))
        }
        for broken in ["", ".", "..", "a.b.c", "\(sealed).x", String(repeating: "A", count: 300_000)] {
            #expect(throws: FormSeal.Broken.forged) { try seal.open(broken, for: "a", at: now) }
        }
    }
}

@Suite("The language of a visitor")
struct PagesLanguageTests {
    @Test(
        "is the one the browser likes best of ours",
        arguments: [
            ("fr-CA,fr;q=0.9,en;q=0.8", Language.french), ("en-CA", .english), ("de,fr;q=0.5,en;q=0.4", .french),
            ("fr;q=0,en;q=0.1", .english), ("FR", .french),
        ]
    )
    func accepted(header: String, expected: Language) {
        #expect(LanguageChoice.accepted(header) == expected)
    }

    @Test(
        "is not guessed from nonsense",
        arguments: ["", "de", "*", ";;;", "q=1", String(repeating: "fr,", count: 500)]
    )
    func unknown(header: String) {
        #expect(LanguageChoice.accepted(header) == nil)
    }

    @Test("is remembered by a cookie among others")
    func cookie() {
        #expect(LanguageChoice.remembered("a=b; hub_language=fr; c=d") == .french)
        #expect(LanguageChoice.remembered("hub_language=xx") == nil)
        #expect(LanguageChoice.remembered("xhub_language=fr") == nil)
        #expect(LanguageChoice.setCookie(.french, isSecure: true).hasSuffix("; Secure"))
    }

    @Test(
        "stands in the address",
        arguments: [("/fr/report/what", Language.french), ("/t/brindle-bay/fr", .french), ("/en", .english)]
    )
    func path(path: String, expected: Language) {
        #expect(LanguageChoice.language(ofPath: path) == expected)
    }
}

@Suite("Where a form was sent from")
struct PagesOriginTests {
    private func request(_ headers: HTTPFields) -> Request {
        Request(
            head: HTTPRequest(
                method: .post,
                scheme: "http",
                authority: "hub.example:8311",
                path: "/en/report/what",
                headerFields: headers
            ),
            body: .init(buffer: .init())
        )
    }

    @Test("is ours: the browser says so, or nothing says otherwise")
    func ours() throws {
        let public311 = try #require(URL(string: "https://311.example"))
        let origin = FormOrigin(publicBaseURL: public311)
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        #expect(origin.allows(request([site: "same-origin"])))
        #expect(origin.allows(request([.origin: "https://311.example"])))
        #expect(origin.allows(request([.origin: "http://hub.example:8311"])))
        #expect(origin.allows(request([.referer: "https://311.example/en/report/what"])))
        #expect(origin.allows(request([:])))
    }

    @Test("is somebody else's: refused")
    func others() throws {
        let public311 = try #require(URL(string: "https://311.example"))
        let origin = FormOrigin(publicBaseURL: public311)
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        for value in ["cross-site", "same-site", "none"] { #expect(!origin.allows(request([site: value]))) }
        for value in [
            "https://evil.example", "null", "http://311.example", "https://311.example.evil.example",
            "https://311.example:444",
        ] {
            #expect(!origin.allows(request([.origin: value])), "\(value)")
        }
        #expect(!origin.allows(request([.referer: "https://evil.example/https://311.example"])))
    }
}

@Suite("A draft")
struct PagesDraftTests {
    @Test(
        "takes a French decimal comma, and nothing else that is no plain number",
        arguments: [
            ("44,2", "44.2"), ("44.2", "44.2"), ("1,234,5", "1,234,5"), ("44,2.1", "44,2.1"), ("-79,1", "-79.1"),
        ]
    )
    func decimal(typed: String, read: String) {
        #expect(ReportDraft.decimal(typed) == read)
    }

    @Test("asks again what depended on a place or a type that changed")
    func changes() throws {
        var draft = ReportDraft()
        draft.setPlace(latitude: "44.2", longitude: "-79.1", address: nil)
        draft.setService(try ServiceCode("RD-POTH"))
        draft.chosenRoad = "rr25-1"
        draft.hasDetails = true
        draft.setPlace(latitude: "44.2", longitude: "-79.1", address: nil)
        #expect(draft.chosenRoad == "rr25-1")
        draft.setPlace(latitude: "44.3", longitude: "-79.1", address: nil)
        #expect(draft.chosenRoad == nil && draft.hasDetails)
        draft.setService(try ServiceCode("RD-LIGHT"))
        #expect(!draft.hasDetails)
    }

    @Test("has a key of its own against double submission")
    func keys() {
        #expect(ReportDraft().id != ReportDraft().id)
    }

    @Test("is shown a private key in groups and reads it back however it is typed")
    func privateKey() {
        let key = "abcdefghijkmnpqrstuvwxyz23"
        let shown = PrivateKey.groups(key).joined(separator: " ")
        #expect(PrivateKey.read(" \(shown.uppercased()) ") == key)
        #expect(PrivateKey.read("short") == nil)
        #expect(PrivateKey.read(nil) == nil)
    }
}
