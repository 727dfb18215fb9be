public import Foundation

/// What happened to a request, as it is told: written down when it happened, put into words when it is sent.
///
/// So a message that waited for a mail server says what was true at its date, in the words in force when it leaves.
public struct NewsFacts: Sendable, Hashable, Codable {
    /// The request.
    public var reference: RequestReference
    /// What happened.
    public var event: TellingEvent
    /// When.
    public var at: Date
    /// Type in words; nil for a confidential one.
    public var type: LocalizedText?
    /// Place in words; nil for a confidential type or when it is not known.
    public var place: String?
    /// The body that has it.
    public var body: BodyName
    /// Why that body is responsible.
    public var because: LocalizedText?
    /// What staff wrote for the requester.
    public var note: LocalizedText?
    /// How it ended; raw value of ``Outcome``.
    public var outcome: String?
    /// When the review clock runs out, while it has not been met.
    public var reviewDue: Date?
    /// When the complete clock runs out, while it has not been met.
    public var completeDue: Date?
    /// Last day for "not fixed".
    public var disputeUntil: Date?

    /// Facts of one event.
    public init(
        reference: RequestReference,
        event: TellingEvent,
        at: Date,
        type: LocalizedText? = nil,
        place: String? = nil,
        body: BodyName,
        because: LocalizedText? = nil,
        note: LocalizedText? = nil,
        outcome: String? = nil,
        reviewDue: Date? = nil,
        completeDue: Date? = nil,
        disputeUntil: Date? = nil
    ) {
        self.reference = reference
        self.event = event
        self.at = at
        self.type = type
        self.place = place
        self.body = body
        self.because = because
        self.note = note
        self.outcome = outcome
        self.reviewDue = reviewDue
        self.completeDue = completeDue
        self.disputeUntil = disputeUntil
    }

    private enum CodingKeys: String, CodingKey {
        case reference = "service_request_id"
        case event, at, type, place, body, because, note, outcome
        case reviewDue = "review_due"
        case completeDue = "complete_due"
        case disputeUntil = "dispute_until"
    }
}
