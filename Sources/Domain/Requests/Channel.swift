/// The way a request came in.
public enum Channel: String, Sendable, Hashable, Codable, CaseIterable {
    /// The resident pages.
    case web
    /// A call, typed in by an operator.
    case phone
    /// A visit to a counter.
    case counter
    /// A text message.
    case sms
    /// A letter by electronic mail.
    case email
    /// An Open311 client.
    case open311
    /// The hub's own JSON interface.
    case api
}

/// The four steps everybody sees.
public enum PublicStep: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Stored, with a reference; nobody has read it yet.
    case received
    /// A person of the responsible body has read it and accepted it, or said why not.
    case reviewed
    /// It is known who does it and when.
    case workAssigned = "work_assigned"
    /// It ended, with an outcome. Handing on is never completion.
    case completed

    /// The earlier step is the smaller.
    public static func < (left: PublicStep, right: PublicStep) -> Bool {
        left.position < right.position
    }

    private var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How a request ended.
///
/// There is no outcome "passed on": that is a hand-over, and the request stays open.
public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// Put right for good.
    case fixed
    /// Danger removed; the permanent repair is planned, and the request stays open until it is done.
    case madeSafe = "made_safe"
    /// Somebody looked; the thing meets its standard.
    case inspectedMeetsStandard = "inspected_meets_standard"
    /// Somebody looked and found nothing there.
    case notFound = "not_found"
    /// The same matter as another request, which has ended too.
    case duplicate
    /// The requester was needed and did not answer.
    case couldNotReach = "could_not_reach"
    /// The requester took it back.
    case withdrawn
    /// The body will not do it; the reason is public, in both languages.
    case declined
    /// Another body's system closed it without saying how.
    case unspecified
}
