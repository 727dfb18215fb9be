/// How long a clock may stand still for one reason, and what everybody may read about it.
public struct PauseRule: Sendable, Hashable, Codable {
    /// The reason.
    public let reason: RequestLife.PauseReason

    /// The longest pause; then the clock runs again by itself.
    public let atMost: SLATarget

    /// What the resident reads.
    public let text: LocalizedText

    /// A rule.
    public init(reason: RequestLife.PauseReason, atMost: SLATarget, text: LocalizedText) {
        self.reason = reason
        self.atMost = atMost
        self.text = text
    }

    /// Rules of a tenant that has stated none.
    public static let standard: [PauseRule] = RequestLife.PauseReason.allCases.compactMap { reason in
        guard let atMost = try? SLATarget(amount: longest(reason), .days) else { return nil }
        return PauseRule(reason: reason, atMost: atMost, text: words(reason))
    }

    /// What the resident reads where the tenant has no words of its own.
    public static func words(_ reason: RequestLife.PauseReason) -> LocalizedText {
        switch reason {
        case .waitingForRequester:
            LocalizedText(
                english: "We asked you something and wait for your answer.",
                french: "Nous vous avons posé une question et attendons votre réponse."
            )
        case .waitingForOtherBody:
            LocalizedText(
                english: "Another body must act first.",
                french: "Un autre organisme doit d’abord intervenir."
            )
        case .season:
            LocalizedText(
                english: "This work cannot be done in this season.",
                french: "Ces travaux ne peuvent pas être faits en cette saison."
            )
        case .weatherEvent:
            LocalizedText(
                english: "A significant weather event has been declared; this work waits until it is over.",
                french: "Un événement météorologique important a été déclaré; ces travaux attendent qu’il soit terminé."
            )
        case .beforeCourt:
            LocalizedText(
                english: "The matter is before a court.",
                french: "L’affaire est devant un tribunal."
            )
        }
    }

    /// Days.
    private static func longest(_ reason: RequestLife.PauseReason) -> Int {
        switch reason {
        case .waitingForRequester: 14
        case .waitingForOtherBody: 28
        case .season: 240
        case .weatherEvent: 14
        case .beforeCourt: 365
        }
    }

    private enum CodingKeys: String, CodingKey {
        case reason, text
        case atMost = "at_most"
    }
}

/// A pause that the tenant's rules do not allow.
public enum PauseRefused: Error, Sendable, Hashable, CustomStringConvertible {
    /// The tenant has no such reason; what it has is named.
    case unknownReason(RequestLife.PauseReason, known: [RequestLife.PauseReason])
    /// The type promises no seasonal work.
    case notSeasonal(ServiceCode)
    /// No weather event is declared for this service part.
    case noWeatherEvent

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .unknownReason(let reason, let known):
            "\(reason.rawValue) is no reason to pause here; possible: "
                + known.map(\.rawValue).joined(separator: ", ")
        case .notSeasonal(let code):
            "\(code) is no seasonal work; its type needs seasonal_pause: true"
        case .noWeatherEvent:
            "no weather event is declared for this work; declare it first (hub311 sla weather declare)"
        }
    }
}
