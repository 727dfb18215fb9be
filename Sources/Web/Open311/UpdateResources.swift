import Domain
import Foundation
import Hub
import Hummingbird
import Open311
import Storage

/// `servicerequestupdates`, the extension that FixMyStreet speaks.
struct UpdateResources: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The messages of a window, oldest first.
    func list(_ exchange: Open311Exchange) async throws -> Response {
        let now = surroundings.now()
        let query = try UpdatesQuery(exchange.parameters, now: now)
        let end = max(query.end ?? .distantFuture, query.start)
        let updates = try await ListUpdates(surroundings)(query.start...end, in: exchange.tenant)
        let message = ListMessage(
            updates.map { update in
                ServiceRequestUpdateMessage(
                    updateID: update.id,
                    serviceRequestID: update.reference.rawValue,
                    status: update.status.rawValue,
                    updatedAt: update.updatedAt,
                    description: update.publicDescription(exchange.language),
                    mediaURL: update.publicMediaURLs.first,
                    externalStatusCode: update.externalStatusCode,
                    customerReference: update.customerReference,
                    extras: update.extras.sorted { $0.key < $1.key }.compactMap { ExtraField($0.key, $0.value) }
                )
            }
        )
        return Response(message.encoded(as: exchange.format), exchange.format)
    }

    /// Records a message once; the answer names the id under which the feed shows it.
    func post(_ exchange: Open311Exchange) async throws -> Response {
        let client = try await exchange.client(right: .update, surroundings)
        let submission = try UpdateSubmission(exchange.parameters)
        let author = submission.author
        let posted = try await PostUpdate(surroundings)(
            UpdateIntake(
                requestID: submission.serviceRequestID,
                clientUpdateID: submission.updateID,
                status: submission.status,
                updatedAt: submission.updatedAt,
                description: submission.description,
                mediaURLs: submission.mediaURLs,
                author: Requester(
                    email: author.email,
                    phone: author.phone,
                    firstName: author.firstName,
                    lastName: author.lastName,
                    accountID: author.accountID
                ),
                title: author.title
            ),
            in: exchange.tenant,
            client: client
        )
        guard case .recorded(let id) = posted else { throw Open311Faults(.requestUnknown) }
        return Response(PostedUpdateMessage(updateID: id).encodedAlone(as: exchange.format), exchange.format)
    }
}
