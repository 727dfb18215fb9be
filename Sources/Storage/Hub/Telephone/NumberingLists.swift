public import Domain
public import Foundation
import Postgres

/// An edition of the list with what became of it.
public struct StoredNumberingList: Sendable, Hashable, Codable {
    /// Number, date and size.
    public let list: NumberingList

    /// The file it came from.
    public let source: String

    /// When it was imported.
    public let importedAt: Date

    /// Whether it may be put in force.
    public let passed: Bool
}

/// Editions of the numbering administrator's list: imported, and put in force at an instant.
///
/// Whatever the registers or the lists change raises the revision, in the same transaction: processes look at that one small number.
public struct NumberingLists {
    let transaction: HubTransaction

    /// The editions of the hub.
    public init(_ transaction: HubTransaction) {
        self.transaction = transaction
    }

    /// Stores an edition beside those there are and returns its number.
    public func insert(
        _ codes: [CodeAssignment],
        date: CalendarDay,
        source: String,
        passed: Bool,
        now: Date
    ) async throws -> Int {
        let row = try await transaction.first(
            """
            INSERT INTO hub.numbering_list
                (list_date, source, codes, imported_at, passed)
            VALUES
                (\(PostgresDay(date)), \(source), \(codes.count), \(now), \(passed))
            RETURNING list
            """
        )
        guard let row else { throw StorageError.other(detail: "no number for a new list") }
        let list = try row.decode("list", as: Int.self)
        var rest = codes[...]
        while !rest.isEmpty {
            try await add(rest.prefix(1_000), to: list)
            rest = rest.dropFirst(1_000)
        }
        return list
    }

    private func add(_ codes: ArraySlice<CodeAssignment>, to list: Int) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.central_office_code
                (list, area_code, office_code, status, exchange_area, province, company, operating_company, remarks,
                is_wireless)
            SELECT \(Int32(list)), area_code, office_code, status, exchange_area, province, company, operating_company,
                remarks, is_wireless
            FROM unnest(
                \(codes.map { Int16($0.code.areaCode) }), \(codes.map { Int16($0.code.officeCode) }),
                \(codes.map(\.status.rawValue)), \(codes.map(\.exchange.rawValue)), \(codes.map(\.province)),
                \(codes.map(\.company)), \(codes.map(\.operatingCompany)), \(codes.map(\.remarks)),
                \(codes.map(\.isWireless))
            ) AS code
                (area_code, office_code, status, exchange_area, province, company, operating_company, remarks, is_wireless)
            """
        )
    }

    /// Orders that an edition is in force from an instant on; false when there is none of that number or it did not pass.
    ///
    /// An earlier edition is brought back in the same way. Of two orders for one instant the later one counts.
    public func activate(_ list: Int, at instant: Date, by actor: String, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            INSERT INTO hub.numbering_activation
                (list, activates_at, ordered_at, ordered_by)
            SELECT list, \(instant), \(now), \(actor)
            FROM hub.numbering_list
            WHERE list = \(list)
                AND passed
            """
        )
        return count == 1
    }

    /// The edition in force at an instant; nil before the first.
    public func current(at instant: Date) async throws -> NumberingList? {
        let row = try await transaction.first(
            """
            SELECT edition.list, edition.list_date, edition.codes
            FROM hub.numbering_activation AS activation
            JOIN hub.numbering_list AS edition ON edition.list = activation.list
            WHERE activation.activates_at <= \(instant)
            ORDER BY activation.activates_at DESC, activation.activation DESC
            LIMIT 1
            """
        )
        return try row.map(NumberingList.init)
    }

    /// All editions, the newest first.
    public func all() async throws -> [StoredNumberingList] {
        try await transaction.all(
            """
            SELECT list, list_date, codes, source, imported_at, passed
            FROM hub.numbering_list
            ORDER BY list DESC
            """
        ).map { row in
            StoredNumberingList(
                list: try NumberingList(row),
                source: try row.decode("source"),
                importedAt: try row.decode("imported_at"),
                passed: try row.decode("passed")
            )
        }
    }

    /// The codes of an edition, by digits.
    public func codes(of list: Int) async throws -> [CodeAssignment] {
        var codes: [CodeAssignment] = []
        let rows = try transaction.stream(
            """
            SELECT area_code, office_code, status, exchange_area, province, company, operating_company, remarks,
                is_wireless
            FROM hub.central_office_code
            WHERE list = \(list)
            ORDER BY area_code, office_code
            """
        )
        for try await row in rows {
            codes.append(
                CodeAssignment(
                    code: try CentralOfficeCode(
                        areaCode: Int(try row.decode("area_code", as: Int16.self)),
                        officeCode: Int(try row.decode("office_code", as: Int16.self))
                    ),
                    status: try row.word("status"),
                    exchange: ExchangeName(trusted: try row.decode("exchange_area")),
                    province: try row.decode("province"),
                    company: try row.decode("company"),
                    operatingCompany: try row.decode("operating_company"),
                    remarks: try row.decode("remarks"),
                    isWireless: try row.decode("is_wireless")
                )
            )
        }
        return codes
    }

    /// What is counted apart, so that settings alone do not look like a loaded register.
    public enum Register: String, Sendable, Hashable, CaseIterable {
        /// Lists, exchanges, numbers, consents.
        case telephone
        /// Where calls are answered.
        case settings
    }

    /// How often a register has changed; the same number means the same entries.
    public func revision(of register: Register = .telephone) async throws -> Int {
        let row = try await transaction.first(
            """
            SELECT revision
            FROM hub.numbering_revision
            WHERE register = \(register.rawValue)
            """
        )
        return try row?.decode("revision", as: Int.self) ?? 0
    }

    /// Queues the mark that a register changed.
    public func raiseRevision(of register: Register = .telephone) async throws {
        try await transaction.queue(
            """
            INSERT INTO hub.numbering_revision
                (register, revision)
            VALUES
                (\(register.rawValue), 1)
            ON CONFLICT (register) DO UPDATE
            SET revision = numbering_revision.revision + 1
            """
        )
    }
}

extension NumberingList {
    init(_ row: Row) throws {
        self.init(
            id: try row.decode("list"),
            date: try row.day("list_date"),
            codes: try row.decode("codes")
        )
    }
}

extension Row {
    /// A `date` column.
    func day(_ column: String) throws -> CalendarDay {
        let day = try decode(column, as: PostgresDay.self).components
        return try CalendarDay(year: day.year, month: day.month, day: day.day)
    }

    /// A `date` column or NULL.
    func dayIfPresent(_ column: String) throws -> CalendarDay? {
        guard let day = try decode(column, as: PostgresDay?.self)?.components else { return nil }
        return try CalendarDay(year: day.year, month: day.month, day: day.day)
    }
}
