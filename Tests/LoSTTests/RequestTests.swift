import Domain
import Foundation
import TestSupport
import Testing
import XML

@testable import LoST

@Suite("Requests of LoST")
struct RequestTests {
    private typealias Samples = LoSTSamples
    private static let here = Samples.geodetic(Samples.point("44.13 -79.2"))

    private static func find(_ text: String) throws -> FindService {
        guard case .findService(let find) = try LoSTRequest(parsing: Array(text.utf8)) else {
            throw LoSTError(.internalError, "not findService")
        }
        return find
    }

    @Test(
        "F7: booleans are those of XML Schema",
        arguments: [
            ("true", true), ("1", true), ("false", false), ("0", false), (" true ", true),
        ]
    )
    func booleans(text: String, value: Bool) throws {
        let find = try Self.find(
            Samples.find(Self.here, attributes: #"recursive="\#(text)" validateLocation="\#(text)""#)
        )
        #expect(find.recursive == value)
        #expect(find.validatesLocation == value)
    }

    @Test("what is left out has its default: not recursive, boundary by reference, no validation, no path")
    func defaults() throws {
        let find = try Self.find(Samples.find(Self.here))
        #expect(!find.recursive && find.boundary == .reference && !find.validatesLocation && find.path.isEmpty)
        let list = try LoSTRequest(
            parsing: Array(
                #"<listServicesByLocation xmlns="urn:ietf:params:xml:ns:lost1">\#(Self.here)</listServicesByLocation>"#
                    .utf8
            )
        )
        guard case .listServicesByLocation(let asked) = list else { throw LoSTError(.internalError, "another request") }
        #expect(!asked.recursive, "the RFC's text says false, its grammar's note true; the text wins")
    }

    @Test(
        "E10: what is no request is badRequest",
        arguments: [
            ("", "not XML"), ("hello", "not XML"), ("<findService/>", "no namespace"),
            (#"<findService xmlns="urn:ietf:params:xml:ns:lost2"/>"#, "another namespace"),
            (#"<findServices xmlns="urn:ietf:params:xml:ns:lost1"/>"#, "unknown root"),
            (#"<errors xmlns="urn:ietf:params:xml:ns:lost1" source="a.b"/>"#, "an answer"),
            (Samples.find(""), "no location"),
            (Samples.find("<location>\(Samples.point("1 1"))</location>"), "no id"),
            (Samples.find(here + here), "one id twice"),
            (Samples.find(here, service: "<service/>"), "empty service"),
            (Samples.find(here, service: "<service>two words</service>"), "no URN"),
            (Samples.find(here, attributes: #"recursive="yes""#), "bad boolean"),
            (Samples.find(here, attributes: #"serviceBoundary="both""#), "bad choice"),
            (Samples.find(#"<location id="a" profile="two words">\#(Samples.point("1 1"))</location>"#), "bad profile"),
            (Samples.find(here, rest: "<path/>"), "path without via"),
            (Samples.find(here, rest: #"<path><via source="localhost"/></path>"#), "name without a dot"),
            (Samples.find("", service: "<service>urn:service:x</service>\(here)"), "order"),
            (
                Samples.find(here, service: #"<path><via source="a.b"/></path><service>urn:service:x</service>"#),
                "order"
            ),
            (Samples.find(here, rest: "<displayName>x</displayName>"), "a child of the protocol that does not belong"),
            (#"<getServiceBoundary xmlns="urn:ietf:params:xml:ns:lost1"/>"#, "no key"),
            (#"<!DOCTYPE x [<!ENTITY a "b">]>"# + Samples.find(here), "a DTD"),
            ("<!DOCTYPE findService>" + Samples.find(here), "an empty DTD"),
        ]
    )
    func badRequests(text: String, why: String) {
        #expect("\(why)") { try LoSTRequest(parsing: Array(text.utf8)) } throws: {
            ($0 as? LoSTError)?.kind == .badRequest
        }
    }

    @Test("H3: UTF-8 and UTF-16 in both orders, with and without a declaration, are one request")
    func encodings() throws {
        let text = Samples.find(Self.here.replacingOccurrences(of: "l1", with: "é"))
        let plain = try LoSTRequest(parsing: Array(text.utf8))
        for encoding in [String.Encoding.utf16BigEndian, .utf16LittleEndian] {
            let mark: [UInt8] = encoding == .utf16BigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]
            for head in ["", #"<?xml version="1.0" encoding="UTF-16"?>"#] {
                let bytes = try #require((head + text).data(using: encoding))
                #expect(try LoSTRequest(parsing: mark + Array(bytes)) == plain)
                if head.isEmpty { #expect(try LoSTRequest(parsing: Array(bytes)) == plain) }
            }
        }
    }

    @Test("F17: any prefix is fine, foreign elements and attributes are ignored wherever they stand")
    func prefixesAndExtensions() throws {
        let plain = try Self.find(Samples.find(Self.here))
        let prefixed = """
            <l:findService xmlns:l="urn:ietf:params:xml:ns:lost1" xmlns:x="urn:x" x:note="1">
              <l:location id="l1" profile="geodetic-2d"><x:thing/>\(Samples.point("44.13 -79.2"))</l:location>
              <l:service>urn:service:municipal.pothole</l:service>
              <x:callId>7</x:callId>
            </l:findService>
            """
        let find = try Self.find(prefixed)
        #expect(find.service == plain.service)
        #expect(try find.locations[0].content() == plain.locations[0].content())
        #expect(find.extensions.map(\.name.local) == ["callId"])
    }

    @Test("F14, F16: the first location of a known profile is used, unknown ones before it are skipped")
    func usedLocation() throws {
        let odd = #"<location id="o" profile="polar"><x xmlns="urn:x"/></location>"#
        let find = try Self.find(Samples.find(odd + Self.here))
        #expect(try RequestLocation.used(of: find.locations).id == "l1")
    }

    @Test("F11: without a profile what stands inside tells it")
    func untoldProfile() throws {
        let civic =
            #"<civicAddress xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"><A3>Town</A3></civicAddress>"#
        let find = try Self.find(Samples.find(#"<location id="a">\#(civic)</location>"#))
        #expect(try RequestLocation.used(of: find.locations).content() == .civic(CivicAddress([.init("A3", "Town")])))
    }

    @Test("E5: only unknown profiles are named in the error; E6: one profile twice is badRequest")
    func profiles() throws {
        let odd =
            #"<location id="o" profile="polar"><x xmlns="urn:x"/></location><location id="p" profile="lunar"><x xmlns="urn:x"/></location>"#
        let unknown = try Self.find(Samples.find(odd))
        #expect(
            throws: LoSTError(
                .locationProfileUnrecognized,
                "only the profiles geodetic-2d and civic are known here",
                unsupportedProfiles: ["polar", "lunar"]
            )
        ) { try RequestLocation.used(of: unknown.locations) }
        let twice = try Self.find(Samples.find(Self.here + Samples.geodetic(Samples.point("1 1"), id: "l2")))
        #expect { try RequestLocation.used(of: twice.locations) } throws: { ($0 as? LoSTError)?.kind == .badRequest }
    }

    @Test("a civic address keeps the elements of RFC 5139, trimmed, and ignores the rest (C5)")
    func civicElements() throws {
        let civic = """
            <location id="c" profile="civic"><civicAddress xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"
              xmlns:e="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr:ext">
              <country> CA </country><A3>Port Hope</A3><A6>Main</A6><XYZ>?</XYZ><HNO/><e:HNP>A</e:HNP></civicAddress></location>
            """
        guard case .civic(let address) = try Self.find(Samples.find(civic)).locations[0].content() else { return }
        #expect(address.elements == [.init("country", "CA"), .init("A3", "Port Hope"), .init("A6", "Main")])
        #expect(address.street == "Main")
    }

    @Test("a request forwarded says who forwarded it, and keeps what it does not understand")
    func forwarding() throws {
        let find = Samples.find(
            Self.here,
            attributes: #"recursive="true" serviceBoundary="value""#,
            rest: #"<path><via source="first.example"/></path><x:id xmlns:x="urn:x" x:a="1">7</x:id>"#
        )
        let sent = try LoSTRequest(parsing: Array(find.utf8)).forwarded(by: Samples.server)
        let read = try Self.find(String(decoding: try sent.bytes(), as: UTF8.self))
        #expect(read.path.map(\.rawValue) == ["first.example", "lost.example.org"])
        #expect(read.recursive && read.boundary == .value)
        #expect(read.extensions.first?.text == "7")
        #expect(read.extensions.first?.attribute("a", namespace: "urn:x") == "1")
    }

    @Test("every request written is valid against the grammar", .enabled(if: LoSTGrammar.isAvailable))
    func written() throws {
        let place = RequestLocation(id: "a", .circle(centre: try Samples.place(44, -79), radius: 30))
        let address = RequestLocation(id: "b", CivicAddress([.init("A3", "Town")]))
        let requests: [LoSTRequest] = [
            .findService(
                FindService(
                    locations: [place, address],
                    service: "urn:service:municipal",
                    recursive: true,
                    boundary: .value,
                    validatesLocation: true,
                    path: [Samples.server]
                )
            ),
            .listServices(ListServices()),
            .listServices(ListServices(service: "urn:service:x", path: [Samples.server])),
            .listServicesByLocation(ListServicesByLocation(locations: [place], recursive: true)),
            .getServiceBoundary(GetServiceBoundary(key: "k")),
        ]
        for request in requests {
            let bytes = try request.bytes()
            #expect(try LoSTGrammar.fault(in: bytes) == nil)
            #expect(try LoSTRequest(parsing: bytes) == request)
        }
    }
}
