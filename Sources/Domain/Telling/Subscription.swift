public import Foundation

/// That one person, or one program, wants to be told of one thing: a request, an area, a street, or all of a tenant.
///
/// ```
///  asked ──confirm──► active ──stop──► stopped ──restart──► active
///    │                  │
///    └──stop──► stopped └──address is gone──► undeliverable
/// ```
///
/// Somebody who reports and leaves an address asked for news of that report by doing so. Everybody else is asked to confirm first
/// (double opt-in), so that nobody can have a stranger told anything.
public struct Subscription: Sendable, Hashable, Identifiable {
    /// Identity; the links in messages are signed over it.
    public let id: UUID
    /// What is told.
    public let subject: Subject
    /// By which way.
    public let channel: TellingChannel
    /// Address, number or URL; nil once it was erased.
    public let address: String?
    /// Keyed digest of the address, which stays when the address is erased.
    public let addressKey: Data
    /// Language of the messages.
    public var language: Language
    /// What is told of a request; no meaning for areas and streets.
    public var events: Set<TellingEvent>
    /// Minutes within which news are bundled into one message; 0: each at once.
    public var digestMinutes: Int
    /// Where it stands.
    public private(set) var state: State
    /// Why it is there: the person who reported, or one who follows.
    public let origin: Origin
    /// When it was asked for.
    public let askedAt: Date
    /// When it was confirmed; nil before.
    public private(set) var confirmedAt: Date?
    /// When it ended; nil while it has not.
    public private(set) var endedAt: Date?

    /// What somebody wants to be told of.
    public enum Subject: Sendable, Hashable {
        /// One request.
        case request(RequestReference)
        /// Planned work in an area, by its id: `bb-w2`, or the tenant's own id for all of it.
        case area(String)
        /// Planned work in a street, by the key of its name.
        case street(String)
        /// Everything public of the tenant; for programs.
        case tenant
    }

    /// Where a subscription stands.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// A link was sent and must be used within two days. Goes to `active`, `stopped`.
        case asked
        /// Messages are sent. Goes to `stopped`, `undeliverable`.
        case active
        /// The person ended it. Goes to `active` when the person says so.
        case stopped
        /// The address does not exist any more. The end.
        case undeliverable
    }

    /// Why a subscription is there.
    public enum Origin: String, Sendable, Hashable, Codable, CaseIterable {
        /// The person reported the request and left an address for news.
        case requester
        /// The person asked to follow and confirmed it.
        case follower
        /// The operator set it up for a program.
        case `operator`
    }

    /// How long a link to confirm is good, in seconds.
    public static let confirmationSeconds: TimeInterval = 48 * 3600

    /// A subscription as it is stored.
    public init(
        id: UUID = UUID(),
        subject: Subject,
        channel: TellingChannel,
        address: String?,
        addressKey: Data,
        language: Language,
        events: Set<TellingEvent> = TellingEvent.every,
        digestMinutes: Int = 0,
        state: State,
        origin: Origin,
        askedAt: Date,
        confirmedAt: Date? = nil,
        endedAt: Date? = nil
    ) {
        self.id = id
        self.subject = subject
        self.channel = channel
        self.address = address
        self.addressKey = addressKey
        self.language = language
        self.events = events
        self.digestMinutes = digestMinutes
        self.state = state
        self.origin = origin
        self.askedAt = askedAt
        self.confirmedAt = confirmedAt
        self.endedAt = endedAt
    }

    /// What a step changed.
    public enum Effect: Sendable, Hashable {
        /// Messages are sent from now on; the address is known to belong to who asked.
        case begins
        /// No message is sent any more, those that wait included.
        case ends
        /// Nothing changed.
        case nothing
    }

    /// The person used the link in the mail that asked.
    public mutating func confirm(at instant: Date) -> Effect {
        guard state == .asked, instant < askedAt.addingTimeInterval(Self.confirmationSeconds) else { return .nothing }
        state = .active
        confirmedAt = instant
        return .begins
    }

    /// The person wants no more of it.
    public mutating func stop(at instant: Date) -> Effect {
        guard state == .asked || state == .active else { return .nothing }
        state = .stopped
        endedAt = instant
        return .ends
    }

    /// The person who had stopped it wants it again.
    public mutating func restart(at instant: Date) -> Effect {
        guard state == .stopped, confirmedAt != nil || origin != .follower else { return .nothing }
        state = .active
        endedAt = nil
        return .begins
    }

    /// A mail server said that the address does not exist.
    public mutating func addressIsGone(at instant: Date) -> Effect {
        guard state == .asked || state == .active else { return .nothing }
        state = .undeliverable
        endedAt = instant
        return .ends
    }
}
