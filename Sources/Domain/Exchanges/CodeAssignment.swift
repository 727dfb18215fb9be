/// One line of the numbering administrator's list: who holds a code, and in which exchange.
public struct CodeAssignment: Sendable, Hashable, Codable {
    /// The code.
    public let code: CentralOfficeCode

    /// How far it is in use.
    public let status: Status

    /// The exchange its numbers are assigned to.
    public let exchange: ExchangeName

    /// Province, two letters.
    public let province: String

    /// The company that holds it, as the list spells it.
    public let company: String

    /// The company's operating company number, four characters.
    public let operatingCompany: String

    /// What the list remarks; empty for most.
    public let remarks: String

    /// Whether the holder is a wireless company: its numbers tell least of where a caller is.
    public let isWireless: Bool

    /// States of a code that belongs to an exchange.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Numbers under it are in use.
        case inService = "in_service"
        /// Given to a company, not in use yet.
        case assigned
        /// On its way back to the administrator.
        case beingRecovered = "being_recovered"

        /// The status as the administrator's list words it.
        public var listed: String {
            switch self {
            case .inService: "In Service"
            case .assigned: "Assigned"
            case .beingRecovered: "Being Recovered"
            }
        }

        /// Reads the list's word, whatever its case; nil for a state in which a code belongs to no exchange.
        public init?(listed text: String) {
            guard let match = Self.allCases.first(where: { $0.listed.lowercased() == text.lowercased() }) else {
                return nil
            }
            self = match
        }
    }

    /// A line of the list.
    public init(
        code: CentralOfficeCode,
        status: Status,
        exchange: ExchangeName,
        province: String,
        company: String,
        operatingCompany: String = "",
        remarks: String = "",
        isWireless: Bool
    ) {
        self.code = code
        self.status = status
        self.exchange = exchange
        self.province = province
        self.company = company
        self.operatingCompany = operatingCompany
        self.remarks = remarks
        self.isWireless = isWireless
    }
}

/// One dated edition of the numbering administrator's list.
public struct NumberingList: Sendable, Hashable, Codable {
    /// Its number in this hub.
    public let id: Int

    /// The day the administrator dated it.
    public let date: CalendarDay

    /// How many codes it holds.
    public let codes: Int

    /// An edition.
    public init(id: Int, date: CalendarDay, codes: Int) {
        self.id = id
        self.date = date
        self.codes = codes
    }
}
