public import Domain
import Foundation
import Storage

/// Records a message of other software on a request, once, and moves the request by its status.
public struct PostUpdate: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Records the message.
    ///
    /// The same message of the same client again gets the same answer and leaves one entry.
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
        // Through the hub's door as ReadServiceRequest: what was posted through it lies in the schema its code names.
        var home = tenant
        if tenant.isHub, reference.code != tenant.code {
            guard let holder = try await surroundings.directory.tenant(code: reference.code) else {
                return .unknownRequest
            }
            home = holder
        }
        let door = home.id == tenant.id ? nil : tenant.id
        do {
            return try await record(intake, reference, in: home, through: door, client: client)
        } catch let fault as StorageError where fault.isAlreadyThere {
            // Two at once: the other one was first, and its entry is there now.
            return try await record(intake, reference, in: home, through: door, client: client)
        }
    }

    private func record(
        _ intake: UpdateIntake,
        _ reference: RequestReference,
        in tenant: HostedTenant,
        through door: JurisdictionID?,
        client: ClientIdentity
    ) async throws -> PostedUpdate {
        let now = surroundings.second
        let id = "u-" + SecretToken.make().prefix(16)
        let posted = try await surroundings.databases.withTenant(tenant.code) { transaction -> PostedUpdate in
            guard let request = try await ServiceRequests(transaction).readForUpdate(reference),
                request.visibility == .public || request.channel == .open311
            else { return .unknownRequest }
            if let door {
                let links = try await RequestLinks(transaction).of(reference)
                guard links.contains(where: { $0.peer == door.rawValue }) else { return .unknownRequest }
            }
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
            let publication = AssessPublication(tenant: tenant)
                .message(intake.description, photos: intake.mediaURLs, updateID: id, of: request, at: now)
            for item in publication.items { try await ModerationItems(transaction).insert(item) }
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
                    authorID: authorID,
                    withheld: publication.withheld
                )
            )
            let isHeld = publication.withheld.contains(.description)
            try await move(
                reference,
                by: intake,
                isHeld ? id : nil,
                request,
                in: tenant,
                client: client,
                now: now,
                transaction
            )
            return .recorded(id)
        }
        surroundings.work.signal(tenant.code)
        return posted
    }

    private func move(
        _ reference: RequestReference,
        by intake: UpdateIntake,
        _ heldUpdate: String?,
        _ request: ServiceRequest,
        in tenant: HostedTenant,
        client: ClientIdentity,
        now: Date,
        _ transaction: TenantTransaction
    ) async throws {
        let isOffered = try await HandOvers(transaction).of(reference).contains { offer in
            guard offer.direction == .into else { return false }
            return switch offer.handOver.state {
            case .offered: now < offer.handOver.answerDue || intake.status == .notCouncilsResponsibility
            case .accepted: intake.status == .notCouncilsResponsibility
            case .refused, .timedOut, .withdrawn: false
            }
        }
        let actor = "open311:\(client.id)"
        let answer = AnswerOffer(surroundings)
        if isOffered, intake.status == .notCouncilsResponsibility {
            let isWordless = intake.description.allSatisfy(\.isWhitespace) || heldUpdate != nil
            let words = isWordless ? "Not our responsibility" : String(intake.description.prefix(1000))
            let refusal = try HandOver.Refusal(.notOurService, text: words)
            _ = try await answer.answer(reference, at: tenant, refusal: refusal, by: actor, now: now, in: transaction)
            return
        }
        if isOffered, intake.status != .unchanged {
            // Who works on it has taken it.
            _ = try await answer.answer(reference, at: tenant, refusal: nil, by: actor, now: now, in: transaction)
        }
        // What waits for a person is not in the history; its words are added to it when they are released.
        let words = heldUpdate == nil ? LocalizedText(same: intake.description) : NeutralSentence.message
        let note = ChangeRequest.Note(
            actor: actor,
            at: now,
            text: intake.description.isEmpty ? nil : words,
            details: ["status": intake.status.rawValue, "told_at": intake.updatedAt.formatted(.iso8601)]
                .merging(heldUpdate.map { ["update": $0] } ?? [:]) { $1 }
        )
        let isPartners = if case .partner? = request.life.holder { true } else { false }
        try await HearOutside(surroundings: surroundings, tenant: tenant)(
            intake.status,
            on: reference,
            isHolder: isPartners,
            note: note,
            in: transaction
        )
    }
}
