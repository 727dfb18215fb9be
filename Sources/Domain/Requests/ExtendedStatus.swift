/// Finer states of a request on the wire: the updates extension of Open311, upper case coming in, lower case going out.
///
/// Source: contracts.md A10, after FixMyStreet.
public enum ExtendedStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Received, nothing more.
    case open
    /// Ended, without saying how.
    case closed
    /// Put right.
    case fixed
    /// Being worked on.
    case inProgress = "in_progress"
    /// Work is planned.
    case planned
    /// Work has a date.
    case actionScheduled = "action_scheduled"
    /// Somebody is looking at it.
    case investigating
    /// Same matter as another request.
    case duplicate
    /// The body says it does not answer for it; from the holder of a hand-over that is a refusal.
    case notCouncilsResponsibility = "not_councils_responsibility"
    /// Nothing will be done.
    case noFurtherAction = "no_further_action"
    /// With another department of the same body.
    case internalReferral = "internal_referral"
    /// Taken back.
    case cancelled
    /// Opened again.
    case reopen
    /// Waiting for somebody to decide whose it is.
    case forTriage = "for_triage"
    /// A message without a change of state.
    case unchanged

    /// Reads the wire form: any case, blanks or dashes for underscores; nil when unknown.
    public init?(wire text: String) {
        guard text.utf8.count <= 60 else { return nil }
        let folded = text.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 }
        self.init(rawValue: String(folded))
    }

    /// Lower case, as it goes out.
    public var wireText: String { rawValue }

    /// What the update does to `status` of GeoReport; nil leaves it as it was.
    public var open311Status: Open311Status? {
        switch self {
        case .closed, .fixed, .duplicate, .notCouncilsResponsibility, .noFurtherAction, .cancelled:
            .closed
        case .unchanged: nil
        case .open, .inProgress, .planned, .actionScheduled, .investigating, .internalReferral, .reopen,
            .forTriage:
            .open
        }
    }

    /// How the request ended, for the states that end it; a plain CLOSED does not say how.
    public var outcome: Outcome? {
        switch self {
        case .closed: .unspecified
        case .fixed: .fixed
        case .duplicate: .duplicate
        case .noFurtherAction: .inspectedMeetsStandard
        case .cancelled: .withdrawn
        default: nil
        }
    }
}

/// `status` of GeoReport v2: there are only two.
public enum Open311Status: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not ended.
    case open
    /// Ended.
    case closed
}
