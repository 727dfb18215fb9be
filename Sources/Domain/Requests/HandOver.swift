public import Foundation

/// The offering of one request to another body, from the offer to its answer; the same protocol for tenants and for systems outside.
///
/// Refused or timed out is a bounce. After two bounces nobody is tried again: the hub's arbiter decides.
public struct HandOver: Sendable, Hashable, Codable {
    /// Most bounces of one request before the arbiter decides.
    public static let mostBounces = 2

    /// The request.
    public let reference: RequestReference

    /// The tenant that offers.
    public let origin: JurisdictionID

    /// The body it is offered to.
    public let peer: ReceivingBody

    /// When it was offered.
    public let offeredAt: Date

    /// When the offer runs out unanswered; later than ``offeredAt``.
    public let answerDue: Date

    /// Bounces of this request before this offer.
    public let earlierBounces: Int

    /// Where the offer stands.
    public private(set) var state: State

    /// States of an offer.
    public enum State: Sendable, Hashable, Codable {
        /// Not answered yet. Goes to every other state.
        case offered
        /// The body took it. Goes to ``refused(_:at:)`` when it finds out later that it is not its matter.
        case accepted(at: Date)
        /// The body declined. Final.
        case refused(Refusal, at: Date)
        /// Nobody answered in time. Final.
        case timedOut(at: Date)
        /// The origin keeps it after all. Final.
        case withdrawn(at: Date)
    }

    /// Why a body declines; words are required, for the origin and the arbiter read them.
    public struct Refusal: Sendable, Hashable, Codable {
        /// The kind of reason.
        public let code: Code
        /// The reason in the body's own words.
        public let text: String

        /// Kinds of reason.
        public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
            /// Not in our area.
            case notOurArea = "not_our_area"
            /// Not our asset.
            case notOurAsset = "not_our_asset"
            /// Not our service.
            case notOurService = "not_our_service"
            /// Not enough to work with.
            case notEnoughInformation = "not_enough_information"
            /// We have it already.
            case alreadyKnown = "already_known"
            /// Something else.
            case other
        }

        /// A reason without words is no reason.
        public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
            /// What is needed.
            public var description: String {
                "a refusal needs a reason in words, at most 1000 characters"
            }
        }

        /// A reason.
        /// - Throws: ``Invalid`` when the words are missing or too many.
        public init(_ code: Code, text: String) throws(Invalid) {
            let words = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !words.isEmpty, words.unicodeScalars.count <= 1000 else { throw Invalid() }
            self.code = code
            self.text = words
        }
    }

    /// What the origin must do next.
    public enum Next: Sendable, Hashable {
        /// Go on as the mirror of the body that took it.
        case mirror
        /// Decide anew and offer to another body, or keep it.
        case chooseNextBody
        /// Ask the arbiter of the hub.
        case askArbiter
        /// Nothing; it is ours.
        case keep
    }

    /// The answer came to an offer that was answered before.
    public struct AlreadyAnswered: Error, Sendable, Hashable, CustomStringConvertible {
        /// The state's name.
        public let state: String
        /// What happened before.
        public var description: String { "the offer is \(state) already" }
    }

    /// An offer.
    public init(
        reference: RequestReference,
        origin: JurisdictionID,
        peer: ReceivingBody,
        offeredAt: Date,
        answerDue: Date,
        earlierBounces: Int = 0
    ) {
        self.reference = reference
        self.origin = origin
        self.peer = peer
        self.offeredAt = offeredAt
        self.answerDue = max(answerDue, offeredAt)
        self.earlierBounces = max(0, earlierBounces)
        state = .offered
    }

    /// Bounces of the request up to now, this offer's own included.
    public var bounces: Int {
        switch state {
        case .refused, .timedOut: earlierBounces + 1
        case .offered, .accepted, .withdrawn: earlierBounces
        }
    }

    /// The body took it.
    public mutating func accept(at instant: Date) throws(AlreadyAnswered) -> Next {
        guard state == .offered else { throw AlreadyAnswered(state: state.name) }
        state = .accepted(at: instant)
        return .mirror
    }

    /// The body declined, at once or after having taken it.
    public mutating func refuse(_ reason: Refusal, at instant: Date) throws(AlreadyAnswered) -> Next {
        switch state {
        case .offered, .accepted: state = .refused(reason, at: instant)
        case .refused, .timedOut, .withdrawn: throw AlreadyAnswered(state: state.name)
        }
        return afterBounce
    }

    /// Nobody answered; false time-outs before the due time change nothing.
    public mutating func timeOut(at instant: Date) throws(AlreadyAnswered) -> Next? {
        guard state == .offered else { throw AlreadyAnswered(state: state.name) }
        guard instant >= answerDue else { return nil }
        state = .timedOut(at: instant)
        return afterBounce
    }

    /// The origin keeps it after all.
    public mutating func withdraw(at instant: Date) throws(AlreadyAnswered) -> Next {
        guard state == .offered else { throw AlreadyAnswered(state: state.name) }
        state = .withdrawn(at: instant)
        return .keep
    }

    private var afterBounce: Next { bounces >= Self.mostBounces ? .askArbiter : .chooseNextBody }
}

extension HandOver.State {
    /// One word for columns and messages.
    public var name: String {
        switch self {
        case .offered: "offered"
        case .accepted: "accepted"
        case .refused: "refused"
        case .timedOut: "timed_out"
        case .withdrawn: "withdrawn"
        }
    }
}
