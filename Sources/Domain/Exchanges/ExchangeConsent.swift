public import Foundation

/// A municipality's consent that calls to 311 from one exchange come to the hub.
///
/// Calls from an exchange are switched as a whole, so each municipality in it must agree by a resolution of its council.
public struct ExchangeConsent: Sendable, Hashable, Codable, Identifiable {
    /// Number of the entry; 0 before it is stored.
    public let id: Int

    /// The municipality's area in the boundary file.
    public let municipality: AreaID

    /// The exchange.
    public let exchange: ExchangeName

    /// The council's resolution.
    public let resolution: String

    /// The day it was passed.
    public let resolvedOn: CalendarDay

    /// Instant from which calls may come to the hub.
    public let effectiveAt: Date

    /// Days of notice the municipality owes before it may withdraw.
    public let noticeDays: Int

    /// The withdrawal; nil while there is none.
    public let revocation: Revocation?

    /// A withdrawal.
    public struct Revocation: Sendable, Hashable, Codable {
        /// The resolution or letter that says so.
        public let resolution: String
        /// When the hub was told.
        public let givenAt: Date
        /// Instant from which calls go to the old number again.
        public let effectiveAt: Date

        /// A withdrawal.
        public init(resolution: String, givenAt: Date, effectiveAt: Date) {
            self.resolution = resolution
            self.givenAt = givenAt
            self.effectiveAt = effectiveAt
        }
    }

    /// States at an instant.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Given, but not effective yet. Goes to ``inForce`` and ``revoked``.
        case pending
        /// Calls may come. Goes to ``revoked``.
        case inForce = "in_force"
        /// Withdrawn: calls go to the old number.
        case revoked
    }

    /// An entry of the register.
    ///
    /// - Parameter noticeDays: zero or more; held to that.
    public init(
        id: Int = 0,
        municipality: AreaID,
        exchange: ExchangeName,
        resolution: String,
        resolvedOn: CalendarDay,
        effectiveAt: Date,
        noticeDays: Int,
        revocation: Revocation? = nil
    ) {
        self.id = id
        self.municipality = municipality
        self.exchange = exchange
        self.resolution = resolution
        self.resolvedOn = resolvedOn
        self.effectiveAt = effectiveAt
        self.noticeDays = max(noticeDays, 0)
        self.revocation = revocation
    }

    /// How it stands at an instant.
    public func state(at instant: Date) -> State {
        if let revocation, revocation.effectiveAt <= instant { return .revoked }
        return effectiveAt <= instant ? .inForce : .pending
    }

    /// The first instant a withdrawal told at `instant` may take effect when notice is kept.
    public func noticeEnds(givenAt instant: Date) -> Date {
        instant.addingTimeInterval(Double(noticeDays) * 86_400)
    }
}
