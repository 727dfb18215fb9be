public import Domain
import Foundation
public import Storage

/// Keeps the registers of numbers: what each dialled number stands for, and the old numbers with the calls still reaching them.
public struct KeepTelephoneNumbers: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Stores a termination number; an open entry of the same number ends where it begins.
    ///
    /// - Throws: ``RegisterFault``.
    public func add(_ entry: TerminationNumber) async throws {
        switch entry.target {
        case .exchange(let name): try surroundings.registerNames.check(name)
        case .tenant(let id):
            guard surroundings.tenantIDs.contains(id) else {
                throw RegisterFault("tenant", "\(id) is not served here; hub311 tenant list names those that are")
            }
        }
        if let until = entry.until, until <= entry.from {
            throw RegisterFault("until", "the number would end before it begins")
        }
        try await surroundings.databases.withHub { transaction in
            try await TelephoneNumbers(transaction).add(entry)
            try await NumberingLists(transaction).raiseRevision()
        }
    }

    /// Every termination number, by number and time.
    public func terminations() async throws -> [TerminationNumber] {
        try await surroundings.databases.withHub { try await TelephoneNumbers($0).terminations() }
    }

    /// Stores an old number.
    ///
    /// - Throws: ``RegisterFault``.
    public func add(_ number: LegacyNumber) async throws {
        let names = surroundings.registerNames
        try names.check(number.jurisdiction)
        if let exchange = number.exchange { try names.check(exchange) }
        let now = surroundings.now()
        try await surroundings.databases.withHub { transaction in
            try await TelephoneNumbers(transaction).put(number, now: now)
            try await NumberingLists(transaction).raiseRevision()
        }
    }

    /// Sets the day an old number is given up.
    ///
    /// - Throws: ``RegisterFault`` when it is in no register.
    public func retire(_ number: NationalNumber, on day: CalendarDay) async throws {
        try await surroundings.databases.withHub { transaction in
            guard try await TelephoneNumbers(transaction).retire(number, of: nil, on: day) else {
                throw RegisterFault("number", "\(number) is no old number; hub311 exchange legacy list shows them")
            }
            try await NumberingLists(transaction).raiseRevision()
        }
    }

    /// The old numbers of one body or of all, and the calls that reached each since a day.
    public func legacy(
        of jurisdiction: JurisdictionID? = nil,
        since day: CalendarDay
    ) async throws -> [(number: LegacyNumber, traffic: [LegacyTraffic])] {
        try await surroundings.databases.withHub { transaction in
            let register = TelephoneNumbers(transaction)
            let traffic = Dictionary(grouping: try await register.traffic(since: day), by: \.number)
            return try await register.legacyNumbers(of: jurisdiction).map { ($0, traffic[$0.number] ?? []) }
        }
    }
}
