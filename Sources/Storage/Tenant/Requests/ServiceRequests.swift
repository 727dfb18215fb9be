public import Domain
public import Foundation
import Postgres

/// The service requests of one tenant: those it leads, mirrors of those it handed on, and those that wait for a lead.
public struct ServiceRequests {
    let transaction: TenantTransaction

    /// The service requests of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a new request.
    ///
    /// ``StorageError/alreadyThere`` at COMMIT: the reference is taken (or an idempotency key of the same transaction
    /// is).
    ///
    /// - Parameters:
    ///   - readableAt: Nobody outside can read it before; nil for at once.
    ///   - decision: The request's decision as JSON, when somebody has written it already.
    public func insert(
        _ request: ServiceRequest,
        readableAt: Date? = nil,
        decision written: StoredJSON? = nil
    ) async throws {
        let life = try WrittenJSON.life(request.life)
        let answers = WrittenJSON.answers(request.answers)
        let decision = try written?.value ?? request.decision.map(JSONValue.init)
        try await transaction.queue(
            """
            INSERT INTO service_request
                (service_request_id, jurisdiction_id, standing, counterpart, service_code, public_type, service_part,
                channel, language, status, step, outcome, life, status_notes, description,
                latitude_nano, longitude_nano, address, address_id, zipcode, answers, staff_only_answers,
                media_urls, department, agency_responsible, service_notice, decision, priority, visibility,
                catalogue_version, sla_version, calendar_version,
                requested_at, updated_at, readable_at, review_due_at, complete_due_at, row_version, parent_reference, withheld)
            VALUES
                (\(request.reference.rawValue), \(request.tenant.rawValue), \(request.standing.rawValue),
                \(request.counterpart?.stored), \(request.serviceCode.rawValue), \(request.publicType.rawValue),
                \(request.part?.rawValue),
                \(request.channel.rawValue), \(request.language.rawValue), \(request.status.rawValue),
                \(request.step.rawValue), \(request.outcome?.rawValue), \(life), \(request.statusNotes),
                \(request.description),
                \(request.coordinate?.latitudeNano), \(request.coordinate?.longitudeNano), \(request.address),
                \(request.addressID), \(request.zipcode), \(answers),
                \(request.staffOnlyAnswers), \(request.mediaURLs),
                \(request.department), \(request.agencyResponsible), \(request.serviceNotice), \(decision),
                \(request.priority.rawValue), \(request.visibility.rawValue),
                \(request.catalogueVersion), \(request.slaVersion), \(request.calendarVersion),
                \(request.requestedAt.wholeSecond), \(request.updatedAt.wholeSecond),
                \(readableAt ?? request.requestedAt.wholeSecond), \(request.reviewDue), \(request.completeDue),
                \(request.rowVersion), \(request.parent?.rawValue), \(request.withheld.words))
            """
        )
    }

    /// Saves a request that was read with this row version; false when somebody else was first, and nothing changed.
    ///
    /// The row's version counts up by one. A missing decision leaves the stored one. Channel, language, time of
    /// receipt and reference never change.
    public func update(_ request: ServiceRequest) async throws -> Bool {
        try await transaction.change(updating(request)) == 1
    }

    /// Queues the saving of a request that this transaction has locked with ``readForUpdate(_:)``.
    public func saveLocked(_ request: ServiceRequest) async throws {
        try await transaction.queue(try updating(request))
    }

    private func updating(_ request: ServiceRequest) throws -> SQL {
        let life = try WrittenJSON.life(request.life)
        let answers = WrittenJSON.answers(request.answers)
        let decision = try request.decision.map(JSONValue.init)
        return """
            UPDATE service_request
            SET standing = \(request.standing.rawValue), counterpart = \(request.counterpart?.stored),
                service_code = \(request.serviceCode.rawValue), public_type = \(request.publicType.rawValue),
                service_part = \(request.part?.rawValue), status = \(request.status.rawValue),
                step = \(request.step.rawValue), outcome = \(request.outcome?.rawValue), life = \(life),
                status_notes = \(request.statusNotes), description = \(request.description),
                latitude_nano = \(request.coordinate?.latitudeNano),
                longitude_nano = \(request.coordinate?.longitudeNano),
                address = \(request.address), address_id = \(request.addressID), zipcode = \(request.zipcode),
                answers = \(answers), staff_only_answers = \(request.staffOnlyAnswers),
                media_urls = \(request.mediaURLs), department = \(request.department),
                agency_responsible = \(request.agencyResponsible), service_notice = \(request.serviceNotice),
                decision = COALESCE(\(decision), decision), priority = \(request.priority.rawValue),
                visibility = \(request.visibility.rawValue), catalogue_version = \(request.catalogueVersion),
                sla_version = \(request.slaVersion), calendar_version = \(request.calendarVersion),
                updated_at = \(request.updatedAt.wholeSecond), review_due_at = \(request.reviewDue),
                complete_due_at = \(request.completeDue), row_version = \(request.rowVersion + 1),
                parent_reference = \(request.parent?.rawValue), withheld = \(request.withheld.words)
            WHERE service_request_id = \(request.reference.rawValue)
                AND row_version = \(request.rowVersion)
            """
    }

    /// One request with its decision, whoever may read it; nil when this tenant has none of that reference.
    public func read(_ reference: RequestReference) async throws -> ServiceRequest? {
        try await transaction.first(reading(reference)).map { try ServiceRequest($0) }
    }

    /// The same, when it may be read from outside by an instant; nil before, as for an unknown one.
    public func read(_ reference: RequestReference, readableAt: Date) async throws -> ServiceRequest? {
        try await transaction.first(reading(reference) + "\n    AND readable_at <= \(readableAt)").map { row in
            try ServiceRequest(row)
        }
    }

    /// The same as ``read(_:)``, and nobody else can change it until this transaction ends.
    public func readForUpdate(_ reference: RequestReference) async throws -> ServiceRequest? {
        try await transaction.first(reading(reference) + "\nFOR UPDATE").map { try ServiceRequest($0) }
    }

    private func reading(_ reference: RequestReference) -> SQL {
        """
        SELECT \(Self.columns), decision
        FROM service_request
        WHERE service_request_id = \(reference.rawValue)
        """
    }

    /// When a request may be read from outside; nil when this tenant has none of that reference.
    public func readableAt(_ reference: RequestReference) async throws -> Date? {
        try await transaction.first(
            """
            SELECT readable_at
            FROM service_request
            WHERE service_request_id = \(reference.rawValue)
            """
        )?.decode("readable_at")
    }

    /// How many requests of each standing and status there are.
    public func counts() async throws -> [RequestCount] {
        let rows = try await transaction.all(
            """
            SELECT standing, status, count(*) AS requests
            FROM service_request
            GROUP BY standing, status
            ORDER BY standing, status
            """
        )
        return try rows.map { row in
            RequestCount(
                standing: try row.word("standing"),
                status: try row.word("status"),
                count: try row.decode("requests")
            )
        }
    }

    /// Every column but the decision, which lists do not need.
    static let columns: SQL = """
        service_request_id, jurisdiction_id, standing, counterpart, service_code, public_type, service_part, channel,
        language, life, status_notes, description, latitude_nano, longitude_nano, address, address_id, zipcode, answers,
        staff_only_answers, media_urls, department, agency_responsible, service_notice, priority, visibility, catalogue_version,
        sla_version, calendar_version, requested_at, updated_at, review_due_at, complete_due_at, row_version,
        parent_reference, withheld
        """
}

/// How many requests of one standing and status a tenant has.
public struct RequestCount: Sendable, Hashable {
    /// What they are to the tenant.
    public let standing: ServiceRequest.Standing

    /// Open or closed.
    public let status: Open311Status

    /// How many.
    public let count: Int
}
