public import Domain
public import Foundation
import Postgres

/// How many requests of a time a tenant has, each counted once in the region: at its lead.
public struct RequestFigure: Sendable, Hashable, Codable {
    /// Requests this tenant leads.
    public var led = 0
    /// Those of ``led`` that are open.
    public var open = 0
    /// Parts of other requests that this tenant leads; not in ``led``, because the whole is counted.
    public var parts = 0
    /// Requests another body leads, of which this tenant keeps a mirror; not in ``led``.
    public var mirrored = 0
    /// Requests that nobody leads yet.
    public var waiting = 0
    /// Those of ``led`` that were opened again at least once.
    public var reopened = 0
    /// How often requesters said of requests of ``led`` that they are not done.
    public var disputes = 0

    /// Nothing counted yet.
    public init() {}
}

/// How often a rule of the agreement sent a request to a body that said it was not theirs.
public struct MisrouteFigure: Sendable, Hashable, Codable {
    /// Id of the rule; empty where the place alone decided.
    public let rule: String
    /// Requests that the rule decided.
    public var decided: Int
    /// Those of them that the body named refused as not its area, asset or service, that ran out unanswered at it, or that the
    /// arbiter gave to another; not those that the arbiter gave to the very body the rule names.
    public var misrouted: Int

    /// Misrouted of decided, 0 to 1; nil without any decided.
    public var rate: Double? { decided == 0 ? nil : Double(misrouted) / Double(decided) }

    /// A rule's figure.
    public init(rule: String, decided: Int, misrouted: Int) {
        self.rule = rule
        self.decided = decided
        self.misrouted = misrouted
    }
}

/// Figures over one tenant's requests.
public struct RequestFigures {
    let transaction: TenantTransaction

    /// Figures of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Counts the requests received in a time, its last instant left out.
    public func count(from start: Date, until end: Date) async throws -> RequestFigure {
        let row = try await transaction.first(
            """
            SELECT count(*) FILTER (WHERE standing = 'lead' AND NOT is_child) AS led,
                count(*) FILTER (WHERE standing = 'lead' AND NOT is_child AND status = 'open') AS open,
                count(*) FILTER (WHERE standing = 'lead' AND is_child) AS parts,
                count(*) FILTER (WHERE standing = 'mirrored') AS mirrored,
                count(*) FILTER (WHERE standing = 'waiting') AS waiting,
                count(*) FILTER (WHERE standing = 'lead' AND NOT is_child AND reopenings > 0) AS reopened,
                COALESCE(sum(disputes) FILTER (WHERE standing = 'lead' AND NOT is_child), 0)::bigint AS disputes
            FROM (
                SELECT request.standing, request.status,
                    (request.life ->> 'reopenings')::integer AS reopenings,
                    COALESCE((request.life ->> 'disputes')::integer, 0) AS disputes,
                    EXISTS (
                        SELECT 1
                        FROM request_child AS child
                        WHERE child.service_request_id = request.service_request_id
                    ) AS is_child
                FROM service_request AS request
                WHERE request.requested_at >= \(start)
                    AND request.requested_at < \(end)
            ) AS counted
            """
        )
        var figure = RequestFigure()
        guard let row else { return figure }
        figure.led = try row.decode("led")
        figure.open = try row.decode("open")
        figure.parts = try row.decode("parts")
        figure.mirrored = try row.decode("mirrored")
        figure.waiting = try row.decode("waiting")
        figure.reopened = try row.decode("reopened")
        figure.disputes = try row.decode("disputes")
        return figure
    }

    /// Misrouted requests by the rule that decided them first, of those born here and received in a time, its last instant left out.
    ///
    /// - Parameter codes: Codes under which references of this schema were born; a copy of another body's request counts there.
    public func misroutes(
        bornUnder codes: [TenantCode],
        from start: Date,
        until end: Date
    ) async throws -> [MisrouteFigure] {
        let rows = try await transaction.all(
            """
            SELECT rule, count(*) AS decided, count(*) FILTER (WHERE is_misrouted) AS misrouted
            FROM (
                SELECT COALESCE(first.details ->> 'rule_id', '') AS rule,
                    (EXISTS (
                        SELECT 1
                        FROM hand_over AS offer
                        WHERE offer.service_request_id = request.service_request_id
                            AND offer.direction = 'out'
                            AND COALESCE(offer.decision ->> 'rule_id', '') = COALESCE(first.details ->> 'rule_id', '')
                            AND (offer.state = 'timed_out'
                                OR offer.reason_code IN ('not_our_area', 'not_our_asset', 'not_our_service'))
                    ) OR EXISTS (
                        SELECT 1
                        FROM service_request_event AS word
                        WHERE word.service_request_id = request.service_request_id
                            AND word.kind = 'decided'
                            AND word.details ->> 'overruled' = COALESCE(first.details ->> 'rule_id', '')
                    ))
                    AND NOT EXISTS (
                        SELECT 1
                        FROM service_request_event AS word
                        WHERE word.service_request_id = request.service_request_id
                            AND word.kind = 'decided'
                            AND word.details ->> 'confirmed' = COALESCE(first.details ->> 'rule_id', '')
                    ) AS is_misrouted
                FROM service_request AS request
                JOIN service_request_event AS first ON first.service_request_id = request.service_request_id
                    AND first.sequence = 2
                    AND first.kind = 'decided'
                WHERE request.requested_at >= \(start)
                    AND request.requested_at < \(end)
                    AND split_part(request.service_request_id, '-', 1) = ANY (\(codes.map(\.rawValue)))
            ) AS routed
            GROUP BY rule
            ORDER BY count(*) FILTER (WHERE is_misrouted) DESC, count(*) DESC, rule
            """
        )
        return try rows.map { row in
            MisrouteFigure(
                rule: try row.decode("rule"),
                decided: try row.decode("decided"),
                misrouted: try row.decode("misrouted")
            )
        }
    }
}
