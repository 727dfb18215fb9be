public import Domain
import Foundation
import Storage

/// The requester says that it is not done: the request is open again under the same reference, and it is counted.
///
/// Asked where the reference leads. What another body had ended goes back to that body.
public struct DisputeRequest: Sendable {
    /// Why a request cannot be disputed.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// Words are missing or too many: at most 1000 characters.
        case words
        /// It is too late; the last day is named.
        case windowOver(lastDay: CalendarDay)

        /// For the person, in one language.
        public func message(_ language: Language) -> String {
            switch (self, language) {
            case (.words, .english): "say in at most 1000 characters what is not done"
            case (.words, .french): "dites en au plus 1000 caractères ce qui n’est pas fait"
            case (.windowOver(let day), .english):
                "the last day to say so was \(day); please report it again, naming this reference"
            case (.windowOver(let day), .french):
                "le dernier jour pour le dire était le \(day); signalez-le de nouveau en indiquant ce numéro"
            }
        }

        /// The same in English.
        public var description: String { message(.english) }
    }

    /// Most characters of the words.
    public static let mostCharacters = 1000

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Opens the request again.
    ///
    /// The words go into the history for staff alone: nobody has read them, and they may name people.
    ///
    /// - Parameters:
    ///   - privateToken: The requester's own key; nil when staff act for them.
    ///   - expectedVersion: See ``TakeRequestStep``.
    /// - Throws: ``UnknownRequest`` (also for a wrong key), ``Fault``, ``ChangedMeanwhile``, `RequestLife.IllegalTransition`.
    public func callAsFunction(
        _ reference: RequestReference,
        words: String,
        privateToken: String? = nil,
        expectedVersion: Int? = nil,
        by actor: String
    ) async throws -> ServiceRequest {
        let said = words.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !said.isEmpty, said.unicodeScalars.count <= Self.mostCharacters else { throw Fault.words }
        guard let tenant = try await surroundings.directory.tenant(code: reference.code) else { throw UnknownRequest() }
        let now = surroundings.second
        let days = tenant.tenant.policies.disputeWindowDays
        let zone = tenant.calendar.timeZone
        let change = ChangeRequest(surroundings: surroundings, tenant: tenant)
        var note = ChangeRequest.Note(actor: actor, at: now, details: ["dispute": "true"])
        note.expectedVersion = expectedVersion
        let disputed = try await surroundings.databases.withTenant(tenant.code) { transaction -> ServiceRequest? in
            if let privateToken {
                guard
                    try await Requesters(transaction)
                        .tokenOpens(reference, tokenHash: SecretToken.hash(privateToken))
                else { return nil }
            }
            let changed = try await change(reference, note: note, in: transaction) { request in
                if let ended = request.life.completedAt, request.life.legalHappenings.contains(.dispute) {
                    let window = DisputeWindow(after: ended, days: days, in: zone)
                    guard window.isOpen(at: now) else { throw Fault.windowOver(lastDay: window.lastDay) }
                }
                let effect = try request.life.dispute()
                request.isOursAgain()
                return effect
            }
            guard let changed else { return nil }
            let events = RequestEvents(transaction)
            try await events.append(
                RequestEvent(
                    sequence: try await events.nextSequence(of: reference),
                    at: now,
                    kind: .noted,
                    actor: actor,
                    isPublic: false,
                    description: LocalizedText(same: said)
                ),
                to: reference
            )
            return changed.request
        }
        guard let disputed else { throw UnknownRequest() }
        surroundings.work.signal(tenant.code)
        return disputed
    }
}
