public import Foundation

/// The life of one service request at one body, from receipt to outcome.
///
/// Every function is named for what happened, checks that it could, and returns the effect the caller must carry out:
/// the event to store, what becomes of the clocks, who is told. Nothing here reads a clock.
///
/// Every state stands for one of the four steps everybody sees, one of the two words of GeoReport and one of the words of the
/// updates extension: <doc:StatesOfARequest> draws them all.
public struct RequestLife: Sendable, Hashable, Codable {
    /// Where the request stands.
    public internal(set) var state: State

    /// Why the clocks stand still; nil when they run.
    public internal(set) var pause: PauseReason?

    /// When a person of the responsible body had read it; kept through reopening.
    public internal(set) var reviewedAt: Date?

    /// When it ended; nil while open.
    public internal(set) var completedAt: Date?

    /// How often it was opened again, for whatever reason.
    public internal(set) var reopenings: Int

    /// How often the requester said "it is not done"; part of ``reopenings``.
    public internal(set) var disputes: Int

    /// The steps its type runs through.
    public internal(set) var flow: RequestFlow

    /// States of a request.
    public indirect enum State: Sendable, Hashable {
        /// It is not known yet who answers: place unknown or ambiguous. Goes to ``received`` (placed here), ``offered(to:from:)``,
        /// ``completed(_:by:)`` (withdrawn, duplicate, could not reach).
        case waitingForPlace

        /// Stored; nobody has read it. Goes to ``reviewed``, ``planned``, ``workAssigned``, ``madeSafe``, ``offered(to:from:)``,
        /// ``completed(_:by:)``.
        case received

        /// A person of the responsible body has read it and accepted it. Goes to ``planned``, ``workAssigned``, ``madeSafe``,
        /// ``offered(to:from:)``, ``completed(_:by:)``.
        case reviewed

        /// The work stands in a plan: this season, next year, with the road works. Goes to ``workAssigned``, ``madeSafe``,
        /// ``offered(to:from:)``, ``completed(_:by:)``.
        case planned

        /// It is known who does it and when. Goes to ``planned``, ``madeSafe``, ``offered(to:from:)``, ``completed(_:by:)``.
        case workAssigned

        /// The danger is gone, the permanent repair is planned; still open. Goes to ``completed(_:by:)``, ``received`` (opened again),
        /// ``disputed``.
        case madeSafe

        /// The requester says it is not done; nobody has looked again. Goes where ``received`` goes.
        case disputed

        /// Offered to another body, which has yet to answer; still ours. Goes to ``handedOver(to:step:)`` (accepted), back to the
        /// state it had (refused, timed out, taken back), ``completed(_:by:)`` (withdrawn by the requester, duplicate).
        case offered(to: ReceivingBody, from: State)

        /// Another body has it and reports its steps; ours is a mirror, open until the holder reports the end. Goes to itself (step
        /// reported), ``received`` (refused after all), ``completed(_:by:)`` (holder reported the end, or withdrawn by the requester).
        case handedOver(to: ReceivingBody, step: PublicStep)

        /// It ended; `by` is the holder that reported it, nil for ourselves. Goes to ``received`` (opened again), ``disputed``, or
        /// back to ``handedOver(to:step:)`` when the holder ended it.
        case completed(Outcome, by: ReceivingBody?)
    }

    /// What stops the clocks.
    ///
    /// There is none for "no staff".
    public enum PauseReason: String, Sendable, Hashable, Codable, CaseIterable {
        /// The requester was asked something.
        case waitingForRequester = "waiting_for_requester"
        /// Another body must act first.
        case waitingForOtherBody = "waiting_for_other_body"
        /// The work cannot be done in this season.
        case season
        /// A weather event was declared.
        case weatherEvent = "weather_event"
        /// A private matter is before a court.
        case beforeCourt = "before_court"
    }

    /// A request just received by the body that answers for it.
    public static let received = RequestLife(state: .received)

    /// A request whose responsible body is not known yet.
    public static let waitingForPlace = RequestLife(state: .waitingForPlace)

    /// A request born here whose lead is another body: offered to it at once.
    public static func offered(to body: ReceivingBody) -> RequestLife {
        RequestLife(state: .offered(to: body, from: .received))
    }

    /// The same life of a type with other steps.
    public func following(_ flow: RequestFlow) -> RequestLife {
        var life = self
        life.flow = flow
        return life
    }

    init(state: State) {
        self.state = state
        flow = .fourSteps
        disputes = 0
        pause = nil
        reviewedAt = nil
        completedAt = nil
        reopenings = 0
    }

    /// The step everybody sees.
    public var publicStep: PublicStep { state.publicStep }

    /// How it ended, or that it was made safe and goes on; nil before.
    public var outcome: Outcome? {
        switch state {
        case .completed(let outcome, _): outcome
        case .madeSafe: .madeSafe
        default: nil
        }
    }

    /// Whether it has not ended; a request handed on is open.
    public var isOpen: Bool {
        if case .completed = state { false } else { true }
    }

    /// `status` of GeoReport.
    public var open311Status: Open311Status { isOpen ? .open : .closed }

    /// The body that has it now, when it is not ours.
    public var holder: ReceivingBody? {
        switch state {
        case .handedOver(let body, _): body
        case .completed(_, let body): body
        default: nil
        }
    }
}

extension RequestLife.State {
    /// The step everybody sees in this state.
    public var publicStep: PublicStep {
        switch self {
        case .waitingForPlace, .received, .disputed: .received
        case .reviewed: .reviewed
        case .planned, .workAssigned, .madeSafe: .workAssigned
        case .offered(_, let before): before.publicStep
        case .handedOver(_, let step): step
        case .completed: .completed
        }
    }

    /// One word for logs, columns and messages.
    public var name: String {
        switch self {
        case .waitingForPlace: "waiting_for_place"
        case .received: "received"
        case .reviewed: "reviewed"
        case .planned: "planned"
        case .workAssigned: "work_assigned"
        case .madeSafe: "made_safe"
        case .disputed: "disputed"
        case .offered: "offered"
        case .handedOver: "handed_over"
        case .completed: "completed"
        }
    }
}
