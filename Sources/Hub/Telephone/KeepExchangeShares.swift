public import Domain
import Foundation
import Storage

/// Keeps how much of each exchange lies in which municipality: typed, from a file, or counted from addresses.
public struct KeepExchangeShares: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Stores sets of shares; each counts from its first day on, the earlier ones stay for the days before.
    ///
    /// - Throws: ``RegisterFault`` naming every exchange and municipality that is none.
    public func add(_ sets: [ExchangeShareSet], by actor: String) async throws {
        let names = surroundings.registerNames
        var faults: [String] = []
        for set in sets {
            do throws(RegisterFault) { try names.check(set.exchange) } catch { faults += error.faults }
            for share in set.shares {
                do throws(RegisterFault) { try names.check(share.area) } catch { faults += error.faults }
            }
        }
        guard faults.isEmpty else { throw RegisterFault(faults) }
        let now = surroundings.now()
        try await surroundings.databases.withHub { transaction in
            let exchanges = Exchanges(transaction)
            for set in sets { try await exchanges.add(set, by: actor, now: now) }
            try await NumberingLists(transaction).raiseRevision()
        }
    }

    /// Reads a file with the columns `exchange_area`, `municipality`, `share`, `basis`, `valid_from` and, if it has one, `note`.
    ///
    /// Rows of one exchange, basis and day are one set.
    /// - Throws: ``DataFileError`` when the file can't be read or lacks a column.
    public static func read(path: String) throws -> (sets: [ExchangeShareSet], bad: [BadRow]) {
        struct Key: Hashable {
            let exchange: ExchangeName
            let basis: ExchangeShareSet.Basis
            let from: CalendarDay
        }
        var groups: [Key: (row: Int, shares: [ExchangeShare], note: String)] = [:]
        var order: [Key] = []
        var bad = try TelephoneTable.read(
            path: path,
            columns: [
                "exchange_area": ["exchange"], "municipality": ["area_id"], "share": [], "basis": [],
                "valid_from": ["as_of", "from"],
            ],
            optional: ["note": []]
        ) { row in
            let word = try row.required("basis")
            guard let basis = ExchangeShareSet.Basis(rawValue: word) else {
                throw RowFault("basis: \(FieldFault.excerpt(word)) is none of data, addresses, typed")
            }
            let key = Key(exchange: try row.checked("exchange_area"), basis: basis, from: try row.day("valid_from"))
            let area = try row.checked("municipality", as: AreaID.self)
            let share: ExchangeShare
            do {
                share = try ExchangeShare(area: area, share: try ExchangeShare.value(try row.required("share")))
            } catch let fault as ExchangeShare.Invalid { throw RowFault("share: \(fault)") }
            if groups[key] == nil { order.append(key) }
            groups[key, default: (row.number, [], row.text("note"))].shares.append(share)
        }
        var sets: [ExchangeShareSet] = []
        for key in order {
            guard let group = groups[key] else { continue }
            do {
                sets.append(
                    try ExchangeShareSet(
                        exchange: key.exchange,
                        basis: key.basis,
                        from: key.from,
                        shares: group.shares,
                        note: group.note
                    )
                )
            } catch { bad.append(BadRow(row: group.row, reason: "\(error)")) }
        }
        return (sets, bad)
    }
}
