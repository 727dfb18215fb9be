public import Domain
public import Foundation
import Postgres

/// A notice of planned work: where, when and what for.
public struct WorkNotice: Sendable, Hashable, Identifiable {
    /// Identity.
    public let id: UUID
    /// One line.
    public let title: LocalizedText
    /// What is done and what it means for people there.
    public let words: LocalizedText
    /// Areas by their ids.
    public let areas: [String]
    /// Streets by the keys of their names.
    public let streets: [String]
    /// First day.
    public let startsOn: CalendarDay
    /// Last day.
    public let endsOn: CalendarDay
    /// When it was published.
    public let publishedAt: Date
    /// Who published it.
    public let publishedBy: String

    /// A notice.
    public init(
        id: UUID = UUID(),
        title: LocalizedText,
        words: LocalizedText,
        areas: [String],
        streets: [String],
        startsOn: CalendarDay,
        endsOn: CalendarDay,
        publishedAt: Date,
        publishedBy: String
    ) {
        self.id = id
        self.title = title
        self.words = words
        self.areas = areas
        self.streets = streets
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.publishedAt = publishedAt
        self.publishedBy = publishedBy
    }
}

/// Notices of planned work of this tenant.
public struct WorkNotices {
    let transaction: TenantTransaction

    /// The notices of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a notice.
    public func insert(_ notice: WorkNotice) async throws {
        try await transaction.queue(
            """
            INSERT INTO work_notice
                (notice_id, title, words, areas, streets, starts_on, ends_on, published_at, published_by)
            VALUES
                (\(notice.id), \(try StoredJSON(notice.title).value), \(try StoredJSON(notice.words).value),
                \(notice.areas), \(notice.streets), \(notice.startsOn.description), \(notice.endsOn.description),
                \(notice.publishedAt), \(notice.publishedBy))
            """
        )
    }

    /// A notice; nil when this tenant has none of that id.
    public func read(_ id: UUID) async throws -> WorkNotice? {
        let row = try await transaction.first(
            """
            SELECT notice_id, title, words, areas, streets, starts_on, ends_on, published_at, published_by
            FROM work_notice
            WHERE notice_id = \(id)
            """
        )
        return try row.map(WorkNotice.init)
    }

    /// Notices that are not over on a day, the next first.
    public func current(on day: CalendarDay) async throws -> [WorkNotice] {
        let rows = try await transaction.all(
            """
            SELECT notice_id, title, words, areas, streets, starts_on, ends_on, published_at, published_by
            FROM work_notice
            WHERE ends_on >= \(day.description)
            ORDER BY starts_on, notice_id
            """
        )
        return try rows.map(WorkNotice.init)
    }
}

extension WorkNotice {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.decode("notice_id"),
            title: try row.json("title").decoded(as: LocalizedText.self),
            words: try row.json("words").decoded(as: LocalizedText.self),
            areas: try row.decode("areas"),
            streets: try row.decode("streets"),
            startsOn: try CalendarDay(row.decode("starts_on", as: String.self)),
            endsOn: try CalendarDay(row.decode("ends_on", as: String.self)),
            publishedAt: try row.decode("published_at"),
            publishedBy: try row.decode("published_by")
        )
    }
}
