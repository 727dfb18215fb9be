public import Domain
public import Foundation
import Postgres

/// The weather events a tenant has declared.
public struct WeatherEvents {
    let transaction: TenantTransaction

    /// The events of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a declared event.
    public func insert(_ event: WeatherEvent) async throws {
        let description = WrittenJSON.text(event.text)
        try await transaction.queue(
            """
            INSERT INTO weather_event
                (weather_event_id, description, area, parts, road_classes, starts_at, ends_at, declared_at, declared_by)
            VALUES
                (\(event.id), \(description), \(event.area), \(event.parts.map(\.rawValue)), \(event.roadClasses),
                \(event.startsAt), \(event.endsAt), \(event.declaredAt), \(event.declaredBy))
            """
        )
    }

    /// Declares an event over; false when it was before, or there is none of that number.
    public func end(_ event: WeatherEvent, by actor: String) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE weather_event
            SET ends_at = \(event.endsAt), ended_by = \(actor)
            WHERE weather_event_id = \(event.id)
                AND ends_at > \(event.endsAt)
            """
        )
        return count == 1
    }

    /// Events whose clocks may still have to be stopped or set going, the earliest first.
    public func unsettled() async throws -> [WeatherEvent] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM weather_event
            WHERE NOT is_settled
            ORDER BY starts_at, weather_event_id
            """
        )
        return try rows.map { try WeatherEvent($0) }
    }

    /// All events, the latest first.
    public func all(limit: Int = 100) async throws -> [WeatherEvent] {
        let rows = try await transaction.all(
            """
            SELECT \(Self.columns)
            FROM weather_event
            ORDER BY starts_at DESC, weather_event_id
            LIMIT \(limit)
            """
        )
        return try rows.map { try WeatherEvent($0) }
    }

    /// Queues that nothing is left to do about an event.
    public func settle(_ id: UUID) async throws {
        try await transaction.queue(
            """
            UPDATE weather_event
            SET is_settled = true
            WHERE weather_event_id = \(id)
            """
        )
    }

    /// Open requests of ours about some parts of service whose clocks run, with the class of the road that decided.
    ///
    /// - Parameter families: Parts, each with everything below it; `*` for all.
    public func running(families: [String], after last: String, limit: Int) async throws -> [(
        reference: RequestReference, part: ServicePart?, roadClass: String?
    )] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, service_part, decision -> 'road' ->> 'road_class' AS road_class
            FROM service_request
            WHERE status = 'open'
                AND standing = 'lead'
                AND life ->> 'pause' IS NULL
                AND service_request_id > \(last)
                AND EXISTS (
                    SELECT 1
                    FROM unnest(\(families)) AS family
                    WHERE family = '*'
                        OR service_part = family
                        OR starts_with(service_part, family || '.')
                )
                AND EXISTS (
                    SELECT 1
                    FROM request_clock
                    WHERE request_clock.service_request_id = service_request.service_request_id
                        AND met_at IS NULL
                )
            ORDER BY service_request_id
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            (
                RequestReference(trusted: try row.decode("service_request_id")),
                try row.decode("service_part", as: String?.self).map(ServicePart.init(trusted:)),
                try row.decode("road_class")
            )
        }
    }

    /// Requests whose clocks stand still for a weather event, with their part and class of road.
    public func suspended(after last: String, limit: Int) async throws -> [(
        reference: RequestReference, part: ServicePart?, roadClass: String?
    )] {
        let rows = try await transaction.all(
            """
            SELECT service_request_id, service_part, decision -> 'road' ->> 'road_class' AS road_class
            FROM service_request
            WHERE status = 'open'
                AND life ->> 'pause' = 'weather_event'
                AND service_request_id > \(last)
            ORDER BY service_request_id
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            (
                RequestReference(trusted: try row.decode("service_request_id")),
                try row.decode("service_part", as: String?.self).map(ServicePart.init(trusted:)),
                try row.decode("road_class")
            )
        }
    }

    private static let columns: SQL = """
        weather_event_id, description, area, parts, road_classes, starts_at, ends_at, declared_at, declared_by
        """
}

extension WeatherEvent {
    init(_ row: Row) throws {
        self.init(
            id: try row.decode("weather_event_id"),
            text: try row.decodeJSON("description"),
            area: try row.decode("area"),
            parts: try row.decode("parts", as: [String].self).map(PartPattern.init(trusted:)),
            roadClasses: try row.decode("road_classes"),
            startsAt: try row.decode("starts_at"),
            endsAt: try row.decode("ends_at"),
            declaredAt: try row.decode("declared_at"),
            declaredBy: try row.decode("declared_by")
        )
    }
}
