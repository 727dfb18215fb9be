public import Domain
public import Foundation
public import Storage

/// Lists the messages on the public requests of a jurisdiction, oldest first.
public struct ListUpdates: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Messages whose `updated_datetime` lies in the window, at most `Updates.largestWindow`.
    public func callAsFunction(_ window: ClosedRange<Date>, in tenant: HostedTenant) async throws -> [StoredUpdate] {
        let now = surroundings.now()
        return try await surroundings.databases.withTenant(tenant.code) { transaction in
            var found: [StoredUpdate] = []
            try await Updates(transaction).stream(window, readableAt: now) { found.append($0) }
            return found
        }
    }
}

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

/// Records a message of other software on a request, once, and moves the request by its status.
public struct PostUpdate: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Records the message. The same message of the same client again gets the same answer and leaves one entry.
    ///
    /// `NOT_COUNCILS_RESPONSIBILITY` from a body that was offered the request, or holds it, is a refusal: it ends that body's
    /// copy, and the origin stays open.
    public func callAsFunction(
        _ intake: UpdateIntake,
        in tenant: HostedTenant,
        client: ClientIdentity
    ) async throws -> PostedUpdate {
        guard let reference = try? RequestReference(parsing: intake.requestID) else { return .unknownRequest }
        _ = try await surroundings.directory.hub()
        do {
            return try await record(intake, reference, in: tenant, client: client)
        } catch let fault as StorageError where fault.isAlreadyThere {
            // Two at once: the other one was first, and its entry is there now.
            return try await record(intake, reference, in: tenant, client: client)
        }
    }

    private func record(
        _ intake: UpdateIntake,
        _ reference: RequestReference,
        in tenant: HostedTenant,
        client: ClientIdentity
    ) async throws -> PostedUpdate {
        let now = surroundings.second
        let id = "u-" + SecretToken.make().prefix(16)
        let posted = try await surroundings.databases.withTenant(tenant.code) { transaction -> PostedUpdate in
            guard let request = try await ServiceRequests(transaction).readForUpdate(reference),
                request.visibility == .public || request.channel == .open311
            else { return .unknownRequest }
            let updates = Updates(transaction)
            let known = try await updates.read(client.id, clientUpdateID: intake.clientUpdateID, of: reference)
            if let known { return .recorded(known.id) }
            var authorID: UUID?
            if let author = intake.author, !author.isEmpty {
                let person = StoredRequester(
                    reference: reference,
                    requester: author,
                    language: request.language,
                    notedAt: now
                )
                try await Requesters(transaction).insert(person)
                authorID = person.id
            }
            try await updates.insert(
                StoredUpdate(
                    id: id,
                    reference: reference,
                    client: client.id,
                    clientUpdateID: intake.clientUpdateID,
                    status: intake.status,
                    updatedAt: intake.updatedAt,
                    receivedAt: now,
                    description: intake.description,
                    mediaURLs: intake.mediaURLs,
                    title: intake.title,
                    authorID: authorID
                )
            )
            try await move(reference, by: intake, request, in: tenant, client: client, now: now, transaction)
            return .recorded(id)
        }
        surroundings.work.signal(tenant.code)
        return posted
    }

    private func move(
        _ reference: RequestReference,
        by intake: UpdateIntake,
        _ request: ServiceRequest,
        in tenant: HostedTenant,
        client: ClientIdentity,
        now: Date,
        _ transaction: TenantTransaction
    ) async throws {
        let isFromOrigin = try await RequestLinks(transaction).of(reference).contains { $0.kind == .origin }
        let actor = "open311:\(client.id)"
        if isFromOrigin, intake.status == .notCouncilsResponsibility {
            let words = intake.description.isEmpty ? "Not our responsibility" : String(intake.description.prefix(1000))
            let refusal = try HandOver.Refusal(.notOurService, text: words)
            _ = try await AnswerOffer(surroundings).answer(
                reference,
                at: tenant,
                refusal: refusal,
                by: actor,
                now: now,
                in: transaction
            )
            return
        }
        if isFromOrigin, request.standing == .waiting, intake.status != .unchanged {
            _ = try await AnswerOffer(surroundings).answer(
                reference,
                at: tenant,
                refusal: nil,
                by: actor,
                now: now,
                in: transaction
            )
        }
        let note = ChangeRequest.Note(
            actor: actor,
            at: now,
            text: intake.description.isEmpty ? nil : LocalizedText(same: intake.description),
            details: ["status": intake.status.rawValue, "told_at": intake.updatedAt.formatted(.iso8601)]
        )
        try await ChangeRequest(surroundings: surroundings, tenant: tenant)(reference, note: note, in: transaction) {
            try OutsideStep.apply(intake.status, to: &$0, isHolder: $0.life.holder != nil, at: now)
        }
    }
}
