import Domain
import Foundation
import TestSupport
import Testing
import XML

@testable import LoST

@Suite("Answers of LoST")
struct AnswerTests {
    private typealias Samples = LoSTSamples
    private static let shared = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/schemas/lost.rng").standardized

    private static func mapping() throws -> Mapping {
        Mapping(
            source: Samples.server,
            sourceID: "7e3f",
            lastUpdated: Date(timeIntervalSince1970: 1_767_323_045),
            expires: .at(Date(timeIntervalSince1970: 1_772_528_400)),
            displayNames: [.init("Town & Country 311", language: "en"), .init("311 d’ici", language: "fr")],
            service: "urn:service:municipal.pothole",
            boundary: .reference(source: Samples.server, key: "k1"),
            uris: ["tel:+17055550120", "https://hub.example.org/open311/v2/t/town"],
            serviceNumber: "311"
        )
    }

    /// Every kind of answer, with every part that it may have.
    private static func all() throws -> [LoSTAnswer] {
        let ring = [
            try Samples.place(44, -79), try Samples.place(44, -78), try Samples.place(45, -78),
            try Samples.place(44, -79),
        ]
        var whole = try mapping()
        whole.boundary = .value([.polygon(rings: [ring]), .civic(CivicAddress([.init("A3", "Town")]))])
        whole.expires = .noCache
        var kept = try mapping()
        kept.expires = .never
        kept.boundary = nil
        let warnings = [
            LoSTWarnings(source: Samples.server, LoSTWarning.Kind.allCases.map { LoSTWarning($0, "because") })
        ]
        let kinds = LoSTError.Kind.allCases.filter { $0 != .srsInvalid }
        return [
            .findService(FindServiceResponse(mappings: [try mapping()], path: [Samples.server])),
            .findService(
                FindServiceResponse(
                    mappings: [whole, kept],
                    validation: LocationValidation(valid: ["country", "A3"], invalid: ["HNO"], unchecked: ["PC"]),
                    warnings: warnings,
                    path: [ServerName(trusted: "first.example"), Samples.server],
                    locationUsed: "l1"
                )
            ),
            .listServices(ListServicesResponse(services: [], path: [Samples.server])),
            .listServices(ListServicesResponse(services: ["urn:service:a", "urn:service:b"], path: [Samples.server])),
            .listServicesByLocation(
                ListServicesByLocationResponse(services: ["urn:service:a"], path: [Samples.server], locationUsed: "l1")
            ),
            .serviceBoundary(GetServiceBoundaryResponse(boundary: [.polygon(rings: [ring])], path: [Samples.server])),
            .errors(
                LoSTErrors(
                    source: Samples.server,
                    kinds.map { kind in
                        LoSTError(
                            kind,
                            "because",
                            unsupportedProfiles: kind == .locationProfileUnrecognized ? ["polar"] : []
                        )
                    }
                )
            ),
            .redirect(LoSTRedirect(target: ServerName(trusted: "b.example"), source: Samples.server, message: "there")),
        ]
    }

    @Test("every answer is valid against the grammar, and read again as it was", .enabled(if: LoSTGrammar.isAvailable))
    func validAndRead() throws {
        for answer in try Self.all() {
            let bytes = try answer.bytes()
            let fault = try LoSTGrammar.fault(in: bytes)
            #expect(fault == nil, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(try LoSTAnswer(parsing: bytes) == answer)
        }
    }

    @Test(
        "the RFC's own grammar agrees",
        .enabled(if: LoSTGrammar.isAvailable && FileManager.default.fileExists(atPath: shared.path))
    )
    func rfcGrammar() throws {
        // The RFC forgot to allow this warning where its text puts it: widened here as contracts B11 says.
        let text = try String(contentsOf: Self.shared, encoding: .utf8).replacingOccurrences(
            of: #"<ref name="locationProfileUnrecognized"/>"#,
            with:
                #"<ref name="locationProfileUnrecognized"/></optional><optional><ref name="locationValidationUnavailable"/>"#
        )
        let widened = FileManager.default.temporaryDirectory.appending(path: "lost-\(UUID().uuidString).rng")
        try Data(text.utf8).write(to: widened)
        defer { try? FileManager.default.removeItem(at: widened) }
        for answer in try Self.all() {
            #expect(try LoSTGrammar.fault(in: try answer.bytes(), grammar: widened) == nil)
        }
    }

    @Test("the grammar of these tests refuses what it should", .enabled(if: LoSTGrammar.isAvailable))
    func judgeJudges() throws {
        let good = String(decoding: try Self.all()[1].bytes(), as: UTF8.self)
        for (part, other) in [
            ("<path>", "<paths>"), (#"source="lost.example.org""#, #"source="localhost""#),
            (#"xml:lang="en">"#, ">"), ("NO-CACHE", "soon"), ("311</serviceNumber>", "three</serviceNumber>"),
        ] {
            let bad = good.replacingOccurrences(of: part, with: other).replacingOccurrences(
                of: "</path>",
                with: other == "<paths>" ? "</paths>" : "</path>"
            )
            #expect(try LoSTGrammar.fault(in: Array(bad.utf8)) != nil, "\(part) as \(other)")
        }
    }

    @Test("what another server writes is read: any prefix, offsets in times, errors of the text that the grammar lacks")
    func strangers() throws {
        let text = """
            <?xml version="1.0"?>
            <l:findServiceResponse xmlns:l="urn:ietf:params:xml:ns:lost1" xmlns:p2="http://www.opengis.net/gml">
              <l:mapping expires="2026-03-03T04:00:00-05:00" lastUpdated="2026-01-02T03:04:05.250Z" source="o.example" sourceId="a">
                <l:displayName xml:lang="de">Stadt</l:displayName><l:service>urn:service:x</l:service>
                <l:uri>sip:x@o.example</l:uri></l:mapping>
              <l:locationValidation xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">
                <l:valid>ca:A1 ca:A3</l:valid></l:locationValidation>
              <l:path><l:via source="o.example"/></l:path></l:findServiceResponse>
            """
        guard case .findService(let answer) = try LoSTAnswer(parsing: Array(text.utf8)) else { return }
        #expect(answer.mappings[0].expires == .at(Date(timeIntervalSince1970: 1_772_528_400)))
        #expect(answer.validation?.valid == ["A1", "A3"])
        let error =
            #"<errors xmlns="urn:ietf:params:xml:ns:lost1" source="o.example"><SRSInvalid message="m" xml:lang="en"/></errors>"#
        guard case .errors(let errors) = try LoSTAnswer(parsing: Array(error.utf8)) else { return }
        #expect(errors.list.map(\.kind) == [.srsInvalid])
        let written = String(decoding: try LoSTAnswer.errors(errors).bytes(), as: UTF8.self)
        #expect(written.contains("locationInvalid") && !written.contains("SRSInvalid"))
    }

    @Test(
        "what is no answer is serverError",
        arguments: [
            "", "<html/>", #"<findService xmlns="urn:ietf:params:xml:ns:lost1"/>"#,
            #"<findServiceResponse xmlns="urn:ietf:params:xml:ns:lost1"><path><via source="a.b"/></path></findServiceResponse>"#,
            #"<errors xmlns="urn:ietf:params:xml:ns:lost1" source="a.b"/>"#,
            #"<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="localhost" source="a.b"/>"#,
            #"<!DOCTYPE x><redirect xmlns="urn:ietf:params:xml:ns:lost1" target="b.c" source="a.b"/>"#,
        ]
    )
    func noAnswer(text: String) {
        #expect { try LoSTAnswer(parsing: Array(text.utf8)) } throws: { ($0 as? LoSTError)?.kind == .serverError }
    }

    @Test("an error about bytes that XML cannot carry is still XML")
    func unspeakable() throws {
        let answer = LoSTAnswer.errors(LoSTErrors(source: Samples.server, [LoSTError(.badRequest, "a\u{1}b\nc <&\">")]))
        let read = try XMLElement(parsing: try answer.bytes())
        #expect(read.children.first?.attribute("message") == "a\u{FFFD}b c <&\">")
    }
}
