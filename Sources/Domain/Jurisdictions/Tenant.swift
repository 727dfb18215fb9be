import Foundation

/// A jurisdiction hosted on this hub: who it is, how it is reached, what it has decided about its service.
public struct Tenant: Sendable, Hashable, Codable {
    /// Its id: folder name in `tenants/`, `jurisdiction_id` on the wire.
    public let id: JurisdictionID

    /// Its code: begins its references, names its schema.
    public let code: TenantCode

    /// Where it stands in the region.
    public let tier: Tier

    /// Its name in the four forms that sentences need.
    public let name: BodyName

    /// IANA name of its time zone, such as `America/Toronto`.
    public let timeZone: String

    /// Languages it serves residents in, the first one first.
    public let languages: [Language]

    /// How residents reach it.
    public let contact: TenantContact

    /// The number residents dial: `311`, or a full number where there is none.
    public let callNumber: String

    /// Host names that show this tenant's own pages; lower case, without port.
    public let hosts: [String]

    /// Colours of its pages.
    public let brand: Brand

    /// Its departments, in the order staff see them.
    public let departments: [Department]

    /// What it has decided about its service.
    public let policies: TenantPolicies

    /// Jurisdictions that were merged into it: their references are answered from its schema for ever; nil when there are none.
    public let succeeds: [JurisdictionID]?

    /// Services where its staff sign in; nil when there are none.
    public let signIn: [SignInService]?

    /// All parts.
    public init(
        id: JurisdictionID,
        code: TenantCode,
        tier: Tier,
        name: BodyName,
        timeZone: String,
        languages: [Language],
        contact: TenantContact,
        callNumber: String,
        hosts: [String] = [],
        brand: Brand = .neutral,
        departments: [Department] = [],
        policies: TenantPolicies = TenantPolicies(),
        succeeds: [JurisdictionID]? = nil,
        signIn: [SignInService]? = nil
    ) {
        self.id = id
        self.code = code
        self.tier = tier
        self.name = name
        self.timeZone = timeZone
        self.languages = languages
        self.contact = contact
        self.callNumber = callNumber
        self.hosts = hosts
        self.brand = brand
        self.departments = departments
        self.policies = policies
        self.succeeds = succeeds
        self.signIn = signIn
    }

    /// The department with a code; nil when the tenant has none.
    public func department(_ code: DepartmentCode) -> Department? {
        departments.first { $0.code == code }
    }

    private enum CodingKeys: String, CodingKey {
        case id = "jurisdiction_id"
        case code
        case tier
        case name
        case timeZone = "time_zone"
        case languages
        case contact
        case callNumber = "call_number"
        case hosts
        case brand
        case departments
        case policies
        case succeeds
        case signIn = "sign_in"
    }
}

/// How residents reach a tenant.
public struct TenantContact: Sendable, Hashable, Codable {
    /// Telephone in international form: `+17055550111`.
    public let phone: String

    /// Address for mail from residents.
    public let email: String

    /// Address of its own website.
    public let website: String?

    /// When its desk answers, in words.
    public let hours: LocalizedText

    /// All parts.
    public init(phone: String, email: String, website: String? = nil, hours: LocalizedText) {
        self.phone = phone
        self.email = email
        self.website = website
        self.hours = hours
    }
}

/// Colours of a tenant's pages, as `#rrggbb`.
public struct Brand: Sendable, Hashable, Codable {
    /// Colour of the header and of buttons; text on it is white.
    public let colour: String

    /// Second colour, of lines and markers.
    public let accent: String

    /// Both colours, checked with ``isWellFormed(colour:)``.
    public init(colour: String, accent: String) {
        self.colour = colour
        self.accent = accent
    }

    /// What a page has that belongs to no tenant.
    public static let neutral = Brand(colour: "#1f4e79", accent: "#c55a11")

    /// Contrast ratio of white text on ``colour``, 1 to 21.
    ///
    /// Source: WCAG 2.2, definitions "contrast ratio" and "relative luminance".
    public var contrastWithWhite: Double {
        let bytes = Array(colour.utf8.dropFirst())
        guard bytes.count == 6 else { return 1 }
        func digit(_ byte: UInt8) -> Int {
            switch byte {
            case 48...57: Int(byte) - 48
            case 65...70: Int(byte) - 55
            default: Int(byte) - 87
            }
        }
        func light(_ index: Int) -> Double {
            let share = Double(digit(bytes[index]) * 16 + digit(bytes[index + 1])) / 255
            return share <= 0.040_45 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 1.05 / (0.2126 * light(0) + 0.7152 * light(2) + 0.0722 * light(4) + 0.05)
    }

    /// Whether a text is a colour: a number sign and six hexadecimal digits.
    public static func isWellFormed(colour: String) -> Bool {
        let bytes = Array(colour.utf8)
        return bytes.count == 7 && bytes[0] == 35
            && bytes.dropFirst().allSatisfy {
                (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
            }
    }
}

/// What a tenant has decided about its service; every default is the region's recommendation.
public struct TenantPolicies: Sendable, Hashable, Codable {
    /// Days after completion in which a requester may say "not fixed" and reopen.
    public let disputeWindowDays: Int

    /// Months after completion until personal data of a request is erased.
    public let retentionMonths: Int

    /// Minutes a hand-over offered to this tenant may wait for an answer.
    public let handOverAnswerMinutes: Int

    /// Whether Open311 clients may post to this tenant.
    public let open311Posting: Bool

    /// Seconds until the id of a batch service's request is given out for its token; at least 1.
    public let batchTokenSeconds: Int

    /// All policies.
    public init(
        disputeWindowDays: Int = 14,
        retentionMonths: Int = 24,
        handOverAnswerMinutes: Int = 240,
        open311Posting: Bool = true,
        batchTokenSeconds: Int = 5
    ) {
        self.disputeWindowDays = disputeWindowDays
        self.retentionMonths = retentionMonths
        self.handOverAnswerMinutes = handOverAnswerMinutes
        self.open311Posting = open311Posting
        self.batchTokenSeconds = batchTokenSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case disputeWindowDays = "dispute_window_days"
        case retentionMonths = "retention_months"
        case handOverAnswerMinutes = "hand_over_answer_minutes"
        case open311Posting = "open311_posting"
        case batchTokenSeconds = "batch_token_seconds"
    }
}
