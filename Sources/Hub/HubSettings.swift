public import Domain
public import Foundation

/// What the deployment says about this hub; read by the executable and passed down.
public struct HubSettings: Sendable {
    /// Address under which the public reaches the service, without a closing slash.
    public var publicBaseURL: URL
    /// Whom a developer writes to; Open311's discovery `contact`.
    public var apiContact: String
    /// Whether discovery calls this endpoint `production` or `test`.
    public var isProduction: Bool
    /// How long a person of the hub has to place what could not be placed, in business hours of the hub.
    public var triageBusinessHours: Int
    /// How long an `Idempotency-Key` is remembered, in seconds; at least a day.
    public var idempotencySeconds: TimeInterval
    /// Longest wait for the answer to a hand-over before it counts as timed out, in minutes; a tenant may allow less.
    public var handOverMinutes: Int
    /// How people are told.
    public var telling: TellingSettings

    /// Settings; the defaults suit a region.
    public init(
        publicBaseURL: URL,
        apiContact: String,
        isProduction: Bool = true,
        triageBusinessHours: Int = 4,
        idempotencySeconds: TimeInterval = 48 * 3600,
        handOverMinutes: Int = 2 * 24 * 60,
        telling: TellingSettings = TellingSettings()
    ) {
        self.publicBaseURL = publicBaseURL
        self.apiContact = apiContact
        self.isProduction = isProduction
        self.triageBusinessHours = triageBusinessHours
        self.idempotencySeconds = idempotencySeconds
        self.handOverMinutes = handOverMinutes
        self.telling = telling
    }

    /// Page that shows what is public of a request, in English.
    public func trackingURL(of reference: RequestReference) -> String {
        "\(publicBaseURL.absoluteString)/en/requests/\(reference.rawValue)"
    }

    /// Address of a kept photo.
    public func photoURL(_ id: String) -> String { "\(publicBaseURL.absoluteString)/photos/\(id).jpg" }
}
