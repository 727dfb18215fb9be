/// What a tenant promises for one kind of service request: two clocks and what the second one means.
///
/// Source: the tenant's published service standard, cited in its `services.yml`.
public struct ServiceSLA: Sendable, Hashable, Codable {
    /// Time until a person of the responsible body has read it; nil means no promise.
    public let review: SLATarget?

    /// Time until the promised result; nil means no promise, or the road's class decides.
    public let complete: SLATarget?

    /// What is promised.
    public let promise: Promise

    /// Whether the class of the road sets the time to complete (Ontario Regulation 239/02, minimum maintenance standards).
    public let completeByRoadClass: Bool

    /// Whether the clock may pause for the season, visibly: "repair planned from 1 May".
    public let seasonalPause: Bool

    /// What the end of the second clock means.
    public enum Promise: String, Sendable, Hashable, Codable, CaseIterable {
        /// Made safe; the permanent repair may follow.
        case safe
        /// Inspected.
        case inspected
        /// Finished.
        case done
        /// Answered.
        case answered
    }

    /// All parts.
    public init(
        review: SLATarget? = nil,
        complete: SLATarget? = nil,
        promise: Promise = .done,
        completeByRoadClass: Bool = false,
        seasonalPause: Bool = false
    ) {
        self.review = review
        self.complete = complete
        self.promise = promise
        self.completeByRoadClass = completeByRoadClass
        self.seasonalPause = seasonalPause
    }

    private enum CodingKeys: String, CodingKey {
        case review
        case complete
        case promise
        case completeByRoadClass = "complete_by_road_class"
        case seasonalPause = "seasonal_pause"
    }
}
