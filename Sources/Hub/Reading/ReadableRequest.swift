public import Domain
import Foundation
public import Storage

/// A request as it may be read by whoever asked, with what stands beside it in lists and pages.
public struct ReadableRequest: Sendable {
    /// The stored row.
    public let request: ServiceRequest
    /// The type it was taken under; nil when the catalogue no longer has it.
    public let service: Service?
    /// The body that has it now, in words.
    public let agency: LocalizedText
    /// History, oldest first; empty unless asked for.
    public let events: [RequestEvent]
    /// Messages of other software, oldest first; empty unless asked for.
    public let updates: [StoredUpdate]
}

/// Reads one request of one jurisdiction. Unknown, foreign and confidential ones look exactly alike: nothing.
public struct ReadServiceRequest: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The request, with its history when `withHistory` is true.
    public func callAsFunction(
        _ id: String,
        in tenant: HostedTenant,
        withHistory: Bool = false
    ) async throws -> ReadableRequest? {
        guard let reference = try? RequestReference(parsing: id) else { return nil }
        let now = surroundings.now()
        let read = try await surroundings.databases.withTenant(tenant.code) { transaction in
            let request = try await ServiceRequests(transaction).read(reference, readableAt: now)
            guard let request, request.isPublic else { return nil as Row? }
            guard withHistory else { return Row(request: request, events: [], updates: []) }
            return Row(
                request: request,
                events: try await RequestEvents(transaction).all(of: reference).filter(\.isPublic),
                updates: try await Updates(transaction).of(reference)
            )
        }
        return read.map { surroundings.readable($0.request, tenant, events: $0.events, updates: $0.updates) }
    }

    private struct Row {
        let request: ServiceRequest
        let events: [RequestEvent]
        let updates: [StoredUpdate]
    }
}

extension ServiceRequest {
    /// Whether anybody who knows or lists it may read it: a public type that this tenant leads or is the origin of.
    public var isPublic: Bool { visibility == .public }
}

extension Surroundings {
    func readable(
        _ request: ServiceRequest,
        _ tenant: HostedTenant,
        events: [RequestEvent] = [],
        updates: [StoredUpdate] = []
    ) -> ReadableRequest {
        ReadableRequest(
            request: request,
            service: tenant.service(request.serviceCode, at: request.requestedAt),
            agency: agency(of: request, tenant),
            events: events,
            updates: updates
        )
    }

    /// The body that has a request now: the holder it was handed to, or the tenant with its department.
    func agency(of request: ServiceRequest, _ tenant: HostedTenant) -> LocalizedText {
        if let holder = request.life.holder, let name = agreement.routing.name(of: holder.lead, at: request.updatedAt) {
            return name.plain
        }
        let name = tenant.tenant.name.plain
        guard let department = request.department.flatMap({ tenant.tenant.department($0)?.name }) else { return name }
        return LocalizedText(
            english: "\(name.english), \(department.english)",
            french: "\(name.french), \(department.french)"
        )
    }
}
