import Domain
import Foundation
public import Hub
public import Hummingbird
import Open311

/// GeoReport v2 at one place: finds the resource, the format and the jurisdiction, and renders every fault in the
/// standard's shape.
///
/// The path is read here and not by the router, because the standard speaks of endings (`services.xml`), of errors bodies for
/// whatever lies below its root, and of 405 with `Allow` for a wrong method. Order of checks (contract A4): path, method,
/// jurisdiction, key, `service_code`, everything else.
public struct Open311Endpoint: Sendable {
    /// Root of the resources of every jurisdiction.
    public static let root = "/open311/v2"

    private let surroundings: Surroundings

    /// An endpoint over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes every method at every path below the root.
    public func add(to router: Router<HubRequestContext>) {
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options, .trace] {
            router.on("\(Self.root)/**", method: method) { request, context in
                await respond(to: request, context: context)
            }
        }
    }

    func respond(to request: Request, context: HubRequestContext) async -> Response {
        var format = Format.accepted(by: request.headers[.accept])
        let path = Open311Path(request.uri.path.dropFirst(Self.root.count))
        if let told = path.name.format(accept: request.headers[.accept]) { format = told }
        context.coreContext.endpointPath.value = "\(Self.root)/\(path.pattern)"
        var response: Response
        do {
            try context.gate?.admit(request.method, isList: path.resource?.isList ?? false)
            response = try await answer(request, path: path, format: format, gate: context.gate)
        } catch {
            response = Open311Failure(error, log: context.logger).response(format)
        }
        if request.method == .get || request.method == .head || request.method == .options {
            response.headers[.accessControlAllowOrigin] = "*"
        }
        return request.method == .head ? response.withoutBody : response
    }

    private func answer(
        _ request: Request,
        path: Open311Path,
        format: Format,
        gate: RequestGate?
    ) async throws -> Response {
        guard let resource = path.resource, path.name.format(accept: request.headers[.accept]) != nil else {
            throw Open311Faults(.pathUnknown)
        }
        if request.method == .options {
            return Response(
                status: .noContent,
                headers: [
                    .allow: resource.allowed, .accessControlAllowMethods: resource.allowed,
                    .accessControlAllowHeaders: "Authorization, Content-Type, Idempotency-Key",
                ]
            )
        }
        let isReading = request.method == .get || request.method == .head
        guard isReading ? resource.isReadable : request.method == .post && resource.isPostable else {
            let fault = Open311Fault.methodNotAllowed(allowed: resource.allowed.components(separatedBy: ", "))
            var response = Open311Failure(fault, log: surroundings.log).response(format)
            response.headers[.allow] = resource.allowed
            return response
        }
        if case .discovery = resource { return discovery(format) }
        let exchange = try await Open311Exchange(
            request,
            path: path,
            format: format,
            gate: gate,
            surroundings: surroundings
        )
        switch resource {
        case .discovery: return discovery(format)
        case .services: return try ServiceResources(surroundings).list(exchange)
        case .definition(let code): return try ServiceResources(surroundings).definition(code, exchange)
        case .requests where isReading: return try await ReadResources(surroundings).list(exchange)
        case .requests: return try await PostServiceRequest(surroundings)(exchange)
        case .request(let id): return try await ReadResources(surroundings).one(id, exchange)
        case .token(let token): return try await ReadResources(surroundings).token(token, exchange)
        case .updates where isReading: return try await UpdateResources(surroundings).list(exchange)
        case .updates: return try await UpdateResources(surroundings).post(exchange)
        }
    }

    private func discovery(_ format: Format) -> Response {
        let changed = surroundings.directory.offerChanged(asOf: surroundings.now())
        let base = surroundings.settings.publicBaseURL.absoluteString
        let message = DiscoveryMessage(
            changeset: changed,
            contact: surroundings.settings.apiContact,
            keyService:
                "Keys are given on request: \(surroundings.settings.apiContact). What they open: \(base)/api/openapi.json",
            endpoints: [
                DiscoveryMessage.Endpoint(
                    url: base + Self.root,
                    changeset: changed,
                    type: surroundings.settings.isProduction ? .production : .test
                )
            ]
        )
        return Response(message.encoded(as: format), format)
    }
}

extension Response {
    /// A GeoReport answer.
    init(_ bytes: [UInt8], _ format: Format, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status,
            headers: [.contentType: format.contentType, .contentLength: String(bytes.count)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
