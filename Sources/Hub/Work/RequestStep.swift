public import Domain
import Foundation
import Storage

/// What a department does with a request it has: the steps that everybody sees.
public enum RequestStep: Sendable, Hashable {
    /// A person of the responsible body has read it.
    case review
    /// It is known who does it and when.
    case assignWork
    /// The danger is gone, the repair is planned; it stays open.
    case makeSafe
    /// It ended.
    case complete(Outcome)
    /// It was not done after all; what another body had ended goes back to that body.
    case reopen
    /// An offer to another body is taken back before it was answered.
    case takeBack
}

/// A request cannot be found at this tenant; unknown and foreign ones alike.
public struct UnknownRequest: Error, Sendable, Hashable, CustomStringConvertible {
    /// For whoever asked.
    public var description: String { "no request with this reference; check each letter and number" }

    /// The one value there is.
    public init() {}
}

/// Takes one step with a request.
public struct TakeRequestStep: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes the step and writes it to the history, where the origin and the resident see it.
    ///
    /// - Parameter text: Words for the resident; nil when the step says it all.
    /// - Throws: ``UnknownRequest``, `RequestLife.IllegalTransition` naming what is possible.
    public func callAsFunction(
        _ step: RequestStep,
        _ reference: RequestReference,
        at tenant: HostedTenant,
        by actor: String,
        text: LocalizedText? = nil
    ) async throws -> ServiceRequest {
        let now = surroundings.second
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let note = ChangeRequest.Note(actor: actor, at: now, text: text)
        let changed = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await change(reference, note: note, in: transaction) { request in
                if let text { request.statusNotes = text[request.language] }
                switch step {
                case .review: return try request.life.review(at: now)
                case .assignWork: return try request.life.assignWork(at: now)
                case .makeSafe:
                    let promise = tenant.service(request.serviceCode, at: now)?.sla.promise ?? .done
                    return try request.life.makeSafe(at: now, promise: promise)
                case .complete(let outcome): return try request.life.complete(outcome, at: now)
                case .reopen: return try request.life.reopen()
                case .takeBack:
                    request.counterpart = nil
                    return try request.life.takenBack()
                }
            }?.request
        }
        guard let changed else { throw UnknownRequest() }
        surroundings.work.signal(tenant.code)
        return changed
    }
}
