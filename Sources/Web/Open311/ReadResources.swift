import Domain
import Foundation
import Hub
import Hummingbird
import Open311
import Storage

/// `requests`, `requests/{id}` and `tokens/{token}`.
struct ReadResources: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// One request as an array of one.
    func one(_ id: String, _ exchange: Open311Exchange) async throws -> Response {
        let extended = RequestListQuery.extensions(exchange.parameters)
        let read = try await ReadServiceRequest(surroundings)(id, in: exchange.tenant, withHistory: extended)
        guard let read else { throw Open311Faults(.requestUnknown) }
        let message = ServiceRequestMessage(read, language: exchange.language, extended: extended)
        return Response(message.encodedAlone(as: exchange.format), exchange.format)
    }

    /// The id a token stands for, or an empty one until it is assigned.
    func token(_ token: String, _ exchange: Open311Exchange) async throws -> Response {
        let id: String?
        switch try await ReadToken(surroundings)(token, in: exchange.tenant) {
        case .unknown: throw Open311Faults(.tokenUnknown)
        case .waiting: id = nil
        case .assigned(let reference): id = reference.rawValue
        }
        let message = TokenMessage(serviceRequestID: id, token: token)
        return Response(message.encodedAlone(as: exchange.format), exchange.format)
    }

    /// The list, written as it is read: a thousand requests take no more memory than a hundred.
    func list(_ exchange: Open311Exchange) async throws -> Response {
        let query = try RequestListQuery(exchange.parameters, now: surroundings.now())
        if exchange.tenant.isHub, case .ids(let ids) = query.selection {
            return try await chosen(ids, exchange, extended: query.extensions)
        }
        var lots = ListServiceRequests(surroundings)(
            filter(query),
            page: query.page.number,
            pageSize: query.page.size,
            withHistory: query.extensions,
            in: exchange.tenant
        )
        // The first lot is read before the head is sent, so that a database that is away is told as 503.
        let first = try await lots.next() ?? []
        let (format, language, rest) = (exchange.format, exchange.language, lots)
        let body = ResponseBody { writer in
            var lots = rest
            var stream = ListStream<ServiceRequestMessage>(format)
            var lot: [ReadableRequest]? = first
            while let requests = lot {
                for request in requests {
                    stream.append(ServiceRequestMessage(request, language: language, extended: query.extensions))
                }
                if stream.pendingBytes > 0 { try await writer.write(ByteBuffer(bytes: stream.takeBytes())) }
                lot = try await lots.next()
            }
            try await writer.write(ByteBuffer(bytes: stream.finish()))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: format.contentType], body: body)
    }

    /// Requests by id through the hub, each in whichever schema it lies.
    private func chosen(_ ids: [String], _ exchange: Open311Exchange, extended: Bool) async throws -> Response {
        var found: [ReadableRequest] = []
        for id in Set(ids.prefix(Page.largest)) {
            let read = try await ReadServiceRequest(surroundings)(id, in: exchange.tenant, withHistory: extended)
            if let read { found.append(read) }
        }
        found.sort {
            ($1.request.requestedAt, $0.request.reference) < ($0.request.requestedAt, $1.request.reference)
        }
        let message = ListMessage(
            found.map { ServiceRequestMessage($0, language: exchange.language, extended: extended) }
        )
        return Response(message.encoded(as: exchange.format), exchange.format)
    }

    private func filter(_ query: RequestListQuery) -> RequestFilter {
        let now = surroundings.now()
        switch query.selection {
        case .ids(let ids):
            return RequestFilter(references: ids.compactMap { try? RequestReference(parsing: $0) }, readableAt: now)
        case .filter(let filter):
            return RequestFilter(
                serviceCodes: filter.serviceCodes.isEmpty
                    ? nil : filter.serviceCodes.compactMap { ServiceCode(rawValue: $0) },
                status: filter.statuses.count == 1 ? filter.statuses.first : nil,
                requested: filter.requested,
                updatedAfter: filter.updatedAfter,
                updatedBefore: filter.updatedBefore,
                near: filter.near.flatMap { SearchCircle(centre: $0.center, metres: $0.radiusMetres) },
                readableAt: now
            )
        }
    }
}
