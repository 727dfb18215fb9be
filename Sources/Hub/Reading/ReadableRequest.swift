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
    /// The type as the jurisdiction that was asked knows it: the hub by the public type.
    public let shownCode: ServiceCode
    /// The name of that type; nil when the catalogue no longer has it.
    public let shownName: LocalizedText?
    /// The body that has it now, in words.
    public let agency: LocalizedText
    /// History, oldest first; empty unless asked for.
    public let events: [RequestEvent]
    /// Messages of other software, oldest first; empty unless asked for.
    public let updates: [StoredUpdate]
}

extension Surroundings {
    /// A row with what stands beside it.
    ///
    /// - Parameter hub: The hub, when it was asked through its own jurisdiction: its types are the public ones.
    func readable(
        _ request: ServiceRequest,
        _ tenant: HostedTenant,
        throughHub hub: HostedTenant? = nil,
        events: [RequestEvent] = [],
        updates: [StoredUpdate] = []
    ) -> ReadableRequest {
        let service = tenant.service(request.serviceCode, at: request.requestedAt)
        let shownCode = hub == nil ? request.serviceCode : request.publicType
        let shown = hub.map { $0.service(shownCode, at: request.requestedAt) } ?? service
        return ReadableRequest(
            request: request.shown(in: request.language),
            service: service,
            shownCode: shownCode,
            shownName: shown?.name,
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
