import Domain
import Foundation
import HTTPTypes
import Hub
import LoST
import Synchronization
import Testing
import XML

extension LoSTTests {
    @Suite("other servers")
    struct Peers {
        /// A peer that answers as told and remembers what it was asked.
        final class Peer: Sendable {
            private let asked = Mutex<[(url: String, message: [UInt8])]>([])
            private let outcome: LoSTPeers.Outcome

            init(_ outcome: LoSTPeers.Outcome) { self.outcome = outcome }

            var messages: [(url: String, message: [UInt8])] { asked.withLock { $0 } }

            var way: LoSTPeers {
                LoSTPeers { url, message, _ in
                    self.asked.withLock { $0.append((url, message)) }
                    return self.outcome
                }
            }
        }

        private static let itsAnswer = """
            <l:findServiceResponse xmlns:l="urn:ietf:params:xml:ns:lost1"><l:mapping expires="NO-CACHE" \
            lastUpdated="2026-01-01T00:00:00Z" source="lost.greyhaven.example" sourceId="g"><l:displayName xml:lang="en">City</l:displayName>\
            <l:service>urn:service:municipal.pothole</l:service><l:uri>tel:+19055550140</l:uri></l:mapping>\
            <l:path><l:via source="lost.maplewater311.example"/><l:via source="lost.greyhaven.example"/></l:path>\
            <x:own xmlns:x="urn:x">kept</x:own></l:findServiceResponse>
            """

        /// Inside the enclave.
        private static let place = (44.2768, -79.1125)

        @Test("R1: without recursive the client is sent there, and nobody is asked")
        func redirect() async throws {
            let peer = Peer(.answered(Array(Self.itsAnswer.utf8)))
            try await LoSTCaller.run(peers: peer.way) { lost async throws in
                guard case .redirect(let redirect) = try await lost.find(Self.place.0, Self.place.1) else {
                    Issue.record("no redirect")
                    return
                }
                #expect(redirect.target.rawValue == "lost.greyhaven.example")
                #expect(redirect.source.rawValue == "lost.maplewater311.example")
            }
            #expect(peer.messages.isEmpty)
        }

        @Test("R2: with recursive the peer is asked, our step appended, and its answer handed back to the byte")
        func recursion() async throws {
            let peer = Peer(.answered(Array(Self.itsAnswer.utf8)))
            try await LoSTCaller.run(peers: peer.way) { lost async throws in
                let message = #"""
                    <findService xmlns="urn:ietf:params:xml:ns:lost1" recursive="true" serviceBoundary="value">\#(LoSTCaller.point(Self.place.0, Self.place.1))<service>urn:service:municipal.pothole</service><path><via source="first.example"/></path><x:id xmlns:x="urn:x">7</x:id></findService>
                    """#
                let answer = try await lost.post(Array(message.utf8))
                #expect(answer.text == Self.itsAnswer)
                #expect(answer.status == 200 && answer.headers[.contentType] == "application/lost+xml")
            }
            let sent = try #require(peer.messages.first)
            #expect(sent.url == "https://lost.greyhaven.example/lost")
            guard case .findService(let request) = try LoSTRequest(parsing: sent.message) else { return }
            #expect(request.path.map(\.rawValue) == ["first.example", "lost.maplewater311.example"])
            #expect(request.recursive && request.boundary == .value && request.extensions.first?.text == "7")
        }

        @Test("R3, E11: a request that came round is a loop, at us and at the peer")
        func loop() async throws {
            let peer = Peer(.answered(Array(Self.itsAnswer.utf8)))
            try await LoSTCaller.run(peers: peer.way) { lost async throws in
                for (name, place) in [
                    ("lost.maplewater311.example", (44.1030, -79.1725)),
                    ("LOST.maplewater311.example", (44.1030, -79.1725)),
                    ("lost.greyhaven.example", Self.place),
                ] {
                    for recursive in ["true", "false"] {
                        let answer = try await lost.find(
                            place.0,
                            place.1,
                            attributes: #"recursive="\#(recursive)""#,
                            path: #"<path><via source="\#(name)"/></path>"#
                        )
                        #expect(answer.error == .loop)
                    }
                }
            }
            #expect(peer.messages.isEmpty)
        }

        @Test(
            "a peer that is silent or talks nonsense is an error of its own",
            arguments: [
                (LoSTPeers.Outcome.silent("no connection"), LoSTError.Kind.serverTimeout),
                (.nonsense("HTTP status 500"), .serverError), (.answered(Array("<html/>".utf8)), .serverError),
                (.answered([]), .serverError), (.answered(Array(("<!DOCTYPE x>" + itsAnswer).utf8)), .serverError),
                (
                    .answered(
                        Array(
                            #"<listServicesResponse xmlns="urn:ietf:params:xml:ns:lost1"><serviceList/><path><via source="a.b"/></path></listServicesResponse>"#
                                .utf8
                        )
                    ), .serverError
                ),
            ]
        )
        func faults(outcome: LoSTPeers.Outcome, kind: LoSTError.Kind) async throws {
            try await LoSTCaller.run(peers: Peer(outcome).way) { lost async throws in
                let answer = try await lost.find(Self.place.0, Self.place.1, attributes: #"recursive="1""#)
                #expect(answer.error == kind)
                // A place of our own needs no peer.
                #expect(try await lost.find(44.1030, -79.1725, attributes: #"recursive="1""#).mappings.count == 1)
            }
        }

        @Test("a peer's errors and redirects are handed back too")
        func itsErrors() async throws {
            let said =
                #"<errors xmlns="urn:ietf:params:xml:ns:lost1" source="lost.greyhaven.example"><notFound message="m" xml:lang="en"/></errors>"#
            try await LoSTCaller.run(peers: Peer(.answered(Array(said.utf8))).way) { lost async throws in
                let answer = try await lost.find(Self.place.0, Self.place.1, attributes: #"recursive="1""#)
                guard case .errors(let errors) = answer else { return }
                #expect(errors.source.rawValue == "lost.greyhaven.example" && answer.error == .notFound)
            }
        }

        @Test("a default peer answers for every other place, and a peer for services that are not ours")
        func otherPeers() async throws {
            let adapt: @Sendable (LocationServices) -> LocationServices = { services in
                services.with(peers: [
                    LocationServicesPeer(
                        server: ServerName(trusted: "psap.example"),
                        url: "https://psap.example/lost",
                        services: [ServiceURN(trusted: "urn:service:sos")]
                    ),
                    LocationServicesPeer(
                        server: ServerName(trusted: "tree.example"),
                        url: "https://tree.example/lost",
                        isDefault: true
                    ),
                ])
            }
            try await LoSTCaller.run(adapting: adapt) { lost async throws in
                func target(_ answer: LoSTAnswer) -> String? {
                    if case .redirect(let redirect) = answer { redirect.target.rawValue } else { nil }
                }
                #expect(target(try await lost.find(51.5, -0.12)) == "tree.example")
                #expect(target(try await lost.find(44.2768, -79.1125)) == "tree.example")
                #expect(target(try await lost.find(44.1030, -79.1725, "urn:service:sos.fire")) == "psap.example")
                #expect(try await lost.find(44.1030, -79.1725).mappings.count == 1)
                let list = try await lost.ask(
                    #"<listServicesByLocation xmlns="urn:ietf:params:xml:ns:lost1">\#(LoSTCaller.point(51.5, -0.12))</listServicesByLocation>"#
                )
                #expect(target(list) == "tree.example")
            }
        }
    }
}
