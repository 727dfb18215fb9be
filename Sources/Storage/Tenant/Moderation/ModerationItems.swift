public import Domain
public import Foundation
import Postgres

/// A text or a photo that waits for a person, or waited.
public struct ModerationItem: Sendable, Hashable, Identifiable {
    /// Identity of the item.
    public let id: UUID
    /// The request.
    public let reference: RequestReference
    /// The message it is a piece of; nil for a piece of the request itself.
    public let updateID: String?
    /// Which piece.
    public let piece: Withheld.Piece
    /// Where it stands.
    public var state: Publication
    /// Why it was held: words of ``HoldRules/Reason``.
    public let reasons: [String]
    /// When it was held.
    public let enteredAt: Date
    /// When a person decided; nil before.
    public var decidedAt: Date?
    /// Who decided.
    public var decidedBy: String?
    /// Why, in that person's words.
    public var note: String?

    /// An item.
    public init(
        id: UUID = UUID(),
        reference: RequestReference,
        updateID: String? = nil,
        piece: Withheld.Piece,
        state: Publication = .held,
        reasons: [String],
        enteredAt: Date,
        decidedAt: Date? = nil,
        decidedBy: String? = nil,
        note: String? = nil
    ) {
        self.id = id
        self.reference = reference
        self.updateID = updateID
        self.piece = piece
        self.state = state
        self.reasons = reasons
        self.enteredAt = enteredAt
        self.decidedAt = decidedAt
        self.decidedBy = decidedBy
        self.note = note
    }
}

/// What of this tenant's requests waits for a person before the public sees it.
public struct ModerationItems {
    let transaction: TenantTransaction

    /// The items of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues an item.
    public func insert(_ item: ModerationItem) async throws {
        try await transaction.queue(
            """
            INSERT INTO moderation_item
                (item_id, service_request_id, update_id, piece, state, reasons, entered_at, decided_at, decided_by, note)
            VALUES
                (\(item.id), \(item.reference.rawValue), \(item.updateID), \(item.piece.description),
                \(item.state.rawValue), \(item.reasons), \(item.enteredAt), \(item.decidedAt), \(item.decidedBy),
                \(item.note))
            """
        )
    }

    /// Queues a decision on an item.
    public func save(_ item: ModerationItem) async throws {
        try await transaction.queue(
            """
            UPDATE moderation_item
            SET state = \(item.state.rawValue), decided_at = \(item.decidedAt), decided_by = \(item.decidedBy),
                note = \(item.note)
            WHERE item_id = \(item.id)
            """
        )
    }

    /// Items that wait, the longest waiting first, of requests that anybody could read otherwise.
    public func held(limit: Int = 100) async throws -> [ModerationItem] {
        try await read("state = 'held'", limit: limit)
    }

    /// Everything that was ever held of a request, the oldest first.
    public func of(_ reference: RequestReference) async throws -> [ModerationItem] {
        try await read("service_request_id = \(reference.rawValue)", limit: 1000)
    }

    /// How many items wait, and since when the oldest does.
    public func depth() async throws -> (waiting: Int, oldest: Date?) {
        let row = try await transaction.first(
            """
            SELECT count(*) AS waiting, min(entered_at) AS oldest
            FROM moderation_item
            WHERE state = 'held'
            """
        )
        return try row.map { (try $0.decode("waiting"), try $0.decode("oldest")) } ?? (0, nil)
    }

    private func read(_ condition: SQL, limit: Int) async throws -> [ModerationItem] {
        let rows = try await transaction.all(
            """
            SELECT item_id, service_request_id, update_id, piece, state, reasons, entered_at, decided_at, decided_by, note
            FROM moderation_item
            WHERE \(condition)
            ORDER BY entered_at, item_id
            LIMIT \(limit)
            """
        )
        return try rows.compactMap { row in
            guard let piece = Withheld.Piece(try row.decode("piece", as: String.self)) else { return nil }
            return ModerationItem(
                id: try row.decode("item_id"),
                reference: RequestReference(trusted: try row.decode("service_request_id")),
                updateID: try row.decode("update_id"),
                piece: piece,
                state: try row.word("state"),
                reasons: try row.decode("reasons"),
                enteredAt: try row.decode("entered_at"),
                decidedAt: try row.decode("decided_at"),
                decidedBy: try row.decode("decided_by"),
                note: try row.decode("note")
            )
        }
    }
}
