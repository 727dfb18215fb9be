import Addresses
import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import HummingbirdTesting
import LoST
import Logging
import Routing
import Storage
import TestSupport
import Testing

@testable import Web

/// LoST over the demonstration region, asked as clients ask it.
@Suite("LoST", .region)
enum LoSTTests {}

/// A LoST client of the region.
struct LoSTCaller: Sendable {
    let client: any TestClientProtocol
    let surroundings: Surroundings

    /// Secret of the deployment in these tests.
    static let secret = Data(repeating: 7, count: 32)

    /// Runs a test against the region.
    ///
    /// - Parameters:
    ///   - base: The deployment's public address.
    ///   - adapt: Changes the operator's configuration for this test.
    ///   - peers: What other servers answer.
    ///   - addresses: What the register of addresses holds.
    static func run<Value>(
        secret: Data = secret,
        base: String = "https://hub.example",
        adapting adapt: (@Sendable (LocationServices) -> LocationServices)? = nil,
        peers: LoSTPeers? = nil,
        addresses: [AddressRow] = [],
        _ body: @Sendable (LoSTCaller) async throws -> Value
    ) async throws -> Value {
        try await DemonstrationRegion.run { region in
            let given = region.surroundings
            var agreement = given.agreement
            if let adapt {
                agreement = CurrentAgreement()
                let stored = try await given.databases.withHub { try await RuleSetVersions($0).all() }
                agreement.replace(
                    with: RoutingTable(
                        stored.map { $0.ruleSet.with(adapt) },
                        jurisdictions: given.directory.entries.map {
                            RoutingBody(id: $0.id, name: $0.name, tier: $0.tier, departments: [:])
                        }
                    ),
                    identity: UUID().uuidString
                )
            }
            let register = AddressDirectory(databases: given.databases)
            if !addresses.isEmpty {
                var book = AddressBookBuilder()
                for row in addresses { _ = book.add(row) }
                register.replace(with: book.build())
            }
            let surroundings = Surroundings(
                settings: HubSettings(publicBaseURL: try #require(URL(string: base)), apiContact: "api@hub.example"),
                databases: given.databases,
                directory: given.directory,
                geography: given.geography,
                addresses: register,
                agreement: agreement,
                photos: given.photos,
                lost: LoSTDesk(key: secret, peers: peers),
                now: given.now,
                log: given.log
            )
            let router = Router(context: HubRequestContext.self, options: [.autoGenerateHeadEndpoints])
            router.add(middleware: StatusOnly())
            LoSTEndpoint(surroundings).add(to: router)
            return try await Application(router: router).test(.router) { client in
                try await body(LoSTCaller(client: client, surroundings: surroundings))
            }
        }
    }

    /// Posts anything.
    func post(_ bytes: [UInt8], type: String? = "application/lost+xml;charset=utf-8") async throws -> Answer {
        var headers = HTTPFields()
        if let type { headers[.contentType] = type }
        return Answer(
            try await client.execute(uri: "/lost", method: .post, headers: headers, body: ByteBuffer(bytes: bytes))
        )
    }

    /// Posts a message and reads the answer, which must be HTTP 200, of the right type, and valid.
    func ask(_ message: String) async throws -> LoSTAnswer {
        let answer = try await post(Array(message.utf8))
        #expect(answer.status == 200, "H1: every answer of LoST is HTTP 200")
        #expect(answer.headers[.contentType] == "application/lost+xml")
        #expect(answer.headers[.cacheControl] == "no-store")
        if LoSTGrammar.isAvailable {
            let fault = try LoSTGrammar.fault(in: Array(answer.text.utf8))
            #expect(fault == nil, "\(answer.text)")
        }
        return try LoSTAnswer(parsing: Array(answer.text.utf8))
    }

    /// Asks for a service at a point.
    func find(
        _ latitude: Double,
        _ longitude: Double,
        _ service: String = "urn:service:municipal.pothole",
        attributes: String = "",
        path: String = ""
    ) async throws -> LoSTAnswer {
        try await find(Self.point(latitude, longitude), service, attributes: attributes, path: path)
    }

    /// Asks for a service at a location.
    func find(
        _ location: String,
        _ service: String? = "urn:service:municipal.pothole",
        attributes: String = "",
        path: String = ""
    ) async throws -> LoSTAnswer {
        let service = service.map { "<service>\($0)</service>" } ?? ""
        return try await ask(
            #"<findService xmlns="urn:ietf:params:xml:ns:lost1" \#(attributes)>\#(location)\#(service)\#(path)</findService>"#
        )
    }

    static func point(_ latitude: Double, _ longitude: Double, id: String = "l1") -> String {
        #"<location id="\#(id)" profile="geodetic-2d"><g:Point xmlns:g="http://www.opengis.net/gml" srsName="urn:ogc:def:crs:EPSG::4326"><g:pos>\#(latitude) \#(longitude)</g:pos></g:Point></location>"#
    }

    static func polygon(_ positions: [(Double, Double)]) -> String {
        let ring = (positions + positions.prefix(1)).map { "<g:pos>\($0.0) \($0.1)</g:pos>" }.joined()
        return
            #"<location id="l1" profile="geodetic-2d"><g:Polygon xmlns:g="http://www.opengis.net/gml" srsName="urn:ogc:def:crs:EPSG::4326"><g:exterior><g:LinearRing>\#(ring)</g:LinearRing></g:exterior></g:Polygon></location>"#
    }

    static func circle(_ latitude: Double, _ longitude: Double, metres: Double) -> String {
        #"<location id="l1" profile="geodetic-2d"><s:Circle xmlns:s="http://www.opengis.net/pidflo/1.0" xmlns:g="http://www.opengis.net/gml" srsName="urn:ogc:def:crs:EPSG::4326"><g:pos>\#(latitude) \#(longitude)</g:pos><s:radius uom="urn:ogc:def:uom:EPSG::9001">\#(metres)</s:radius></s:Circle></location>"#
    }

    static func civic(_ elements: KeyValuePairs<String, String>) -> String {
        let parts = elements.map { "<\($0.key)>\($0.value)</\($0.key)>" }.joined()
        return
            #"<location id="c1" profile="civic"><civicAddress xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">\#(parts)</civicAddress></location>"#
    }
}

extension LoSTAnswer {
    /// The mappings of a `findServiceResponse`; empty when it is another answer.
    var mappings: [Mapping] { if case .findService(let answer) = self { answer.mappings } else { [] } }

    /// Kinds of warnings.
    var warnings: [LoSTWarning.Kind] {
        if case .findService(let answer) = self { answer.warnings.flatMap(\.list).map(\.kind) } else { [] }
    }

    /// The one error; nil when it is another answer.
    var error: LoSTError.Kind? {
        if case .errors(let errors) = self, errors.list.count == 1 { errors.list[0].kind } else { nil }
    }

    /// English names of the bodies of the mappings.
    var names: [String] { mappings.map { $0.displayNames.first?.text ?? "" } }
}

extension Mapping {
    /// Polygons of a boundary given as value.
    var polygons: [[[Coordinate]]] {
        guard case .value(let areas) = boundary else { return [] }
        return areas.compactMap { if case .polygon(let rings) = $0 { rings } else { nil } }
    }

    /// The key of a boundary given as reference.
    var key: String? { if case .reference(_, let key) = boundary { key } else { nil } }
}

extension RuleSet {
    /// The same version with other LoST settings.
    fileprivate func with(_ adapt: (LocationServices) -> LocationServices) -> RuleSet {
        RuleSet(
            version: version,
            validFrom: validFrom,
            timeZone: timeZone,
            parts: parts,
            rules: rules,
            alsoTold: alsoTold,
            partners: partners,
            shortNames: shortNames,
            locationServices: locationServices.map(adapt)
        )
    }
}

extension LocationServices {
    /// The same settings with other peers.
    func with(peers: [LocationServicesPeer]) -> LocationServices {
        LocationServices(
            server: server,
            publicURL: publicURL,
            serviceNumber: serviceNumber,
            expiresHours: expiresHours,
            country: country,
            provinces: provinces,
            countryCode: countryCode,
            sip: sip,
            peers: peers,
            peerSeconds: peerSeconds,
            services: services
        )
    }
}

/// Renders HTTP's own failures, which carry no LoST.
private struct StatusOnly: RouterMiddleware {
    typealias Context = HubRequestContext

    func handle(
        _ request: Request,
        context: HubRequestContext,
        next: @concurrent (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let fault as HTTPFault {
            return Response(status: fault.status, headers: fault.headers)
        }
    }
}
