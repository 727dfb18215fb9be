public import Foundation

/// Everything the hub knows of telephone numbers at a moment, immutable: look-ups take no lock and no await.
///
/// Registers hold all their entries with dates, so one plan answers for any instant; only the list of codes is one edition.
public struct NumberingPlan: Sendable {
    /// The edition of the list; nil before one is in force.
    public let list: NumberingList?

    /// Zone in which days are meant.
    public let timeZone: TimeZone

    /// Where calls go; nil before a hub is there.
    public let settings: TelephoneSettings?

    private let codes: [CentralOfficeCode: CodeAssignment]
    private let shareSets: [ExchangeName: [ExchangeShareSet]]
    private let terminations: [NationalNumber: [TerminationNumber]]
    private let consents: [ExchangeName: [ExchangeConsent]]
    private let legacyNumbers: [NationalNumber: LegacyNumber]
    private let oldNumbers: [ExchangeName: LegacyNumber]
    private let oldNumbersOfBodies: [JurisdictionID: LegacyNumber]

    /// A plan of what was read.
    ///
    /// - Parameter shareSets: in the order they were recorded; of two from one day the later counts.
    public init(
        list: NumberingList?,
        codes: [CodeAssignment] = [],
        shareSets: [ExchangeShareSet] = [],
        terminations: [TerminationNumber] = [],
        consents: [ExchangeConsent] = [],
        legacyNumbers: [LegacyNumber] = [],
        settings: TelephoneSettings? = nil,
        timeZone: TimeZone
    ) {
        self.list = list
        self.timeZone = timeZone
        self.settings = settings
        self.codes = Dictionary(codes.map { ($0.code, $0) }) { first, _ in first }
        self.shareSets = Dictionary(grouping: shareSets, by: \.exchange)
        self.terminations = Dictionary(grouping: terminations, by: \.number)
        self.consents = Dictionary(grouping: consents, by: \.exchange)
        self.legacyNumbers = Dictionary(legacyNumbers.map { ($0.number, $0) }) { first, _ in first }
        let sorted = legacyNumbers.sorted { $0.number < $1.number }
        oldNumbers = Dictionary(sorted.compactMap { old in old.exchange.map { ($0, old) } }) { first, _ in first }
        oldNumbersOfBodies = Dictionary(sorted.map { ($0.jurisdiction, $0) }) { first, _ in first }
    }

    /// What is known before anything is loaded: nothing.
    public static let empty = NumberingPlan(list: nil, timeZone: .gmt)

    /// How many codes the list holds.
    public var codeCount: Int { codes.count }

    /// The line of the list for a code; nil when it has none.
    public func assignment(of code: CentralOfficeCode) -> CodeAssignment? { codes[code] }

    /// Every exchange that the list, the shares or the registers name, in alphabetical order.
    public var exchanges: [ExchangeName] {
        Set(codes.values.map(\.exchange)).union(shareSets.keys).union(consents.keys).sorted()
    }

    /// The shares in force on the day of an instant; nil when none are known.
    public func shares(of exchange: ExchangeName, at instant: Date) -> ExchangeShareSet? {
        let today = CalendarDay(instant, in: timeZone)
        var best: ExchangeShareSet?
        for set in shareSets[exchange] ?? [] where set.from <= today {
            if let other = best, other.from > set.from { continue }
            best = set
        }
        return best
    }

    /// What a dialled number stands for at an instant; nil when it is in no register.
    public func termination(of number: NationalNumber, at instant: Date) -> TerminationNumber.Target? {
        terminations[number]?.last { $0.isInUse(at: instant) }?.target
    }

    /// The register's entry of an old number; nil when it is none.
    public func legacy(_ number: NationalNumber) -> LegacyNumber? { legacyNumbers[number] }

    /// Whether calls of an exchange may come to the hub at an instant: every municipality known to share it must have consented.
    public func consent(to exchange: ExchangeName, at instant: Date) -> ConsentStanding {
        let given = Set(
            (consents[exchange] ?? []).filter { $0.state(at: instant) == .inForce }.map(\.municipality)
        )
        let needed = shares(of: exchange, at: instant)?.shares.map(\.area) ?? []
        let lacking = needed.filter { !given.contains($0) }
        if !lacking.isEmpty { return .lacking(lacking) }
        return given.isEmpty ? .lacking([]) : .inForce
    }

    /// The old number that takes the calls of an exchange without consent: the exchange's own, else that of the municipality with the
    /// largest share that has one.
    public func oldNumber(
        of exchange: ExchangeName,
        at instant: Date,
        jurisdiction: (AreaID) -> JurisdictionID?
    ) -> LegacyNumber? {
        if let own = oldNumbers[exchange] { return own }
        for share in shares(of: exchange, at: instant)?.shares ?? [] {
            if let body = jurisdiction(share.area), let number = oldNumbersOfBodies[body] { return number }
        }
        return nil
    }
}
