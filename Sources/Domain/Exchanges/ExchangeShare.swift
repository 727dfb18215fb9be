/// How much of an exchange lies in one municipality.
public struct ExchangeShare: Sendable, Hashable, Codable {
    /// The municipality's area in the boundary file.
    public let area: AreaID

    /// Its part of the exchange, above 0 and at most 1.
    public let share: Double

    /// A share.
    ///
    /// - Throws: ``Invalid`` when it is not above 0 and at most 1.
    public init(area: AreaID, share: Double) throws(Invalid) {
        guard share > 0, share <= 1 else { throw Invalid(text: "\(share)") }
        self.area = area
        self.share = share
    }

    /// A number that is no share.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// The number as it came.
        public let text: String

        /// What is wrong and what would be right.
        public var description: String {
            "\(FieldFault.excerpt(text)) is no share: a number above 0 and at most 1, such as 0.8"
        }
    }

    /// Reads `0.8`, `0,8` or `80 %`.
    ///
    /// - Throws: ``Invalid``.
    public static func value(_ text: String) throws(Invalid) -> Double {
        let isPercent = text.hasSuffix("%")
        let digits = (isPercent ? text.dropLast() : text[...]).filter { $0 != " " && $0 != "\u{A0}" }
        let plain = String(digits.map { $0 == "," ? "." : $0 })
        guard plain.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }), let number = Double(plain) else {
            throw Invalid(text: text)
        }
        let share = isPercent ? number / 100 : number
        guard share > 0, share <= 1 else { throw Invalid(text: text) }
        return share
    }
}

/// The shares of one exchange as found by one method on one day; the latest set in force counts.
public struct ExchangeShareSet: Sendable, Hashable, Codable {
    /// The exchange.
    public let exchange: ExchangeName

    /// Where the shares come from.
    public let basis: Basis

    /// First day they are used.
    public let from: CalendarDay

    /// The shares, largest first, ties by id.
    public let shares: [ExchangeShare]

    /// What whoever recorded it wrote.
    public let note: String

    /// Where shares come from.
    public enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
        /// Published by somebody: a carrier, a regulator, a study.
        case data
        /// Counted from civic addresses inside the exchange's polygon.
        case addresses
        /// Typed by a person who knows the place.
        case typed
    }

    /// Why shares make no set.
    public enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// No share at all.
        case empty(ExchangeName)
        /// A municipality stands there twice.
        case repeated(ExchangeName, AreaID)
        /// Together more than the whole.
        case overfull(ExchangeName, Double)

        /// One sentence.
        public var description: String {
            switch self {
            case .empty(let name): "the exchange \(name) has no share"
            case .repeated(let name, let area): "the exchange \(name) has two shares of \(area)"
            case .overfull(let name, let sum): "the shares of the exchange \(name) add up to \(sum), more than 1"
            }
        }
    }

    /// A set; shares may add up to less than 1 where a part belongs to nobody known.
    ///
    /// - Throws: ``Invalid``.
    public init(
        exchange: ExchangeName,
        basis: Basis,
        from: CalendarDay,
        shares: [ExchangeShare],
        note: String = ""
    ) throws(Invalid) {
        guard !shares.isEmpty else { throw .empty(exchange) }
        var seen: Set<AreaID> = []
        for share in shares where !seen.insert(share.area).inserted { throw .repeated(exchange, share.area) }
        let sum = shares.reduce(0) { $0 + $1.share }
        guard sum <= 1.000_5 else { throw .overfull(exchange, sum) }
        self.exchange = exchange
        self.basis = basis
        self.from = from
        self.note = note
        self.shares = shares.sorted { ($1.share, $0.area) < ($0.share, $1.area) }
    }
}
