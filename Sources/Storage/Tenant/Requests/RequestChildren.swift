public import Domain
public import Foundation
import Postgres

/// That a request is a part of another one, its parent.
public struct RequestChild: Sendable, Hashable {
    /// The part.
    public let reference: RequestReference
    /// The request it is a part of; where the part is worked on by another tenant, only that tenant's copy of the part lies there.
    public let parent: RequestReference
    /// What it is called towards the person who reported the whole.
    public let name: LocalizedText
    /// When it was given away.
    public let splitAt: Date
    /// Who did it, as `RequestEvent.actor` spells it.
    public let splitBy: String

    /// A part of a request.
    public init(
        reference: RequestReference,
        parent: RequestReference,
        name: LocalizedText,
        splitAt: Date,
        splitBy: String
    ) {
        self.reference = reference
        self.parent = parent
        self.name = name
        self.splitAt = splitAt
        self.splitBy = splitBy
    }
}

/// Which requests of this tenant are parts of others.
///
/// Parent and children lie in the schema of the body that split: a child that somebody else does is offered on like any other request.
public struct RequestChildren {
    let transaction: TenantTransaction

    /// The parts among the transaction's tenant's requests.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues that a request is a part of another; said twice it stays as it was.
    public func insert(_ child: RequestChild) async throws {
        try await transaction.queue(
            """
            INSERT INTO request_child
                (service_request_id, parent, name, split_at, split_by)
            VALUES
                (\(child.reference.rawValue), \(child.parent.rawValue), \(WrittenJSON.text(child.name)),
                \(child.splitAt), \(child.splitBy))
            ON CONFLICT (service_request_id) DO NOTHING
            """
        )
    }

    /// What a request is a part of; nil for a whole one.
    public func read(_ reference: RequestReference) async throws -> RequestChild? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns)
            FROM request_child
            WHERE service_request_id = \(reference.rawValue)
            """
        )
        return try row.map { try RequestChild($0) }
    }

    /// The parts of a request with their names, the oldest first.
    public func all(of parent: RequestReference) async throws -> [RequestChild] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM request_child
            WHERE parent = \(parent.rawValue)
            ORDER BY split_at, service_request_id
            """
        )
        return try rows.map { try RequestChild($0) }
    }

    private static let columns: SQL = "service_request_id, parent, name, split_at, split_by"

    /// Which of some requests are parts, with what they are parts of.
    public func parents(of references: [RequestReference]) async throws -> [RequestReference: RequestReference] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, parent
            FROM request_child
            WHERE service_request_id = ANY (\(references.map(\.rawValue)))
            """
        )
        var parents: [RequestReference: RequestReference] = [:]
        for row in rows {
            parents[RequestReference(trusted: try row.decode("service_request_id"))] = RequestReference(
                trusted: try row.decode("parent")
            )
        }
        return parents
    }

    /// The parts of a request as they stand, the oldest first; without their decisions.
    public func of(_ parent: RequestReference) async throws -> [ServiceRequest] {
        let rows = try await transaction.all(
            """
            SELECT \(ServiceRequests.columns)
            FROM service_request
            WHERE service_request_id IN (
                    SELECT child.service_request_id
                    FROM request_child AS child
                    WHERE child.parent = \(parent.rawValue)
                )
            ORDER BY requested_at, service_request_id
            """
        )
        return try rows.map { try ServiceRequest($0) }
    }

    /// The parts of a request that have not ended.
    public func open(of parent: RequestReference) async throws -> [RequestReference] {
        let rows = try await transaction.all(
            """
            SELECT child.service_request_id
            FROM request_child AS child
            JOIN service_request AS request ON request.service_request_id = child.service_request_id
            WHERE child.parent = \(parent.rawValue)
                AND request.status = 'open'
            ORDER BY child.service_request_id
            """
        )
        return try rows.map { RequestReference(trusted: try $0.decode("service_request_id")) }
    }
}

extension RequestChild {
    init(_ row: Row) throws {
        self.init(
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            parent: RequestReference(trusted: try row.decode("parent")),
            name: try row.decodeJSON("name"),
            splitAt: try row.decode("split_at"),
            splitBy: try row.decode("split_by")
        )
    }
}
