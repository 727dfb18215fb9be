public import Domain
import Foundation
import Storage

/// Puts right what a request is about, or where it is; who answers is decided anew, and the history explains it.
///
/// Where another body answers now it is handed on in the same transaction, under the same reference. A promise that was missed stays
/// missed: the clocks count from receipt by the new type's terms.
public struct CorrectRequest: Sendable {
    /// What is put right.
    public enum Change: Sendable, Hashable {
        /// It is another kind of matter: a type of the tenant, or a public type. Answers nil: those given, as far as they fit.
        case type(ServiceCode, answers: Answers? = nil)
        /// It is at another place.
        case place(PlaceInput)
    }

    /// What came of it.
    public struct Result: Sendable, Hashable {
        /// The row as it is now.
        public let request: ServiceRequest
        /// Who answers and why.
        public let decision: Decision
        /// What became of the lead.
        public let outcome: Outcome
    }

    /// What became of the lead.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// The same body answers for it.
        case stays
        /// It was offered to the body that answers.
        case offered
        /// It was given back to where it was born, with the word whose it is.
        case givenBack = "given_back"
        /// Nobody can say who answers; it stays, and the history says so.
        case undecided
        /// The body that answers takes no requests; it stays, and the person is to be referred.
        case refer
    }

    /// Why nothing was put right.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// The new place says nothing that the request does not have.
        case noPlace
        /// It is of that type already.
        case sameType

        /// For whoever acts.
        public var description: String {
            switch self {
            case .noPlace: "say where it is: a point or an address"
            case .sameType: "it is of that type already"
            }
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Puts it right.
    ///
    /// - Parameters:
    ///   - reason: Why, for the resident, in both languages; nil: the change says it all.
    ///   - expectedVersion: See ``TakeRequestStep``.
    /// - Throws: ``UnknownRequest``, ``UnknownService``, ``Fault``, ``ChangedMeanwhile``, ``OpenParts``,
    ///   `RequestLife.IllegalTransition`.
    public func callAsFunction(
        _ change: Change,
        _ reference: RequestReference,
        at tenant: HostedTenant,
        reason: LocalizedText? = nil,
        expectedVersion: Int? = nil,
        by actor: String
    ) async throws -> Result {
        let now = surroundings.second
        let read = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await ServiceRequests($0).read(reference)
        }
        guard let stored = read else { throw UnknownRequest() }
        let corrected = try await CorrectedRow(change, of: stored, at: tenant, surroundings, now: now)
        let decision = corrected.answer.decision
        let hand = HandOn(surroundings: surroundings, tenant: tenant)
        var outcome = Outcome.stays
        var way: HandOn.Way?
        if let body = ReceivingBody(decision.lead) {
            if body != .tenant(tenant.id) {
                do {
                    way = try await hand.prepare(decision, to: body)
                } catch is PlaceRequest.Fault {
                    outcome = .refer
                }
            }
        } else {
            outcome = .undecided
        }
        var note = ChangeRequest.Note(
            actor: actor,
            at: now,
            text: corrected.words(before: stored, reason: reason, outcome),
            details: corrected.details(before: stored)
        )
        note.expectedVersion = expectedVersion
        note.corrects = true
        let step = ChangeRequest(surroundings: surroundings, tenant: tenant)
        let (goes, written) = (way, note)
        let result = try await surroundings.databases.withTenant(tenant.code) {
            transaction -> (ServiceRequest, Bool)? in
            let changed = try await step(reference, note: written, in: transaction) { request in
                // Looked at before it was locked: what somebody else did meanwhile is not written over.
                guard request.rowVersion == stored.rowVersion else {
                    throw ChangedMeanwhile(
                        reference: reference,
                        expected: stored.rowVersion,
                        current: request.rowVersion,
                        changes: []
                    )
                }
                let effect = try request.life.corrected(corrected.what)
                corrected.put(into: &request)
                return effect
            }
            guard let changed else { return nil }
            guard let goes else { return (changed.request, false) }
            let isGivenBack = try await hand(reference, goes, at: now, by: actor, in: transaction)
            return (try await ServiceRequests(transaction).read(reference) ?? changed.request, isGivenBack)
        }
        guard let (request, isGivenBack) = result else { throw UnknownRequest() }
        if goes != nil { outcome = isGivenBack ? .givenBack : .offered }
        surroundings.work.signal(tenant.code)
        return Result(request: request, decision: decision, outcome: outcome)
    }
}
