public import Domain
public import Foundation
import Routing
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

extension Surroundings {
    /// A row with what stands beside it.
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
        guard
            let department = request.department.flatMap({ tenant.tenant.department(DepartmentCode(trusted: $0))?.name })
        else { return name }
        return LocalizedText(
            english: "\(name.english), \(department.english)",
            french: "\(name.french), \(department.french)"
        )
    }
}
