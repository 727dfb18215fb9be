import Domain

/// The steps of a report; each is the last piece of an address.
enum ReportStep: String, Sendable, Hashable, CaseIterable {
    /// What is the matter?
    case what
    /// Where is it?
    case `where`
    /// Questions, words, photos, contact.
    case details
    /// Is it one of these? What was reported already near by.
    case already
    /// Everything once more, with who gets it and why.
    case check
    /// Sent: the reference.
    case sent

    /// Where the step's form goes when all is well.
    var next: ReportStep {
        switch self {
        case .what: .where
        case .where: .details
        case .details, .already: .check
        case .check, .sent: .sent
        }
    }

    /// Key of the words of the step.
    var wordsKey: String { "report.\(rawValue)" }
}

/// What the pressed button asks for.
enum ReportAction: Sendable, Hashable {
    /// Go on with what is missing.
    case goOn
    /// Go to a step, keeping what was typed and judging nothing yet.
    case show(ReportStep)
    /// The same step in the other language.
    case stay
    /// Look for types.
    case search
    /// Go on without a place.
    case withoutPlace
    /// Keep the attached photos and show the step again.
    case addPhotos
    /// Drop a photo.
    case dropPhoto(Int)
    /// Send.
    case send
    /// Join a request that is there already.
    case join(RequestReference)

    /// Reads the value of the button; an unknown one goes on.
    init(_ value: String?) {
        switch value {
        case "stay": self = .stay
        case "search": self = .search
        case "no-place": self = .withoutPlace
        case "photos": self = .addPhotos
        case "send": self = .send
        case let value?:
            if let step = ReportStep(rawValue: value), step != .sent {
                self = .show(step)
            } else if value.hasPrefix("join-"), let reference = RequestReference(rawValue: String(value.dropFirst(5))) {
                self = .join(reference)
            } else if value.hasPrefix("drop-"), let index = Int(value.dropFirst(5)) {
                self = .dropPhoto(index)
            } else {
                self = .goOn
            }
        case nil: self = .goOn
        }
    }
}

/// Something to put right, beside its field and in the summary.
struct PageFault: Sendable, Hashable {
    /// Id of the field in the page.
    let field: String
    /// What to do.
    let text: String
}
