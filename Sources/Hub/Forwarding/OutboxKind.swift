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
    /// A request here repeats one that was born at the target.
    case childLinked = "child_linked"
    /// A request here no longer repeats one that was born at the target.
    case childUnlinked = "child_unlinked"
    /// A request that others at the target repeat has ended.
    case parentEnded = "parent_ended"
    /// Requests of this very tenant end with the one they repeat.
    case endDuplicates = "end_duplicates"
    /// What of a request the public may see, for a body that has a copy.
    case publicationWord = "publication_word"
    /// A request to a system outside that speaks GeoReport.
    case open311Request = "open311_request"
    /// A letter to a department's mailbox.
    case departmentMail = "department_mail"
    /// A signed call to a department's own system.
    case departmentWebhook = "department_webhook"
    /// A file for a department's own system.
    case departmentFile = "department_file"
    /// A picture at an address of somebody else, to be fetched, checked and kept.
    case photo
    /// A mail written whole, to staff or to whoever an operator named.
    case mail
    /// A text message written whole.
    case sms
    /// News of a request to a person, by mail.
    case newsMail = "news_mail"
    /// News of a request to a person, as a text message.
    case newsSMS = "news_sms"
    /// News of a request to a program that asked for them.
    case subscriberWebhook = "subscriber_webhook"
    /// A bundle of news to one person.
    case digest
    /// The question whether somebody wants to be told.
    case confirmation
    /// A notice of planned work to one person.
    case workNotice = "work_notice"
}

/// Names of targets: rows of one target wait for each other only within one request.
enum OutboxTarget {
    static func tenant(_ id: JurisdictionID) -> String { "tenant:\(id.rawValue)" }
    static func open311(_ code: String) -> String { "open311:\(code)" }
    static func department(_ code: String) -> String { "department:\(code)" }
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

extension OutboxTarget {
    /// Where rows for a forwarding target go.
    static func of(_ target: ForwardingTarget) -> String {
        target.kind == .open311 ? open311(target.code) : department(target.code)
    }

    /// Whether a target is a system outside named in a file, whose condition is kept.
    static func isConnector(_ target: String) -> Bool {
        target.hasPrefix("open311:") || target.hasPrefix("department:")
    }
}

extension OutboxKind {
    /// How things go to a target of this kind.
    init(_ kind: ForwardingTarget.Kind) {
        switch kind {
        case .open311: self = .open311Request
        case .email: self = .departmentMail
        case .webhook: self = .departmentWebhook
        case .file: self = .departmentFile
        }
    }
}
