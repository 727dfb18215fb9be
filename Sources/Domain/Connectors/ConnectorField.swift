/// A field of a request as a department's own system can be sent it.
///
/// Nothing of the requester is among them: whoever needs the person asks through the hub.
public enum ConnectorField: String, Sendable, Hashable, Codable, CaseIterable {
    /// Our reference, for life.
    case reference
    /// Stays the same on every attempt: a second copy is known by it.
    case delivery
    /// `request` for a new one, otherwise what happened: `reopened`, `updated`.
    case event
    /// When that happened, ISO 8601 in UTC.
    case happenedAt = "happened_at"
    /// The kind of matter as the system calls it.
    case serviceCode = "service_code"
    /// The kind of matter in words.
    case serviceName = "service_name"
    /// `open` or `closed`.
    case status
    /// The step everybody sees.
    case step
    /// How it ended; empty while open.
    case outcome
    /// `P1` to `P4`.
    case priority
    /// The department it is given to.
    case department
    /// The requester's own words.
    case description
    /// Public words of what happened; empty for a new request.
    case text
    /// The address in words.
    case address
    /// Latitude in degrees, WGS 84.
    case latitude
    /// Longitude in degrees, WGS 84.
    case longitude
    /// Answers by question, without those for the lead's staff unless the file says so.
    case answers
    /// Addresses of pictures.
    case mediaURLs = "media_urls"
    /// When it was received.
    case requestedAt = "requested_at"
    /// When the promise to complete runs out; empty without one.
    case completeDue = "complete_due"
    /// The mailbox or address for answers; empty where there is none.
    case replyTo = "reply_to"
}
