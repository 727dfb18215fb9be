import Domain
import Storage

/// What an outbox row is, which decides the way it is sent.
enum OutboxKind: String, Sendable {
    /// An offer to another tenant of this hub.
    case offer
    /// The answer to an offer, back to the tenant that made it.
    case offerAnswer = "offer_answer"
    /// What the holder did, told to the tenant where the request was born.
    case holderNews = "holder_news"
    /// An offer taken back.
    case offerWithdrawn = "offer_withdrawn"
    /// A share of the matter told to another tenant.
    case told
    /// What the lead did, told to a body that does a share.
    case toldNews = "told_news"
    /// A request nobody takes, put before the arbiter of the hub.
    case arbitration
    /// The arbiter's word, to the tenant where the request was born.
    case arbiterWord = "arbiter_word"
    /// What the holder had ended is open again.
    case originReopened = "origin_reopened"
    /// The requester took back what the holder has.
    case originWithdrew = "origin_withdrew"
    /// Pictures that came after a request was offered or handed on.
    case pictures
    /// A request to a system outside that speaks GeoReport.
    case open311Request = "open311_request"
    /// A picture at an address of somebody else, to be fetched, checked and kept.
    case photo
}

/// Names of targets: rows of one target wait for each other only within one request.
enum OutboxTarget {
    static func tenant(_ id: JurisdictionID) -> String { "tenant:\(id.rawValue)" }
    static func open311(_ code: String) -> String { "open311:\(code)" }
    static func photo(host: String) -> String { "photo:\(host)" }

    /// The tenant a target names.
    static func tenant(of target: String) -> JurisdictionID? {
        target.hasPrefix("tenant:") ? JurisdictionID(rawValue: String(target.dropFirst(7))) : nil
    }

    /// The forwarding target's code a target names.
    static func open311(of target: String) -> String? {
        target.hasPrefix("open311:") ? String(target.dropFirst(8)) : nil
    }
}
