public import Foundation

/// What came in through some channel, before anything is decided: one value, one validation for all channels.
public struct Intake: Sendable, Hashable, Codable {
    /// The way it came in.
    public var channel: Channel

    /// The kind of matter: a public type, or a tenant's own service code.
    public var service: ServiceCode

    /// Language to answer in.
    public var language: Language

    /// The requester's own words; up to 4000 code points, line breaks as LF.
    public var description: String

    /// The point, when one was given.
    public var coordinate: Coordinate?

    /// The address as it was typed.
    public var address: String?

    /// Id of an address of the hub.
    public var addressID: String?

    /// Answers to the questions of the service.
    public var answers: Answers

    /// Who asks; nil when nothing was given.
    public var contact: Requester?

    /// Addresses of pictures elsewhere, in the order given.
    public var mediaURLs: [String]

    /// Ids of photos already stored, in the order given.
    public var photos: [String]

    /// When it came in.
    public var receivedAt: Date

    /// The sender's key against double submission.
    public var idempotencyKey: String?

    /// Everything that came in.
    public init(
        channel: Channel,
        service: ServiceCode,
        language: Language,
        description: String,
        coordinate: Coordinate? = nil,
        address: String? = nil,
        addressID: String? = nil,
        answers: Answers = Answers(),
        contact: Requester? = nil,
        mediaURLs: [String] = [],
        photos: [String] = [],
        receivedAt: Date,
        idempotencyKey: String? = nil
    ) {
        self.channel = channel
        self.service = service
        self.language = language
        self.description = description
        self.coordinate = coordinate
        self.address = address
        self.addressID = addressID
        self.answers = answers
        self.contact = contact
        self.mediaURLs = mediaURLs
        self.photos = photos
        self.receivedAt = receivedAt
        self.idempotencyKey = idempotencyKey
    }

    private enum CodingKeys: String, CodingKey {
        case channel, service, language, description, coordinate, address, answers, contact, photos
        case addressID = "address_id"
        case mediaURLs = "media_urls"
        case receivedAt = "received_at"
        case idempotencyKey = "idempotency_key"
    }
}
