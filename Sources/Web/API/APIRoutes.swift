import Domain
import Foundation
public import Hub
public import Hummingbird
import NIOCore

/// The hub's own API in JSON: what software asks that is not Open311, and what the pages' scripts ask.
///
/// Described in `/api/openapi.json`. Every fault is `{"errors": [{"field", "code", "message": {"en", "fr"}}]}`; unknown parameters
/// are ignored. Paths and methods are settled here and not by the router, so that 404 and 405 have that shape too.
public struct APIRoutes: Sendable {
    static let root = "/api/v1"

    private let surroundings: Surroundings
    private let route: RouteResource
    private let places: PlaceResources
    private let addresses: AddressResources
    private let bodies: BodiesResource
    private let boundaries: BoundaryResource
    private let services: ServicesResource
    private let requests: RequestResources

    /// Routes over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        route = RouteResource(surroundings)
        places = PlaceResources(surroundings)
        addresses = AddressResources(surroundings)
        bodies = BodiesResource(surroundings)
        boundaries = BoundaryResource(surroundings)
        services = ServicesResource(surroundings)
        requests = RequestResources(surroundings)
    }

    /// Takes every method at every path below the root, and the description.
    public func add(to router: Router<HubRequestContext>) {
        let description = APIDescription()
        router.get("/api/openapi.json") { request, _ in description.answer(to: request) }
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options, .trace] {
            router.on("\(Self.root)/**", method: method) { request, context in
                await respond(to: request, context: context)
            }
        }
    }

    private func respond(to request: Request, context: HubRequestContext) async -> Response {
        let path = APIPath(request.uri.path.dropFirst(Self.root.count))
        context.coreContext.endpointPath.value = "\(Self.root)/\(path.pattern)"
        var response: Response
        do {
            try context.gate?.admit(request.method)
            response = try await answer(request, path)
        } catch {
            response = APIFailure(error, log: context.logger).response
        }
        if request.method == .get || request.method == .head || request.method == .options {
            response.headers[.accessControlAllowOrigin] = "*"
        }
        return request.method == .head ? response.withoutBody : response
    }

    private func answer(_ request: Request, _ path: APIPath) async throws -> Response {
        guard let resource = path.resource else { throw HTTPFault.notFound }
        let isReading = request.method == .get || request.method == .head
        switch resource {
        case _ where request.method == .options:
            return Response(
                status: .noContent,
                headers: [
                    .allow: resource.allowed, .accessControlAllowMethods: resource.allowed,
                    .accessControlAllowHeaders: "Authorization, Content-Type, Idempotency-Key",
                ]
            )
        case .route where isReading: return try await route.answer(request)
        case .locate where isReading: return try await places.answer(request)
        case .suggestAddresses where isReading: return try addresses.suggest(request)
        case .bodies where isReading: return try await bodies.answer(request)
        case .boundaries where isReading: return try await boundaries.answer(request)
        case .services where isReading: return try await services.answer(request)
        case .requests where request.method == .post: return try await requests.post(request)
        case .requestAct(let reference, let act) where request.method == .post:
            return try await requests.act(act, reference, request)
        case .request(let reference) where isReading: return try await requests.one(reference, request)
        default:
            throw HTTPFault(
                .methodNotAllowed,
                english: "this address takes \(resource.allowed)",
                french: "cette adresse accepte \(resource.allowed)",
                headers: [.allow: resource.allowed]
            )
        }
    }
}

/// What a path below the root names.
struct APIPath: Sendable {
    /// Resources of the API.
    enum Resource: Sendable, Hashable {
        case route
        case locate
        case suggestAddresses
        case bodies
        case boundaries
        case services
        case requests
        case request(String)
        case requestAct(String, RequestAct)

        var allowed: String {
            switch self {
            case .requests, .requestAct: "POST, OPTIONS"
            default: "GET, HEAD, OPTIONS"
            }
        }
    }

    /// The resource; nil when nothing lies at this path.
    let resource: Resource?
    /// The path with its variable parts named, for the metrics.
    let pattern: String

    init(_ path: some StringProtocol) {
        let pieces = path.split(separator: "/", omittingEmptySubsequences: true)
        switch (pieces.count, pieces.first) {
        case (1, "route"): (resource, pattern) = (.route, "route")
        case (1, "locate"): (resource, pattern) = (.locate, "locate")
        case (1, "bodies"): (resource, pattern) = (.bodies, "bodies")
        case (1, "boundaries"): (resource, pattern) = (.boundaries, "boundaries")
        case (1, "services"): (resource, pattern) = (.services, "services")
        case (1, "requests"): (resource, pattern) = (.requests, "requests")
        case (2, "addresses") where pieces[1] == "suggest":
            (resource, pattern) = (.suggestAddresses, "addresses/suggest")
        case (2, "requests"):
            let reference = String(pieces[1])
            (resource, pattern) = (.request(reference.removingPercentEncoding ?? reference), "requests/{reference}")
        case (3, "requests"):
            let reference = String(pieces[1])
            let act = RequestAct(rawValue: String(pieces[2]))
            resource = act.map { .requestAct(reference.removingPercentEncoding ?? reference, $0) }
            pattern = act.map { "requests/{reference}/\($0.rawValue)" } ?? "unknown"
        default: (resource, pattern) = (nil, "unknown")
        }
    }
}

extension Response {
    /// What HEAD answers: the headers of GET, its length among them, and nothing else.
    var withoutBody: Response {
        var head = self
        head.body = ResponseBody()
        head.headers[.contentLength] = headers[.contentLength]
        return head
    }

    /// An answer of the API.
    init(json: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        headers[.contentLength] = String(json.readableBytes)
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: json))
    }
}
