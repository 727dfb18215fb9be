import Domain
import Foundation

/// News of a request for one subscription; put into words when it leaves.
struct NewsMessage: Codable {
    let subscription: UUID
    let facts: NewsFacts
}

/// A bundle of news for one address.
struct DigestMessage: Codable {
    let digest: UUID
    /// One of the subscriptions it is for; they all have one address.
    let subscription: UUID
    let language: Language
}

/// The question whether somebody wants to be told.
struct ConfirmationMessage: Codable {
    let subscription: UUID
}

/// A notice of planned work for one subscription.
struct NoticeMessage: Codable {
    let subscription: UUID
    let notice: UUID
}
