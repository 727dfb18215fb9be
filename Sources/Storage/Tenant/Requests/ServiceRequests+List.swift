public import Domain
import Foundation
import Postgres

extension ServiceRequests {
    /// Most requests of one page.
    public static let largestPage = 1000

    /// Hands over the requests of one page one by one, newest first and then by reference, in constant memory.
    ///
    /// Pages tile: no request is on two of them while nothing changes. Past the end there is nothing. The requests come
    /// without their decision.
    ///
    /// - Parameters:
    ///   - page: Counted from 1; less counts as 1.
    ///   - pageSize: Held to 1...1000.
    public func stream(
        _ filter: RequestFilter,
        page: Int = 1,
        pageSize: Int = largestPage,
        each: (ServiceRequest) async throws -> Void
    ) async throws {
        let size = min(max(pageSize, 1), Self.largestPage)
        let (skipped, isTooFar) = (max(page, 1) - 1).multipliedReportingOverflow(by: size)
        guard !isTooFar else { return }
        // A circle is judged here, so what it leaves out cannot be skipped by the database.
        var toSkip = filter.circle == nil ? 0 : skipped
        var offset = filter.circle == nil ? skipped : 0
        var left = size
        var last: ServiceRequest?
        while left > 0 {
            let limit = filter.circle == nil ? min(left, Self.batch) : Self.batch
            let requests = try await rows(filter, after: last, offset: offset, limit: limit)
            offset = 0
            last = requests.last
            for request in requests {
                if let circle = filter.circle {
                    guard let place = request.coordinate, circle.contains(place) else { continue }
                }
                guard toSkip == 0 else {
                    toSkip -= 1
                    continue
                }
                try await each(request)
                left -= 1
                if left == 0 { return }
            }
            guard requests.count == limit else { return }
        }
    }

    /// The requests of one page as ``stream(_:page:pageSize:each:)`` would hand them over.
    public func list(
        _ filter: RequestFilter,
        page: Int = 1,
        pageSize: Int = largestPage
    ) async throws -> [ServiceRequest] {
        var requests: [ServiceRequest] = []
        try await stream(filter, page: page, pageSize: pageSize) { requests.append($0) }
        return requests
    }

    /// Requests fetched at a time.
    private static let batch = 200

    func rows(
        _ filter: RequestFilter,
        after last: ServiceRequest?,
        offset: Int,
        limit: Int
    ) async throws -> [ServiceRequest] {
        var condition = filter.condition
        if let last {
            let keySet: SQL = """

                    AND requested_at <= \(last.requestedAt)
                    AND (requested_at < \(last.requestedAt) OR service_request_id > \(last.reference.rawValue))
                """
            condition = condition + keySet
        }
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM service_request
            WHERE \(condition)
            ORDER BY requested_at DESC, service_request_id
            LIMIT \(limit)
            OFFSET \(offset)
            """
        )
        return try rows.map { try ServiceRequest($0) }
    }
}

extension ServiceRequest {
    init(_ row: Row) throws {
        var coordinate: Coordinate?
        if let latitude = try row.decode("latitude_nano", as: Int64?.self) {
            coordinate = try Coordinate(latitudeNano: latitude, longitudeNano: try row.decode("longitude_nano"))
        }
        let decision = row.columnNames.last == "decision" ? try row.jsonIfPresent("decision") : nil
        self.init(
            reference: RequestReference(trusted: try row.decode("service_request_id")),
            tenant: JurisdictionID(trusted: try row.decode("jurisdiction_id")),
            standing: try row.word("standing"),
            counterpart: try row.decode("counterpart", as: String?.self).map { try ReceivingBody(stored: $0) },
            serviceCode: ServiceCode(trusted: try row.decode("service_code")),
            publicType: ServiceCode(trusted: try row.decode("public_type")),
            part: try row.decode("service_part", as: String?.self).map(ServicePart.init(trusted:)),
            channel: try row.word("channel"),
            language: try row.word("language"),
            life: try row.decodeJSON("life"),
            statusNotes: try row.decode("status_notes"),
            description: try row.decode("description"),
            coordinate: coordinate,
            address: try row.decode("address"),
            addressID: try row.decode("address_id"),
            zipcode: try row.decode("zipcode"),
            answers: try row.decodeJSON("answers"),
            staffOnlyAnswers: try row.decode("staff_only_answers"),
            mediaURLs: try row.decode("media_urls"),
            decision: try decision?.decoded(),
            department: try row.decode("department"),
            agencyResponsible: try row.decode("agency_responsible"),
            serviceNotice: try row.decode("service_notice"),
            priority: try row.word("priority"),
            visibility: try row.word("visibility"),
            catalogueVersion: try row.decode("catalogue_version"),
            slaVersion: try row.decode("sla_version"),
            calendarVersion: try row.decode("calendar_version"),
            requestedAt: try row.decode("requested_at"),
            updatedAt: try row.decode("updated_at"),
            reviewDue: try row.decode("review_due_at"),
            completeDue: try row.decode("complete_due_at"),
            rowVersion: try row.decode("row_version"),
            parent: try row.decode("parent_reference", as: String?.self).map(RequestReference.init(trusted:)),
            withheld: Withheld(words: try row.decode("withheld"))
        )
    }
}

extension Date {
    /// The second it lies in; a rounded one could lie in the future.
    var wholeSecond: Date {
        Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))
    }
}
