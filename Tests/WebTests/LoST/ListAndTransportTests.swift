import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import LoST
import Testing

extension LoSTTests {
    @Suite("lists of services")
    struct Lists {
        private static func list(_ service: String?) -> String {
            let service = service.map { "<service>\($0)</service>" } ?? ""
            return
                #"<listServices xmlns="urn:ietf:params:xml:ns:lost1">\#(service)<path><via source="first.example"/></path></listServices>"#
        }

        @Test("S1 to S3: top-level services, children of one, nothing below a leaf, unknown ones")
        func tree() async throws {
            try await LoSTCaller.run { lost async throws in
                guard case .listServices(let top) = try await lost.ask(Self.list(nil)) else { return }
                #expect(top.services == ["urn:service:municipal"])
                #expect(top.path.map(\.rawValue) == ["first.example", "lost.maplewater311.example"])
                guard case .listServices(let winter) = try await lost.ask(Self.list("urn:service:municipal.winter"))
                else { return }
                #expect(
                    winter.services == ["urn:service:municipal.winter.road", "urn:service:municipal.winter.sidewalk"]
                )
                guard case .listServices(let leaf) = try await lost.ask(Self.list("urn:service:municipal.pothole"))
                else { return }
                #expect(leaf.services.isEmpty)
                #expect(try await lost.ask(Self.list("urn:service:sos")).error == .serviceNotImplemented)
                #expect(try await lost.ask(Self.list("urn:service:municipal.moon")).error == .serviceNotImplemented)
            }
        }

        @Test(
            "S4 to S7: at a place only what is served there, and every service listed has a mapping there",
            arguments: [
                (44.1030, -79.1725), (44.2768, -79.0325), (44.37001, -79.12),
            ]
        )
        func atPlace(latitude: Double, longitude: Double) async throws {
            try await LoSTCaller.run { lost async throws in
                let answer = try await lost.ask(
                    #"<listServicesByLocation xmlns="urn:ietf:params:xml:ns:lost1">\#(LoSTCaller.point(latitude, longitude))<service>urn:service:municipal</service></listServicesByLocation>"#
                )
                guard case .listServicesByLocation(let list) = answer else {
                    Issue.record("\(answer)")
                    return
                }
                #expect(list.services.count > 10 && list.locationUsed == "l1")
                for service in list.services {
                    let found = try await lost.find(latitude, longitude, service)
                    #expect(!found.mappings.isEmpty, "\(service)")
                }
            }
        }

        @Test("where nobody serves anything the list is notFound; recursion and redirect as for findService")
        func outside() async throws {
            try await LoSTCaller.run { lost async throws in
                func list(_ latitude: Double, _ longitude: Double) async throws -> LoSTAnswer {
                    try await lost.ask(
                        #"<listServicesByLocation xmlns="urn:ietf:params:xml:ns:lost1">\#(LoSTCaller.point(latitude, longitude))</listServicesByLocation>"#
                    )
                }
                #expect(try await list(51.5, -0.12).error == .notFound)
                guard case .redirect = try await list(44.2768, -79.1125) else {
                    Issue.record("the enclave has a server of its own")
                    return
                }
            }
        }
    }

    @Suite("over HTTP")
    struct Transport {
        private static let good =
            #"<findService xmlns="urn:ietf:params:xml:ns:lost1">\#(LoSTCaller.point(44.1030, -79.1725))<service>urn:service:municipal</service></findService>"#

        @Test(
            "H2: the request's Content-Type is not judged",
            arguments: [
                nil, "application/xml", "application/x-www-form-urlencoded", "text/plain;charset=utf-16",
            ]
        )
        func types(type: String?) async throws {
            try await LoSTCaller.run { lost async throws in
                let answer = try await lost.post(Array(Self.good.utf8), type: type)
                #expect(answer.status == 200 && answer.text.contains("findServiceResponse"))
            }
        }

        @Test("H3: UTF-16 is read and answered in UTF-8")
        func utf16() async throws {
            try await LoSTCaller.run { lost async throws in
                let bytes = try #require(Self.good.data(using: .utf16))
                let answer = try await lost.post(Array(bytes))
                #expect(answer.text.contains("findServiceResponse"))
            }
        }

        @Test("other methods are 405, bodies over 1 MiB are 413, and neither carries LoST")
        func statuses() async throws {
            try await LoSTCaller.run { lost async throws in
                for method in [HTTPRequest.Method.get, .put, .delete, .patch] {
                    let answer = Answer(try await lost.client.execute(uri: "/lost", method: method))
                    #expect(answer.status == 405 && answer.headers[.allow] == "POST" && answer.text.isEmpty)
                }
                let large = try await lost.post(Array(repeating: 0x20, count: 1 << 20 + 1))
                #expect(large.status == 413 && large.text.isEmpty)
                let fits = try await lost.post(Array(Self.good.utf8) + Array(repeating: 0x20, count: 1 << 19))
                #expect(fits.status == 200 && fits.text.contains("findServiceResponse"))
            }
        }

        @Test("H4 to H8: nothing anybody sends is a fault of ours", arguments: hostileMessages)
        func hostile(text: String) async throws {
            try await LoSTCaller.run { lost async throws in
                let before = ContinuousClock.now
                let answer = try await lost.ask(text)
                #expect(answer.error == .badRequest || answer.error == .locationInvalid)
                #expect(ContinuousClock.now - before < .seconds(5))
            }
        }

        private static let hostileMessages: [String] = [
            "", "{}", "<", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", String(repeating: "<a>", count: 1000),
            #"<findService xmlns="urn:ietf:params:xml:ns:lost1"><location id="a"/></findService>"#, "\u{0}", "\u{FEFF}",
            tangled,
        ]

        /// Nine thousand corners, each edge across many others.
        private static var tangled: String {
            var corners: [(Double, Double)] = []
            for number in 0..<9_000 {
                let north = 44.0 + Double(number) / 100_000
                let west = Double(number * number % 977) / 100_000
                corners.append((north, -79.0 - west))
            }
            let location = LoSTCaller.polygon(corners)
            return
                #"<findService xmlns="urn:ietf:params:xml:ns:lost1">\#(location)<service>urn:service:municipal</service></findService>"#
        }
    }
}
