public import Domain
public import Foundation
import Postgres

/// A message about a request, from another system or our own: an entry of `servicerequestupdates`.
///
/// Source: contracts.md A10 (extension of mySociety).
public struct StoredUpdate: Sendable, Hashable, Identifiable {
    /// The hub's id of the update, the same in the answer and in the feed.
    public let id: String

    /// The request.
    public let reference: RequestReference

    /// Who sent it: id of the API key; nil for the hub's own.
    public let client: String?

    /// The sender's id of the update; nil for the hub's own.
    public let clientUpdateID: String?

    /// State after it.
    public let status: ExtendedStatus

    /// When it happened, by its sender; whole seconds.
    public let updatedAt: Date

    /// When it was stored.
    public let receivedAt: Date

    /// Its words; may be empty.
    public let description: String

    /// Addresses of pictures.
    public let mediaURLs: [String]

    /// State in the sender's own words.
    public let externalStatusCode: String?

    /// The sender's own number of the request.
    public let customerReference: String?

    /// Title of the sender's person.
    public let title: String?

    /// Anything else the sender gave.
    public let extras: [String: String]

    /// Whether it shows in the feed and the history.
    public let isPublic: Bool

    /// The person who wrote it, in ``Requesters``; nil for none.
    public let authorID: UUID?

    /// What of it the public may not see now.
    public let withheld: Withheld

    /// An update with all its columns.
    public init(
        id: String,
        reference: RequestReference,
        client: String? = nil,
        clientUpdateID: String? = nil,
        status: ExtendedStatus,
        updatedAt: Date,
        receivedAt: Date,
        description: String = "",
        mediaURLs: [String] = [],
        externalStatusCode: String? = nil,
        customerReference: String? = nil,
        title: String? = nil,
        extras: [String: String] = [:],
        isPublic: Bool = true,
        authorID: UUID? = nil,
        withheld: Withheld = Withheld()
    ) {
        self.id = id
        self.reference = reference
        self.client = client
        self.clientUpdateID = clientUpdateID
        self.status = status
        self.updatedAt = updatedAt
        self.receivedAt = receivedAt
        self.description = description
        self.mediaURLs = mediaURLs
        self.externalStatusCode = externalStatusCode
        self.customerReference = customerReference
        self.title = title
        self.extras = extras
        self.isPublic = isPublic
        self.authorID = authorID
        self.withheld = withheld
    }

    /// The words as anybody may read them.
    public func publicDescription(_ language: Language) -> String {
        withheld.contains(.description) ? NeutralSentence.message[language] : description
    }

    /// The pictures that anybody may see.
    public var publicMediaURLs: [String] { withheld.shown(mediaURLs) }
}

extension StoredUpdate {
    init(_ row: Row) throws {
        self.init(
            id: try row.decode("update_id"),
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            client: try row.decode("client"),
            clientUpdateID: try row.decode("client_update_id"),
            status: try row.word("status"),
            updatedAt: try row.decode("updated_at"),
            receivedAt: try row.decode("received_at"),
            description: try row.decode("description"),
            mediaURLs: try row.decode("media_urls"),
            externalStatusCode: try row.decode("external_status_code"),
            customerReference: try row.decode("customer_reference"),
            title: try row.decode("title"),
            extras: try row.decodeJSON("extras"),
            isPublic: try row.decode("is_public"),
            authorID: try row.decode("author_id"),
            withheld: Withheld(words: try row.decode("withheld"))
        )
    }
}
