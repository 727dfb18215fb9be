public import Foundation

/// A stored service request as a value: one row of the schema of the tenant that holds it.
public struct ServiceRequest: Sendable, Hashable, Codable {
    /// Its number; `service_request_id` on the wire.
    public var reference: RequestReference
    /// The tenant in whose schema this row lies.
    public var tenant: JurisdictionID
    /// What this row is: the lead's, the origin's mirror, or waiting for a lead.
    public var standing: Standing
    /// The body at the other end of a hand-over; nil when there is none.
    public var counterpart: ReceivingBody?
    /// The tenant's kind.
    public var serviceCode: ServiceCode
    /// The kind residents know.
    public var publicType: ServiceCode
    /// What it is about, for responsibility; nil for kinds without a part.
    public var part: ServicePart?
    /// The way it came in.
    public var channel: Channel
    /// Language to answer in.
    public var language: Language
    /// Where it stands.
    public var life: RequestLife
    /// `status_notes` of GeoReport: why the status is as it is.
    public var statusNotes: String?
    /// The requester's own words.
    public var description: String
    /// The point.
    public var coordinate: Coordinate?
    /// The address in words.
    public var address: String?
    /// Id of an address of the hub.
    public var addressID: String?
    /// Postal code.
    public var zipcode: String?
    /// Answers to the questions of the service.
    public var answers: Answers
    /// Codes of answers that nobody but the lead's staff may read, in order; see ``StaffOnlyAnswers``.
    public var staffOnlyAnswers: [String]
    /// Addresses of pictures, the first one first.
    public var mediaURLs: [String]
    /// Who is responsible and why; nil while undecided.
    public var decision: Decision?
    /// Department of the lead.
    public var department: String?
    /// `agency_responsible` of GeoReport.
    public var agencyResponsible: String?
    /// `service_notice` of GeoReport: what the requester should know, such as emergency advice.
    public var serviceNotice: String?
    /// How urgent.
    public var priority: Priority
    /// Who may read it.
    public var visibility: ServiceVisibility
    /// Version of the tenant's catalogue it was taken under.
    public var catalogueVersion: Int?
    /// Version of the service standard its clocks keep.
    public var slaVersion: String?
    /// Version of the calendar its clocks keep.
    public var calendarVersion: String?
    /// When it was received, whole seconds.
    public var requestedAt: Date
    /// When it last changed, whole seconds.
    public var updatedAt: Date
    /// When the review clock runs out; nil without a promise.
    public var reviewDue: Date?
    /// When the complete clock runs out; nil without a promise.
    public var completeDue: Date?
    /// Counts changes of the row, so that of two writers one wins.
    public var rowVersion: Int
    /// The request of the same matter with which this one ends; nil when it stands for itself.
    public var parent: RequestReference?
    /// What of it the public may not see now; see ``shown(in:)``.
    public var withheld: Withheld

    /// What a row is to its tenant.
    public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
        /// This tenant answers for it; counted here.
        case lead
        /// Another body leads, this one keeps a copy of its history; counted there.
        case mirrored
        /// Nobody leads yet; it waits in the hub's triage.
        case waiting
    }

    /// A row with all its columns.
    public init(
        reference: RequestReference,
        tenant: JurisdictionID,
        standing: Standing,
        counterpart: ReceivingBody? = nil,
        serviceCode: ServiceCode,
        publicType: ServiceCode,
        part: ServicePart? = nil,
        channel: Channel,
        language: Language,
        life: RequestLife,
        statusNotes: String? = nil,
        description: String,
        coordinate: Coordinate? = nil,
        address: String? = nil,
        addressID: String? = nil,
        zipcode: String? = nil,
        answers: Answers = Answers(),
        staffOnlyAnswers: [String] = [],
        mediaURLs: [String] = [],
        decision: Decision? = nil,
        department: String? = nil,
        agencyResponsible: String? = nil,
        serviceNotice: String? = nil,
        priority: Priority,
        visibility: ServiceVisibility,
        catalogueVersion: Int? = nil,
        slaVersion: String? = nil,
        calendarVersion: String? = nil,
        requestedAt: Date,
        updatedAt: Date,
        reviewDue: Date? = nil,
        completeDue: Date? = nil,
        rowVersion: Int = 1,
        parent: RequestReference? = nil,
        withheld: Withheld = Withheld()
    ) {
        self.reference = reference
        self.tenant = tenant
        self.standing = standing
        self.counterpart = counterpart
        self.serviceCode = serviceCode
        self.publicType = publicType
        self.part = part
        self.channel = channel
        self.language = language
        self.life = life
        self.statusNotes = statusNotes
        self.description = description
        self.coordinate = coordinate
        self.address = address
        self.addressID = addressID
        self.zipcode = zipcode
        self.answers = answers
        self.staffOnlyAnswers = staffOnlyAnswers
        self.mediaURLs = mediaURLs
        self.decision = decision
        self.department = department
        self.agencyResponsible = agencyResponsible
        self.serviceNotice = serviceNotice
        self.priority = priority
        self.visibility = visibility
        self.catalogueVersion = catalogueVersion
        self.slaVersion = slaVersion
        self.calendarVersion = calendarVersion
        self.requestedAt = requestedAt
        self.updatedAt = updatedAt
        self.reviewDue = reviewDue
        self.completeDue = completeDue
        self.rowVersion = rowVersion
        self.parent = parent
        self.withheld = withheld
    }

    /// `status` of GeoReport.
    public var status: Open311Status { life.open311Status }

    /// The step everybody sees.
    public var step: PublicStep { life.publicStep }

    /// How it ended; nil while it has not.
    public var outcome: Outcome? { life.outcome }

    enum CodingKeys: String, CodingKey {
        case reference = "service_request_id"
        case tenant = "jurisdiction_id"
        case standing, counterpart
        case serviceCode = "service_code"
        case publicType = "public_type"
        case part = "service_part"
        case channel, language, life
        case statusNotes = "status_notes"
        case description, coordinate, address
        case addressID = "address_id"
        case zipcode, answers
        case staffOnlyAnswers = "staff_only_answers"
        case mediaURLs = "media_urls"
        case decision, department
        case agencyResponsible = "agency_responsible"
        case serviceNotice = "service_notice"
        case priority, visibility
        case catalogueVersion = "catalogue_version"
        case slaVersion = "sla_version"
        case calendarVersion = "calendar_version"
        case requestedAt = "requested_datetime"
        case updatedAt = "updated_datetime"
        case reviewDue = "review_due"
        case completeDue = "complete_due"
        case rowVersion = "row_version"
        case parent = "parent_reference"
        case withheld
    }
}
