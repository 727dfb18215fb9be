import Domain
import Foundation

/// A request, or what became of it, on its way to a department's own system that is no GeoReport server.
struct DepartmentMessage: Sendable, Codable {
    /// The request as it stood when this was written.
    let request: ServiceRequest
    /// Code of the forwarding target.
    let target: String
    /// What happened; nil for the request itself.
    let event: RequestEvent?

    /// `request`, or the kind of what happened.
    var word: String { event?.kind.rawValue ?? "request" }

    /// When that was.
    var happenedAt: Date { event?.at ?? request.requestedAt }
}
