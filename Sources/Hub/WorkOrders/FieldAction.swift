public import Domain
public import Foundation
public import Storage

/// Something a crew did with a phone, perhaps hours ago and off line; sent until it is answered.
public struct FieldAction: Sendable, Hashable {
    /// Made by the phone when it was saved; the same action sent again has the same.
    public let id: UUID

    /// The work order.
    public let order: UUID

    /// When the phone says it happened; kept as told, never moves a clock of ours.
    public let toldAt: Date?

    /// What was done.
    public let deed: Deed

    /// What can be done from a phone.
    public enum Deed: Sendable, Hashable {
        /// The crew began.
        case start
        /// Something stands in the way.
        case block(WorkOrder.Obstacle, note: String?)
        /// The crew has finished.
        case finish(WorkReport)
        /// Words for the department, also when the order has ended meanwhile; at most 2,000 characters.
        case note(String)
        /// A picture as it was taken; re-encoded and kept before it is noted.
        case photo(WorkPhoto.Moment, Data)

        /// One word for it.
        public var name: String {
            switch self {
            case .start: "start"
            case .block: "block"
            case .finish: "finish"
            case .note: "note"
            case .photo: "photo"
            }
        }
    }

    /// An action.
    public init(id: UUID, order: UUID, toldAt: Date? = nil, deed: Deed) {
        self.id = id
        self.order = order
        self.toldAt = toldAt
        self.deed = deed
    }
}

/// What became of an action; the same again however often it is sent.
public struct FieldReceipt: Sendable, Hashable, Codable {
    /// The action.
    public let id: UUID

    /// Whether it was taken.
    public let state: State

    /// Why a person must look at it; nil when it was taken.
    public let reason: Reason?

    /// Fields at fault; empty but for ``Reason/faults``.
    public let faults: [FieldFault]

    /// Where the order stands now.
    public let orderState: String

    /// Answers.
    public enum State: String, Sendable, Hashable, Codable {
        /// Taken.
        case sent
        /// Kept on the phone until a person decides.
        case needsYou = "needs_you"
    }

    /// Why a person must look.
    public enum Reason: String, Sendable, Hashable, Codable {
        /// The office ended the order meanwhile.
        case ended
        /// The order is not as far: a crew must have it first.
        case notPossible = "not_possible"
        /// Something in it is out of range; see the faults.
        case faults
        /// The picture could not be read.
        case photo
    }

    init(
        _ action: FieldAction,
        _ state: State,
        reason: Reason? = nil,
        faults: [FieldFault] = [],
        orderState: String
    ) {
        id = action.id
        self.state = state
        self.reason = reason
        self.faults = faults
        self.orderState = orderState
    }

    private enum CodingKeys: String, CodingKey {
        case id, state, reason, faults
        case orderState = "order_state"
    }
}
