import Domain
public import Foundation
public import Storage

/// Loads a region's telephone files into a hub that has none: list, exchanges, shares, numbers, consents and notices.
///
/// All or nothing: every fault of every file is named, and nothing is stored before there is none.
public struct LoadTelephoneFolder: Sendable {
    /// The files looked for; any may be missing.
    public static let files = [
        "co-codes.csv", "exchanges.csv", "exchange-shares.csv", "termination-numbers.csv", "exchange-consents.csv",
        "exchange-notices.csv", "legacy-numbers.csv",
    ]

    private let databases: TenantDatabases

    /// An operation over these databases.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// Loads what is there, when the registers have never been written to.
    ///
    /// - Parameter zone: in which days of the files are meant.
    /// - Returns: the files loaded; empty when there are none or there is something already.
    /// - Throws: ``RegisterFault`` with every fault.
    public func callAsFunction(_ folder: URL, zone: TimeZone, by actor: String, now: Date) async throws -> [String] {
        let present = Self.files.filter {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
        guard !present.isEmpty else { return [] }
        let revision = try await databases.withHub(.readOnly) { try await NumberingLists($0).revision() }
        guard revision == 0 else { return [] }
        let read = try TelephoneFolder(folder, present: Set(present), zone: zone)
        guard read.faults.isEmpty else { throw RegisterFault(read.faults) }
        try await databases.withHub { transaction in
            try await Self.store(read, in: transaction, by: actor, now: now)
        }
        return present
    }

    private static func store(
        _ read: TelephoneFolder,
        in transaction: HubTransaction,
        by actor: String,
        now: Date
    ) async throws {
        let lists = NumberingLists(transaction)
        if !read.codes.isEmpty {
            let list = try await lists.insert(
                read.codes,
                date: CalendarDay(now, in: read.zone),
                source: "co-codes.csv",
                passed: true,
                now: now
            )
            _ = try await lists.activate(list, at: now, by: actor, now: now)
        }
        let exchanges = Exchanges(transaction)
        for exchange in read.exchanges { try await exchanges.put(exchange, now: now) }
        for set in read.shares { try await exchanges.add(set, by: actor, now: now) }
        let numbers = TelephoneNumbers(transaction)
        for number in read.terminations { try await numbers.add(number) }
        for number in read.legacyNumbers { try await numbers.put(number, now: now) }
        let consents = ExchangeConsents(transaction)
        for consent in read.consents { _ = try await consents.add(consent, by: actor, now: now) }
        let notices = CarrierNotices(transaction)
        for notice in read.notices { _ = try await notices.put(notice, now: now) }
        try await lists.raiseRevision()
    }
}
