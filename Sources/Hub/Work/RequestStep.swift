public import Domain
import Foundation
import Storage

/// What a department does with a request it has.
public enum RequestStep: Sendable, Hashable {
    /// A person of the responsible body has read it.
    case review
    /// It is known who does it and when.
    case assignWork
    /// The work stands in a plan.
    case plan
    /// The danger is gone, the repair is planned; it stays open.
    case makeSafe
    /// It ended.
    case complete(Outcome)
    /// The body will not do it; the resident reads why.
    case decline(PublicReason)
    /// The clocks stand still, for a reason that is public.
    case pause(RequestLife.PauseReason)
    /// The clocks go on.
    case resume
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

/// A body that ends a request itself says how.
public struct OutcomeNeeded: Error, Sendable, Hashable, CustomStringConvertible {
    /// For whoever asked.
    public var description: String {
        """
        an outcome is needed: fixed, inspected_meets_standard, not_found, could_not_reach, duplicate or withdrawn; \
        to say no use decline, to go on later make safe
        """
    }

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
    /// - Parameters:
    ///   - text: Words for the resident; nil when the step says it all.
    ///   - expectedVersion: The version of the row that whoever acts has seen; nil when they act whatever it is.
    /// - Throws: ``UnknownRequest``, ``ChangedMeanwhile`` telling what the other one did, ``OpenParts``, ``OutcomeNeeded``,
    ///   `RequestLife.IllegalTransition` naming what is possible.
    public func callAsFunction(
        _ step: RequestStep,
        _ reference: RequestReference,
        at tenant: HostedTenant,
        by actor: String,
        text: LocalizedText? = nil,
        expectedVersion: Int? = nil
    ) async throws -> ServiceRequest {
        if step == .complete(.unspecified) { throw OutcomeNeeded() }
        let now = surroundings.second
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        var words = text
        if case .decline(let reason) = step { words = reason.text }
        var note = ChangeRequest.Note(actor: actor, at: now, text: words, details: Self.details(step))
        note.expectedVersion = expectedVersion
        let changed = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await change(reference, note: note, in: transaction) { request in
                if let words { request.statusNotes = words[request.language] }
                return try Self.take(step, &request, at: tenant, now: now)
            }?.request
        }
        guard let changed else { throw UnknownRequest() }
        surroundings.work.signal(tenant.code)
        return changed
    }

    private static func take(
        _ step: RequestStep,
        _ request: inout ServiceRequest,
        at tenant: HostedTenant,
        now: Date
    ) throws -> RequestLife.Effect {
        switch step {
        case .review: return try request.life.review(at: now)
        case .assignWork: return try request.life.assignWork(at: now)
        case .plan: return try request.life.plan(at: now)
        case .makeSafe:
            let promise = tenant.service(request.serviceCode, at: now)?.sla.promise ?? .done
            return try request.life.makeSafe(at: now, promise: promise)
        case .complete(let outcome): return try request.life.complete(outcome, at: now)
        case .decline(let reason): return try request.life.decline(reason, at: now)
        case .pause(let reason): return try request.life.pause(reason)
        case .resume: return try request.life.resume()
        case .reopen:
            let effect = try request.life.reopen()
            request.isOursAgain()
            return effect
        case .takeBack:
            request.counterpart = nil
            return try request.life.takenBack()
        }
    }

    /// Particulars of a step for software.
    private static func details(_ step: RequestStep) -> [String: String] {
        switch step {
        case .complete(let outcome): ["outcome": outcome.rawValue]
        case .decline: ["outcome": Outcome.declined.rawValue]
        case .pause(let reason): ["reason": reason.rawValue]
        case .review, .assignWork, .plan, .makeSafe, .resume, .reopen, .takeBack: [:]
        }
    }
}

extension ServiceRequest {
    /// What was opened again and no other body has is led here, also where another body had it when it was taken back.
    mutating func isOursAgain() {
        guard life.holder == nil, standing == .mirrored else { return }
        standing = .lead
        counterpart = nil
    }
}
