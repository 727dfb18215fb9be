public import Domain
import Foundation
import Storage

/// Gives parts of a request to other departments or bodies: a dog bite is the by-law officer's and public health's.
///
/// Each part is a request with a number of its own, of a type of its own, with clocks of its own, worked on by whoever answers for it;
/// what is another body's is offered to it like any other request. The person who reported keeps one reference: parts are in no public
/// list, and the whole ends only when they have.
public struct SplitRequest: Sendable {
    /// One part to give away.
    public struct Part: Sendable, Hashable {
        /// Its type: one of the tenant, or a public one.
        public let service: ServiceCode
        /// Answers to the type's questions, as far as they are known.
        public let answers: Answers
        /// Words for whoever does it, added to what the requester wrote.
        public let words: String?

        /// A part.
        public init(service: ServiceCode, answers: Answers = Answers(), words: String? = nil) {
            self.service = service
            self.answers = answers
            self.words = words
        }
    }

    /// A part as it was given away.
    public struct Given: Sendable, Hashable, Codable {
        /// Its own number, for staff.
        public let reference: RequestReference
        /// What it is called.
        public let name: LocalizedText
        /// Id of the body that answers for it.
        public let body: String
        /// Whether it was offered to another body.
        public let isOffered: Bool

        private enum CodingKeys: String, CodingKey {
            case reference, name, body
            case isOffered = "is_offered"
        }
    }

    /// Why it was not split.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// No part was named.
        case nothing
        /// Nobody can say who answers for a part.
        case stillUndecided(String, LocalizedText)

        /// For whoever acts.
        public var description: String {
            switch self {
            case .nothing: "name at least one type for a part"
            case .stillUndecided(let code, let why): "\(code): nobody can say who answers for it: \(why.english)"
            }
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Splits a request that this tenant leads.
    ///
    /// - Parameter expectedVersion: See ``TakeRequestStep``.
    /// - Throws: ``UnknownRequest``, ``UnknownService``, ``Fault``, ``PlaceRequest/Fault/noWay(_:)``, ``ChangedMeanwhile``,
    ///   `RequestLife.IllegalTransition`.
    public func callAsFunction(
        _ reference: RequestReference,
        into parts: [Part],
        at tenant: HostedTenant,
        expectedVersion: Int? = nil,
        by actor: String
    ) async throws -> [Given] {
        guard !parts.isEmpty else { throw Fault.nothing }
        let now = surroundings.second
        let hub = try await surroundings.directory.hub()
        let read = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await ServiceRequests($0).read(reference)
        }
        guard let whole = read else { throw UnknownRequest() }
        var made: [NewPart] = []
        for part in parts {
            made.append(try await NewPart(part, of: whole, at: tenant, hub: hub, surroundings, now: now, by: actor))
        }
        let new = made
        var note = ChangeRequest.Note(
            actor: actor,
            at: now,
            text: Self.words(new),
            details: ["parts": new.map(\.request.reference.rawValue).joined(separator: " ")]
        )
        note.expectedVersion = expectedVersion
        let (written, change) = (note, ChangeRequest(surroundings: surroundings, tenant: tenant))
        let isSplit = try await surroundings.databases.withTenant(tenant.code) { transaction -> Bool in
            let changed = try await change(reference, note: written, in: transaction) { try $0.life.split() }
            guard changed != nil else { return false }
            for part in new { try await part.write(in: transaction, surroundings, tenant) }
            return true
        }
        guard isSplit else { throw UnknownRequest() }
        surroundings.work.signal(tenant.code)
        return new.map { part in
            Given(
                reference: part.request.reference,
                name: part.name,
                body: part.body.id,
                isOffered: part.body != .tenant(tenant.id)
            )
        }
    }

    /// One reference, several bodies: who does what.
    private static func words(_ parts: [NewPart]) -> LocalizedText {
        LocalizedText(
            english: "Several work on it under this one reference: "
                + parts.map { "\($0.name.english) – \($0.bodyName.english)" }.joined(separator: "; ") + ".",
            french: "Plusieurs y travaillent sous ce seul numéro\u{A0}: "
                + parts.map { "\($0.name.french) – \($0.bodyName.french)" }.joined(separator: "; ") + "."
        )
    }
}
