public import Domain
public import Foundation
import Postgres

/// Messages about this tenant's requests.
public struct Updates {
    let transaction: TenantTransaction

    /// The updates of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Most updates of one answer.
    public static let largestWindow = 1000

    /// Queues an update.
    ///
    /// ``StorageError/alreadyThere`` at COMMIT: the client has sent it before; ``read(_:clientUpdateID:of:)`` gives the
    /// first one.
    public func insert(_ update: StoredUpdate) async throws {
        let extras = try JSONValue(update.extras)
        try await transaction.queue(
            """
            INSERT INTO service_request_update
                (update_id, service_request_id, client, client_update_id, status, updated_at, received_at, description,
                media_urls, external_status_code, customer_reference, title, extras, is_public, author_id, withheld)
            VALUES
                (\(update.id), \(update.reference.rawValue), \(update.client), \(update.clientUpdateID),
                \(update.status.rawValue), \(update.updatedAt.wholeSecond), \(update.receivedAt), \(update.description),
                \(update.mediaURLs), \(update.externalStatusCode), \(update.customerReference), \(update.title),
                \(extras), \(update.isPublic), \(update.authorID), \(update.withheld.words))
            """
        )
    }

    /// The update a client has sent under an id of its own; nil when it has not.
    public func read(
        _ client: String,
        clientUpdateID: String,
        of reference: RequestReference
    ) async throws -> StoredUpdate? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM service_request_update
            WHERE service_request_id = \(reference.rawValue)
                AND client = \(client)
                AND client_update_id = \(clientUpdateID)
            """
        )
        return try row.map(StoredUpdate.init)
    }

    /// Hands over public updates of a time, both ends included, the oldest first; at most a thousand.
    ///
    /// Only of requests that these people may read, that may be read by `readableAt`, and that a list of this schema shows.
    public func stream(
        _ window: ClosedRange<Date>,
        visibilities: Set<ServiceVisibility> = [.public],
        rows shown: ShownRows = .all,
        readableAt: Date,
        limit: Int = largestWindow,
        each: (StoredUpdate) async throws -> Void
    ) async throws {
        let isShown = shown.condition(on: "request") ?? "TRUE"
        let rows = try transaction.stream(
            """
            SELECT \(Self.columns)
            FROM service_request_update
            WHERE updated_at BETWEEN \(window.lowerBound) AND \(window.upperBound)
                AND is_public
                AND service_request_id IN (
                    SELECT request.service_request_id
                    FROM service_request AS request
                    WHERE request.visibility = ANY (\(visibilities.map(\.rawValue).sorted()))
                        AND request.readable_at <= \(readableAt)
                        AND \(isShown)
                )
            ORDER BY updated_at, update_id
            LIMIT \(min(max(limit, 0), Self.largestWindow))
            """
        )
        for try await row in rows {
            try await each(try StoredUpdate(row))
        }
    }

    /// Changes what of an update the public may not see; travels with COMMIT.
    public func setWithheld(_ withheld: Withheld, of id: String) async throws {
        try await transaction.queue(
            """
            UPDATE service_request_update
            SET withheld = \(withheld.words)
            WHERE update_id = \(id)
            """
        )
    }

    /// Updates of a request, the oldest first.
    public func of(_ reference: RequestReference) async throws -> [StoredUpdate] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM service_request_update
            WHERE service_request_id = \(reference.rawValue)
            ORDER BY updated_at, update_id
            """
        )
        return try rows.map(StoredUpdate.init)
    }

    static let columns: SQL = """
        update_id, service_request_id, client, client_update_id, status, updated_at, received_at, description,
        media_urls, external_status_code, customer_reference, title, extras, is_public, author_id, withheld
        """
}
