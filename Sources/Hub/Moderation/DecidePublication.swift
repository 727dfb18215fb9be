public import Domain
import Foundation
public import Storage

/// A person releases a text or photo to the public, or keeps it from it for good.
public struct DecidePublication: Sendable {
    /// What a person decides.
    public enum Decision: String, Sendable, Hashable, CaseIterable {
        /// Everybody may see it.
        case release
        /// Never shown; staff still read it.
        case reject
    }

    /// Which piece of a request is meant.
    public struct Subject: Sendable, Hashable {
        /// The message; nil for the request itself.
        public var updateID: String?
        /// The piece; nil: all that wait, of the request and of its messages.
        public var piece: Withheld.Piece?

        /// A subject.
        public init(updateID: String? = nil, piece: Withheld.Piece? = nil) {
            self.updateID = updateID
            self.piece = piece
        }

        /// Everything of the request that waits.
        public static let everythingHeld = Subject()
    }

    /// Why nothing was decided.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// Nothing of the request waits.
        case nothingHeld
        /// The request has no such piece.
        case noSuchPiece(String)

        /// For the person who decides.
        public var description: String {
            switch self {
            case .nothingHeld: "nothing of this request waits to be released"
            case .noSuchPiece(let piece): "the request has no \(piece)"
            }
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Decides on a piece of a request; a piece that was public can be rejected, and a rejected one released after all.
    ///
    /// Copies at other tenants follow through the outbox. Words of a message that are released are put into the history then.
    ///
    /// - Throws: ``UnknownRequest``, ``Fault``, `Publication.NothingToDecide`.
    @discardableResult
    public func callAsFunction(
        _ decision: Decision,
        _ subject: Subject,
        of reference: RequestReference,
        at tenant: HostedTenant,
        by actor: String,
        note: String? = nil
    ) async throws -> [ModerationItem] {
        let now = surroundings.second
        _ = try await surroundings.directory.hub()
        let bornAt = try await surroundings.directory.tenant(code: reference.code)?.id
        let decided = try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard let request = try await ServiceRequests(transaction).readForUpdate(reference) else {
                throw UnknownRequest()
            }
            let updates = try await Updates(transaction).of(reference)
            let known = try await ModerationItems(transaction).of(reference)
            var decided: [ModerationItem] = []
            for var item in try Self.chosen(subject, of: request, updates, among: known, at: now) {
                switch decision {
                case .release: try item.state.release()
                case .reject: try item.state.reject()
                }
                (item.decidedAt, item.decidedBy, item.note) = (now, actor, note)
                let isNew = !known.contains { $0.id == item.id }
                if isNew {
                    try await ModerationItems(transaction).insert(item)
                } else {
                    try await ModerationItems(transaction).save(item)
                }
                decided.append(item)
            }
            let carrying = CarryDecision(surroundings: surroundings, tenant: tenant, actor: actor, now: now)
            try await carrying.out(decided, decision, on: request, updates, bornAt: bornAt, in: transaction)
            return decided
        }
        surroundings.work.signal(tenant.code)
        return decided
    }

    /// The items meant: those that wait, or the one named, which may never have been held.
    private static func chosen(
        _ subject: Subject,
        of request: ServiceRequest,
        _ updates: [StoredUpdate],
        among known: [ModerationItem],
        at now: Date
    ) throws -> [ModerationItem] {
        guard let piece = subject.piece else {
            let held = known.filter { item in
                item.state == .held && (subject.updateID == nil || item.updateID == subject.updateID)
            }
            guard !held.isEmpty else { throw Fault.nothingHeld }
            return held
        }
        if let item = known.last(where: { $0.updateID == subject.updateID && $0.piece == piece }) { return [item] }
        let update = updates.first { $0.id == subject.updateID }
        let isThere =
            switch piece {
            case .description: subject.updateID == nil || update != nil
            case .address: subject.updateID == nil && request.address != nil
            case .photo(let place):
                (subject.updateID == nil ? request.mediaURLs : update?.mediaURLs ?? []).indices.contains(place)
            }
        guard isThere else { throw Fault.noSuchPiece(piece.description) }
        return [
            ModerationItem(
                reference: request.reference,
                updateID: subject.updateID,
                piece: piece,
                state: .released,
                reasons: [HoldRules.Reason.staff.rawValue],
                enteredAt: now
            )
        ]
    }
}
