public import Domain
public import Foundation

/// A message of other software on a request, before it is recorded.
public struct UpdateIntake: Sendable, Hashable {
    /// The request as the sender names it.
    public var requestID: String
    /// The sender's own id of the message.
    public var clientUpdateID: String
    /// Where the sender says it stands.
    public var status: ExtendedStatus
    /// When, as the sender tells it.
    public var updatedAt: Date
    /// The words.
    public var description: String
    /// Pictures.
    public var mediaURLs: [String]
    /// Who wrote it; kept apart and never shown.
    public var author: Requester?
    /// Title of the author's message.
    public var title: String?

    /// A message.
    public init(
        requestID: String,
        clientUpdateID: String,
        status: ExtendedStatus,
        updatedAt: Date,
        description: String,
        mediaURLs: [String] = [],
        author: Requester? = nil,
        title: String? = nil
    ) {
        self.requestID = requestID
        self.clientUpdateID = clientUpdateID
        self.status = status
        self.updatedAt = updatedAt
        self.description = description
        self.mediaURLs = mediaURLs
        self.author = author
        self.title = title
    }
}

/// What became of a message.
public enum PostedUpdate: Sendable, Hashable {
    /// Recorded, or recorded before: the hub's id, the same that the feed shows.
    case recorded(String)
    /// No such request in this jurisdiction.
    case unknownRequest
}
