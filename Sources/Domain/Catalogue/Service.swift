/// One kind of service request a tenant takes, as it is between two days.
///
/// A change is a new `Service` with the same code and a later ``validFrom``; a request keeps the one it was made with.
public struct Service: Sendable, Hashable, Codable {
    /// Its code.
    public let code: ServiceCode

    /// The public type it stands for: what the resident picked, whoever is responsible.
    public let publicType: ServiceCode

    /// Name as residents read it.
    public let name: LocalizedText

    /// One plain sentence.
    public let description: LocalizedText

    /// Names of the groups it is listed in; the first is the main one.
    public let groups: [LocalizedText]

    /// Everyday English words people search with.
    public let keywordsEnglish: [String]

    /// Everyday French words people search with.
    public let keywordsFrench: [String]

    /// Key of the responsibility rules.
    public let part: ServicePart

    /// How an Open311 client gets its id.
    public let kind: Kind

    /// Its questions, in the order they are asked.
    public let questions: [Question]

    /// What is promised when no answer changes it.
    public let sla: ServiceSLA

    /// Priority when no answer changes it.
    public let priority: Priority

    /// Other terms for some answers; for each term the first that applies decides.
    public let adjustments: [AnswerAdjustment]

    /// Who may see its requests.
    public let visibility: ServiceVisibility

    /// Whether requesters must say who they are.
    public let contactRule: ContactRule

    /// Shown and read before anything else where life may be in danger: hang up and dial 911.
    public let advice911: LocalizedText?

    /// Another caution or a note.
    public let caution: LocalizedText?

    /// Whom to turn to instead, when it is not the tenant's matter.
    public let referral: LocalizedText?

    /// Code of the department that gets it.
    public let department: DepartmentCode

    /// Whether it takes what no other type fits (`CS-OTHER`, `RG-OTHER`).
    public let isCatchAll: Bool

    /// What kind of place it needs.
    public let location: LocationKind

    /// Whether a place must be given.
    public let locationRequired: Bool

    /// When in the year it can be reported; nil means always.
    public let season: SeasonWindow?

    /// Whether it only connects a call; it then has no completion clock.
    public let isLiveTransfer: Bool

    /// Whether a photo is asked for.
    public let asksPhoto: Bool

    /// Type of property the rules should assume; nil leaves it to the place.
    public let propertyType: String?

    /// Other bodies that must be told.
    public let alsoTold: [ServiceAlsoTold]

    /// When its requests are complete and what crews check; nil when its files say nothing of it.
    public let fieldWork: FieldWork?

    /// The steps its requests run through; nil means all four.
    public let flow: RequestFlow?

    /// First day it is offered.
    public let validFrom: CalendarDay

    /// Last day it is offered; nil means until further notice.
    public private(set) var validUntil: CalendarDay?

    /// How an Open311 client gets its id; raw values as on the wire.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// At once.
        case realtime
        /// Later, for a token.
        case batch
        /// Never.
        case blackbox
    }

    /// What kind of place a service request needs.
    public enum LocationKind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A point on the map.
        case point
        /// A civic address.
        case address
        /// A thing the tenant keeps: a lamp, a hydrant.
        case asset
        /// A property the requester owns or rents.
        case property
        /// No place at all.
        case none
    }

    /// All parts.
    public init(
        code: ServiceCode,
        publicType: ServiceCode? = nil,
        name: LocalizedText,
        description: LocalizedText,
        groups: [LocalizedText],
        keywordsEnglish: [String] = [],
        keywordsFrench: [String] = [],
        part: ServicePart,
        kind: Kind = .realtime,
        questions: [Question] = [],
        sla: ServiceSLA,
        priority: Priority,
        adjustments: [AnswerAdjustment] = [],
        visibility: ServiceVisibility = .public,
        contactRule: ContactRule = .anonymous,
        advice911: LocalizedText? = nil,
        caution: LocalizedText? = nil,
        referral: LocalizedText? = nil,
        department: DepartmentCode,
        isCatchAll: Bool = false,
        location: LocationKind = .point,
        locationRequired: Bool = true,
        season: SeasonWindow? = nil,
        isLiveTransfer: Bool = false,
        asksPhoto: Bool = false,
        propertyType: String? = nil,
        alsoTold: [ServiceAlsoTold] = [],
        fieldWork: FieldWork? = nil,
        flow: RequestFlow? = nil,
        validFrom: CalendarDay,
        validUntil: CalendarDay? = nil
    ) {
        self.code = code
        self.publicType = publicType ?? code
        self.name = name
        self.description = description
        self.groups = groups
        self.keywordsEnglish = keywordsEnglish
        self.keywordsFrench = keywordsFrench
        self.part = part
        self.kind = kind
        self.questions = questions
        self.sla = sla
        self.priority = priority
        self.adjustments = adjustments
        self.visibility = visibility
        self.contactRule = contactRule
        self.advice911 = advice911
        self.caution = caution
        self.referral = referral
        self.department = department
        self.isCatchAll = isCatchAll
        self.location = location
        self.locationRequired = locationRequired
        self.season = season
        self.isLiveTransfer = isLiveTransfer
        self.asksPhoto = asksPhoto
        self.propertyType = propertyType
        self.alsoTold = alsoTold
        self.fieldWork = fieldWork
        self.flow = flow
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    /// Words people search with in one language.
    public func keywords(_ language: Language) -> [String] {
        switch language {
        case .english: keywordsEnglish
        case .french: keywordsFrench
        }
    }

    /// The question with a code; nil when there is none.
    public func question(_ code: String) -> Question? {
        questions.first { $0.code == code }
    }

    /// Whether it is offered on a day, its season included.
    public func isOffered(on day: CalendarDay) -> Bool {
        isValid(on: day) && (season?.contains(day) ?? true)
    }

    /// Whether this dated entry is the one of a day, whatever the season.
    public func isValid(on day: CalendarDay) -> Bool {
        validFrom <= day && validUntil.map { day <= $0 } ?? true
    }

    /// The same entry with another last day.
    public func ending(_ day: CalendarDay?) -> Service {
        var copy = self
        copy.validUntil = day
        return copy
    }

    /// The terms a request with these answers gets.
    ///
    /// Adjustments are looked at in the order of the file; the first that applies and states a priority sets it, and the first that applies
    /// and states a promise sets that.
    public func effective(_ answers: Answers) -> ServiceTerms {
        let applying = adjustments.filter { $0.applies(to: answers) }
        return ServiceTerms(
            sla: applying.lazy.compactMap(\.sla).first ?? sla,
            priority: applying.lazy.compactMap(\.priority).first ?? priority
        )
    }

    /// The other bodies to tell of a request with these answers.
    public func alsoTold(_ answers: Answers) -> [ServiceAlsoTold] {
        alsoTold.filter { $0.applies(to: answers) }
    }

    private enum CodingKeys: String, CodingKey {
        case code = "service_code"
        case publicType = "public_type"
        case name = "service_name"
        case description
        case groups
        case keywordsEnglish = "keywords_en"
        case keywordsFrench = "keywords_fr"
        case part = "service_part"
        case kind = "type"
        case questions
        case sla
        case priority
        case adjustments
        case visibility
        case contactRule = "contact"
        case advice911 = "emergency"
        case caution
        case referral
        case department
        case isCatchAll = "catch_all"
        case location
        case locationRequired = "location_required"
        case season
        case isLiveTransfer = "live_transfer"
        case asksPhoto = "photo"
        case propertyType = "property_type"
        case alsoTold = "also_tell"
        case fieldWork = "work"
        case flow
        case validFrom = "valid_from"
        case validUntil = "valid_until"
    }
}
