public import Domain
public import Foundation
import Postgres

/// One message of a system outside as it was taken.
public struct StoredConnectorWord: Sendable, Hashable {
    /// Code of the connector.
    public let connector: String
    /// What makes it the same message when it comes again.
    public let identity: String
    /// How it came.
    public let way: Way
    /// The request it is about; nil when it named none of ours.
    public let reference: RequestReference?
    /// What became of it.
    public let result: Result
    /// Why it was refused; nil when it was not.
    public let fault: String?
    /// What was told, as it was told.
    public let content: StoredJSON
    /// When it came, by our clock.
    public let receivedAt: Date

    /// Ways in.
    public enum Way: String, Sendable, Hashable, CaseIterable {
        /// A signed call.
        case webhook
        /// A file of finished work.
        case file
        /// A letter.
        case mail
    }

    /// What became of a message.
    public enum Result: String, Sendable, Hashable, CaseIterable {
        /// It moved the request.
        case applied
        /// It stands in the history and moved nothing.
        case noted
        /// It names no request of ours, or cannot be understood.
        case refused
    }

    /// A message.
    public init(
        connector: String,
        identity: String,
        way: Way,
        reference: RequestReference?,
        result: Result,
        fault: String?,
        content: StoredJSON,
        receivedAt: Date
    ) {
        self.connector = connector
        self.identity = identity
        self.way = way
        self.reference = reference
        self.result = result
        self.fault = fault
        self.content = content
        self.receivedAt = receivedAt
    }
}

/// Messages of systems outside to this tenant.
public struct ConnectorWords {
    let transaction: TenantTransaction

    /// The messages to the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// What became of a message that came before; nil when it never came.
    public func result(connector: String, identity: String) async throws -> StoredConnectorWord.Result? {
        try await transaction.first(
            """
            SELECT result
            FROM connector_word
            WHERE connector = \(connector)
                AND identity = \(identity)
            """
        )?.word("result")
    }

    /// Writes a message down; false when it is there already and was not refused, and nothing was written.
    ///
    /// Two copies at once wait for each other here, and one of them is told false.
    public func put(_ word: StoredConnectorWord) async throws -> Bool {
        let count = try await transaction.change(
            """
            INSERT INTO connector_word
                (connector, identity, way, service_request_id, result, fault, content, received_at)
            VALUES
                (\(word.connector), \(word.identity), \(word.way.rawValue), \(word.reference?.rawValue),
                \(word.result.rawValue), \(word.fault), \(word.content.value), \(word.receivedAt))
            ON CONFLICT (connector, identity) DO UPDATE
            SET way = excluded.way, service_request_id = excluded.service_request_id, result = excluded.result,
                fault = excluded.fault, content = excluded.content, received_at = excluded.received_at
            WHERE connector_word.result = 'refused'
            """
        )
        return count == 1
    }

    /// Messages of a connector received from `start` until before `end`, the oldest first.
    public func received(
        connector: String,
        from start: Date,
        until end: Date,
        limit: Int = 10_000
    ) async throws -> [StoredConnectorWord] {
        let rows = try await transaction.all(
            """
            SELECT connector, identity, way, service_request_id, result, fault, content, received_at
            FROM connector_word
            WHERE connector = \(connector)
                AND received_at >= \(start)
                AND received_at < \(end)
            ORDER BY received_at, identity
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            StoredConnectorWord(
                connector: try row.decode("connector"),
                identity: try row.decode("identity"),
                way: try row.word("way"),
                reference: try row.decode("service_request_id", as: String?.self).map(RequestReference.init(trusted:)),
                result: try row.word("result"),
                fault: try row.decode("fault"),
                content: try row.json("content"),
                receivedAt: try row.decode("received_at")
            )
        }
    }
}
