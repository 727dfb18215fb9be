public import Foundation

/// One instant in what a body knew of a request; written once and never changed.
///
/// A road authority's time runs from when it became aware (Ontario Regulation 239/02), and keeping it is a defence: so the instants
/// are kept apart from everything that staff can correct.
public struct AuthorityFact: Sendable, Hashable, Codable {
    /// The body it is about.
    public let body: String

    /// What happened.
    public let kind: Kind

    /// When.
    public let at: Date

    /// When it was written down.
    public let notedAt: Date

    /// Who or what says so: `hub`, `staff:<account>`.
    public let source: String

    /// What happened.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The hub, or whoever it came to first, received it.
        case received
        /// It lay before the body: its time runs.
        case delivered
        /// A person of the body opened it for the first time.
        case opened
    }

    /// A fact.
    public init(body: String, kind: Kind, at: Date, notedAt: Date, source: String) {
        self.body = body
        self.kind = kind
        self.at = at
        self.notedAt = notedAt
        self.source = source
    }

    private enum CodingKeys: String, CodingKey {
        case body, kind, at, source
        case notedAt = "noted_at"
    }
}
