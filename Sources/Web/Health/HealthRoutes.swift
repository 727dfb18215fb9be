import Crypto
import Foundation
public import Hub
public import Hummingbird
import NIOCore

/// `/health/live`, `/health/ready`: what a load balancer and an operator ask.
public struct HealthRoutes: Sendable {
    private let health: HubHealth

    /// Routes over these surroundings.
    public init(_ surroundings: Surroundings) {
        health = HubHealth(surroundings)
    }

    /// Adds both.
    public func add(to router: Router<HubRequestContext>) {
        router.get("/health/live") { _, _ in
            Response(
                json: JSONText.of(capacity: 64) { $0.object { $0.member("status", "live") } },
                headers: Self.headers
            )
        }
        router.get("/health/ready") { _, _ in
            let report = await health()
            return Response(
                json: Self.text(report),
                status: report.isReady ? .ok : .serviceUnavailable,
                headers: report.isReady ? Self.headers : Self.headers + [.retryAfter: "5"]
            )
        }
    }

    private static let headers: HTTPFields = [.cacheControl: "no-store"]

    private static func text(_ report: HubHealth.Report) -> ByteBuffer {
        JSONText.of(capacity: 512) { json in
            json.object { json in
                json.member("status", report.isReady ? (report.degraded.isEmpty ? "ready" : "degraded") : "not_ready")
                json.member("ready", report.isReady)
                json.array("degraded", report.degraded) { $0.string($1) }
                json.object("details") { json in
                    for (name, value) in report.details.sorted(by: { $0.key < $1.key }) {
                        json.name(name)
                        json.string(value)
                    }
                }
            }
        }
    }
}

/// `/metrics`: Prometheus text for whoever holds the token; to everybody else there is nothing at this address.
public struct MetricsRoute: Sendable {
    private let token: String?
    private let text: @Sendable () async -> String

    /// A route that opens with a bearer token.
    ///
    /// - Parameter token: The secret; nil or empty: the route answers nobody.
    public init(token: String?, text: @escaping @Sendable () async -> String) {
        self.token = token.flatMap { $0.isEmpty ? nil : $0 }
        self.text = text
    }

    /// Adds it.
    public func add(to router: Router<HubRequestContext>) {
        router.get("/metrics") { request, _ in
            guard let token, Self.opens(request.headers[.authorization], token) else { throw HTTPFault.notFound }
            let body = ByteBuffer(string: await text())
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store",
                    .contentLength: String(body.readableBytes),
                ],
                body: ResponseBody(byteBuffer: body)
            )
        }
    }

    /// Compares digests, so that the time taken tells nothing of the token.
    private static func opens(_ header: String?, _ token: String) -> Bool {
        guard let header else { return false }
        return SHA256.hash(data: Data(header.utf8)) == SHA256.hash(data: Data("Bearer \(token)".utf8))
    }
}
