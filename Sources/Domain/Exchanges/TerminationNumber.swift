public import Foundation

/// A ten-digit number on which carriers deliver calls to 311: the best hint of where a call comes from.
///
/// One per exchange is asked of the carrier. Towns may have one of their own.
public struct TerminationNumber: Sendable, Hashable, Codable {
    /// The number.
    public let number: NationalNumber

    /// What it stands for.
    public let target: Target

    /// First instant it is in use.
    public let from: Date

    /// Instant from which it is no longer in use; nil: open.
    public let until: Date?

    /// What whoever recorded it wrote.
    public let note: String

    /// What a termination number stands for.
    public enum Target: Sendable, Hashable, Codable {
        /// Calls of one exchange.
        case exchange(ExchangeName)
        /// Calls for one tenant, from wherever.
        case tenant(JurisdictionID)
    }

    /// A number in use.
    public init(number: NationalNumber, target: Target, from: Date, until: Date? = nil, note: String = "") {
        self.number = number
        self.target = target
        self.from = from
        self.until = until
        self.note = note
    }

    /// Whether it is in use at an instant; the last instant is not included.
    public func isInUse(at instant: Date) -> Bool {
        from <= instant && until.map { instant < $0 } ?? true
    }
}

/// A number a body had before 311, which people still dial.
public struct LegacyNumber: Sendable, Hashable, Codable {
    /// The number.
    public let number: NationalNumber

    /// Whose number it is: a tenant, or a body outside.
    public let jurisdiction: JurisdictionID

    /// The exchange whose 311 calls it takes while there is no consent; nil: none in particular.
    public let exchange: ExchangeName?

    /// Day on which it is to be given up; nil: not decided.
    public let retiresOn: CalendarDay?

    /// What whoever recorded it wrote.
    public let note: String

    /// A number of before.
    public init(
        number: NationalNumber,
        jurisdiction: JurisdictionID,
        exchange: ExchangeName? = nil,
        retiresOn: CalendarDay? = nil,
        note: String = ""
    ) {
        self.number = number
        self.jurisdiction = jurisdiction
        self.exchange = exchange
        self.retiresOn = retiresOn
        self.note = note
    }
}
