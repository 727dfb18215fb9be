import Domain
import Foundation
import Geo
public import Hub
public import Hummingbird
import NIOCore

/// `/tiles/{layer}/{z}/{x}/{y}.mvt`: boundaries and roads as Mapbox Vector Tiles 2.1, for maps of other makers.
///
/// `layer` is a boundary layer, `roads`, or `all`. With `?v=` and the generation in force a tile may be kept for a year; without, a map asks
/// again after five minutes and mostly hears 304. `/tiles/{layer}.json` is the same as TileJSON 3.0.
public struct TileRoutes: Sendable {
    static let root = "/tiles"
    static let contentType = "application/vnd.mapbox-vector-tile"

    /// Goes into every entity tag; raised when the same generation is drawn otherwise than before.
    private static let form = 1

    private let surroundings: Surroundings
    private let cache: TileCache

    /// Routes over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        cache = TileCache(DrawTile(surroundings))
    }

    /// Takes every method at every path below the root.
    public func add(to router: Router<HubRequestContext>) {
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options] {
            router.on("\(Self.root)/**", method: method) { request, context in
                await respond(to: request, context: context)
            }
        }
    }

    private func respond(to request: Request, context: HubRequestContext) async -> Response {
        context.coreContext.endpointPath.value = "\(Self.root)/{layer}/{z}/{x}/{y}"
        var response: Response
        do {
            response = try await answer(request)
        } catch {
            response = APIFailure(error, log: context.logger).response
        }
        response.headers[.accessControlAllowOrigin] = "*"
        return request.method == .head ? response.withoutBody : response
    }

    private func answer(_ request: Request) async throws -> Response {
        let path = request.uri.path.dropFirst(Self.root.count).split(separator: "/", omittingEmptySubsequences: true)
        guard path.count == 4 || (path.count == 1 && path[0].hasSuffix(".json")) else { throw HTTPFault.notFound }
        switch request.method {
        case .options:
            return Response(
                status: .noContent,
                headers: [.allow: Self.methods, .accessControlAllowMethods: Self.methods]
            )
        case .get, .head:
            if path.count == 1 { return try description(String(path[0].dropLast(5)), request) }
            return try await tile(path.map(String.init), request)
        default:
            throw HTTPFault(
                .methodNotAllowed,
                english: "this address takes \(Self.methods)",
                french: "cette adresse accepte \(Self.methods)",
                headers: [.allow: Self.methods]
            )
        }
    }

    private static let methods = "GET, HEAD, OPTIONS"

    private func tile(_ path: [String], _ request: Request) async throws -> Response {
        let address = try Self.address(path)
        let version = try Self.version(request)
        let index = surroundings.geography.index
        let content = try content(path[0], layers: index.layers, isLoaded: index.generation != nil)
        var headers: HTTPFields = [.contentType: Self.contentType, .cacheControl: "public, max-age=300"]
        guard let generation = index.generation else {
            headers[.cacheControl] = "no-cache"
            return Self.response(ByteBuffer(), headers)
        }
        if version == generation {
            headers[.cacheControl] = "public, max-age=31536000, immutable"
        } else if version != nil {
            // Somebody who knows another generation gets this one, and must not keep it under the other's name.
            headers[.cacheControl] = "no-cache"
        }
        let place = "\(content.name)-\(address.zoom)-\(address.column)-\(address.row)"
        let tag = "\"\(Self.form)-\(generation)-\(place)\""
        headers[.eTag] = tag
        if request.headers[.ifNoneMatch]?.contains(tag) == true {
            return Response(status: .notModified, headers: headers)
        }
        let key = TileCache.Key(content: content, address: address)
        return Self.response(try await cache.tile(key, of: generation, layers: index.layers), headers)
    }

    /// An empty tile is an answer too: 200 without bytes is a valid tile without layers, which every reader takes.
    private static func response(_ bytes: ByteBuffer, _ headers: HTTPFields) -> Response {
        var headers = headers
        headers[.contentLength] = String(bytes.readableBytes)
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }

    private static func address(_ path: [String]) throws -> TileAddress {
        guard path[3].hasSuffix(".mvt") else { throw HTTPFault.notFound }
        func number(_ field: String, _ text: some StringProtocol) throws -> Int {
            guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(text)
            else {
                throw FieldFault(
                    field: field,
                    code: .malformed,
                    fault: LocalizedText(english: "is no whole number", french: "n’est pas un nombre entier"),
                    expected: LocalizedText(english: "/tiles/layer/z/x/y.mvt", french: "/tiles/couche/z/x/y.mvt")
                )
            }
            return number
        }
        return try TileAddress(
            zoom: number("z", path[1]),
            column: number("x", path[2]),
            row: number("y", path[3].dropLast(4))
        )
    }

    /// The generation that whoever asks knows.
    private static func version(_ request: Request) throws -> GenerationID? {
        var parameters = try APIParameters(request)
        guard let text = parameters.word("v") else { return nil }
        guard let number = Int(text), number > 0 else {
            parameters.fail("v", .malformed, "the number of a generation", "le numéro d’une génération")
            try parameters.check()
            return nil
        }
        return GenerationID(number)
    }

    private func content(_ name: String, layers: [LayerName], isLoaded: Bool) throws -> TileContent {
        switch name {
        case "all": return .all
        case "roads": return .roads
        default:
            if let layer = LayerName(rawValue: name), !isLoaded || layers.contains(layer) { return .areas(layer) }
            let known = (layers.map(\.rawValue) + ["roads", "all"]).joined(separator: ", ")
            throw HTTPFault(
                .notFound,
                [
                    HTTPFault.Entry(
                        field: "layer",
                        code: FieldFault.Code.unknown.rawValue,
                        LocalizedText(
                            english: "there is no such layer; there are \(known)",
                            french: "cette couche n’existe pas; il y a \(known)"
                        )
                    )
                ]
            )
        }
    }

    /// TileJSON 3.0 of a layer: where its tiles are and what they hold.
    private func description(_ name: String, _ request: Request) throws -> Response {
        let index = surroundings.geography.index
        let content = try content(name, layers: index.layers, isLoaded: index.generation != nil)
        let layers: [String] =
            switch content {
            case .areas(let layer): [layer.rawValue]
            case .roads: ["roads"]
            case .all: index.layers.map(\.rawValue) + ["roads"]
            }
        let version = index.generation.map { "?v=\($0)" } ?? ""
        let base = surroundings.settings.publicBaseURL.absoluteString.trimmingSuffix("/")
        let body = JSONText.of { json in
            json.object { json in
                json.member("tilejson", "3.0.0")
                json.member("name", content.name)
                json.member("scheme", "xyz")
                json.array("tiles", ["\(base)\(Self.root)/\(content.name)/{z}/{x}/{y}.mvt\(version)"]) { $0.string($1) }
                json.member("minzoom", content == .roads ? DrawTile.roadsFrom : 0)
                json.member("maxzoom", TileAddress.finest)
                json.array("vector_layers", layers) { json, layer in
                    json.object { json in
                        json.member("id", layer)
                        json.object("fields") { json in
                            for field in layer == "roads" ? Self.roadFields : Self.areaFields {
                                json.name(field)
                                json.string("String")
                            }
                        }
                    }
                }
            }
        }
        return Response(json: body, headers: [.cacheControl: "public, max-age=300"])
    }

    private static let areaFields = ["layer", "id", "name", "jurisdiction_id"]
    private static let roadFields = ["id", "name", "owner", "owner_kind", "road_class"]
}

extension String {
    /// The text without a last `suffix`.
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
