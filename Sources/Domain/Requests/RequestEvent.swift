public import Foundation

/// One line in the history of a request; appended, never changed.
public struct RequestEvent: Sendable, Hashable, Codable {
    /// Counts from 1 within the request.
    public let sequence: Int

    /// When it happened.
    public let at: Date

    /// What happened.
    public let kind: Kind

    /// Who did it: `resident`, `open311`, `staff:<account>`, `tenant:<jurisdiction id>`, `partner:<partner id>`, `hub`.
    public let actor: String

    /// Whether anybody who knows the reference may read it.
    public let isPublic: Bool

    /// Words for people; nil when the kind says it all.
    public let description: LocalizedText?

    /// Particulars for software: `{"outcome": "fixed"}`.
    public let details: [String: String]

    /// For whom it was done, when that is another than the actor; never public.
    public private(set) var onBehalfOf: String? = nil

    /// From where it was done: a network, a door; never public.
    public private(set) var origin: String? = nil

    /// Kinds of event.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Stored, with a reference.
        case received
        /// The place was found; a body answers for it.
        case placed
        /// Read and accepted by a person of the responsible body.
        case reviewed
        /// It is known who does it and when.
        case workAssigned = "work_assigned"
        /// The work stands in a plan.
        case planned
        /// Danger removed, repair planned.
        case madeSafe = "made_safe"
        /// Ended, with an outcome.
        case completed
        /// Opened again.
        case reopened
        /// The clocks stand still.
        case paused
        /// The clocks go on.
        case resumed
        /// Offered to another body.
        case handOverOffered = "hand_over_offered"
        /// The other body took it.
        case handOverAccepted = "hand_over_accepted"
        /// The other body declined, with a reason.
        case handOverRefused = "hand_over_refused"
        /// The other body did not answer in time.
        case handOverTimedOut = "hand_over_timed_out"
        /// The offer was taken back.
        case handOverWithdrawn = "hand_over_withdrawn"
        /// After two bounces the hub's arbiter was asked.
        case arbiterAsked = "arbiter_asked"
        /// The body that has it told its state.
        case holderReported = "holder_reported"
        /// Sent to a system outside.
        case forwarded
        /// It is not known whether a sending arrived.
        case forwardingUncertain = "forwarding_uncertain"
        /// A sending was given up.
        case forwardingFailed = "forwarding_failed"
        /// A message was added.
        case noted
        /// An update came through Open311.
        case updated
        /// A part of it was given to another department or body, under a number of its own that the requester need not know.
        case split
        /// A part given away has ended, or was opened again.
        case partReported = "part_reported"
        /// It is another kind of matter than was said.
        case reclassified
        /// It is at another place than was said.
        case relocated
        /// Joined to another request of the same matter.
        case merged
        /// A deadline was computed anew, with a reason.
        case deadlineMoved = "deadline_moved"
        /// Emergency advice was shown or sent back.
        case adviceGiven = "advice_given"
        /// The decision on who is responsible was taken or taken anew.
        case decided
        /// Something happened to a work order; for staff alone.
        case workOrder = "work_order"
    }

    /// One event.
    public init(
        sequence: Int,
        at: Date,
        kind: Kind,
        actor: String,
        isPublic: Bool = true,
        description: LocalizedText? = nil,
        details: [String: String] = [:],
        onBehalfOf: String? = nil,
        origin: String? = nil
    ) {
        self.sequence = sequence
        self.at = at
        self.kind = kind
        self.actor = actor
        self.isPublic = isPublic
        self.description = description
        self.details = details
        self.onBehalfOf = onBehalfOf
        self.origin = origin
    }

    // On whose behalf and from where stay in the history they were written to: what travels to other bodies does not hold them.
    private enum CodingKeys: String, CodingKey {
        case sequence, at, kind, actor, description, details
        case isPublic = "is_public"
    }
}
