public import Domain
public import Foundation

/// Who sends: a key of other software, a form of ours, a person of staff.
public struct ClientIdentity: Sendable, Hashable {
    /// Id of the key, or the name of the face: `web`.
    public let id: String
    /// A client.
    public init(id: String) {
        self.id = id
    }

    /// Forms of our own pages.
    public static let web = ClientIdentity(id: "web")
}

/// What became of an intake.
public enum Submission: Sendable {
    /// Stored durably; the receipt may be shown.
    case taken(Receipt)
    /// Nothing stored; each fault names its field and what would be right.
    case refused([FieldFault])
    /// Not a matter of this hub: who does it, and why. Nothing stored but a count.
    case elsewhere(RouteAnswer)
}

/// What the person who reported gets, and what is given again when the same submission comes again.
public struct Receipt: Sendable, Hashable, Codable {
    /// The number to follow it by.
    public let reference: RequestReference
    /// Kind of the type it was taken under; `batch` shows ``token`` first, `blackbox` shows nothing.
    public let kind: Service.Kind
    /// For a batch type: what to ask the reference with.
    public let token: String?
    /// Opens personal data and changes; shown once to the person, stored as a hash only.
    public let privateToken: String?
    /// 911 advice, then what the hub has to say; nil when there is nothing.
    public let notice: LocalizedText?
    /// The tenant in whose schema it lies.
    public let holder: JurisdictionID
    /// Who is responsible and why.
    public let decision: Decision
    /// Whether this is the answer to an earlier submission with the same key.
    public var isReplay: Bool

    /// A receipt.
    public init(
        reference: RequestReference,
        kind: Service.Kind,
        token: String?,
        privateToken: String?,
        notice: LocalizedText?,
        holder: JurisdictionID,
        decision: Decision,
        isReplay: Bool = false
    ) {
        self.reference = reference
        self.kind = kind
        self.token = token
        self.privateToken = privateToken
        self.notice = notice
        self.holder = holder
        self.decision = decision
        self.isReplay = isReplay
    }
}

/// An `Idempotency-Key` that cannot be honoured.
public enum IdempotencyFault: Error, Sendable, Hashable {
    /// The key was used with another body: 422.
    case otherBody
    /// The first submission with it has not ended: 409.
    case stillRunning
}
