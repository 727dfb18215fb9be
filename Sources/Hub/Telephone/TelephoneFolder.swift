import Domain
import Foundation
import Storage

/// A region's telephone files as read, with every fault of every file.
struct TelephoneFolder {
    private(set) var codes: [CodeAssignment] = []
    private(set) var exchanges: [StoredExchange] = []
    private(set) var shares: [ExchangeShareSet] = []
    private(set) var terminations: [TerminationNumber] = []
    private(set) var consents: [ExchangeConsent] = []
    private(set) var notices: [CarrierNotice] = []
    private(set) var legacyNumbers: [LegacyNumber] = []
    private(set) var faults: [String] = []
    let zone: TimeZone

    init(_ folder: URL, present: Set<String>, zone: TimeZone) throws {
        self.zone = zone
        let readers: [(String, (inout TelephoneFolder, String) throws -> [BadRow])] = [
            ("co-codes.csv", { try $0.readCodes($1) }), ("exchanges.csv", { try $0.readExchanges($1) }),
            ("exchange-shares.csv", { try $0.readShares($1) }),
            ("termination-numbers.csv", { try $0.readTerminations($1) }),
            ("exchange-consents.csv", { try $0.readConsents($1) }),
            ("exchange-notices.csv", { try $0.readNotices($1) }),
            ("legacy-numbers.csv", { try $0.readLegacyNumbers($1) }),
        ]
        for (name, read) in readers where present.contains(name) {
            let path = folder.appendingPathComponent(name).path
            do {
                faults += try read(&self, path).map { "\(name): \($0)" }
            } catch { faults.append("\(name): \(error)") }
        }
    }

    private mutating func readCodes(_ path: String) throws -> [BadRow] {
        let list = try ReadNumberingList(path: path)
        codes = list.codes
        return list.report.badRows
    }

    private mutating func readShares(_ path: String) throws -> [BadRow] {
        let read = try KeepExchangeShares.read(path: path)
        shares = read.sets
        return read.bad
    }

    private mutating func readExchanges(_ path: String) throws -> [BadRow] {
        var found: [StoredExchange] = []
        let bad = try TelephoneTable.read(
            path: path,
            columns: ["exchange_area": ["exchange"], "province": []],
            optional: ["lat": ["approx_lat"], "lon": ["approx_lon"], "note": []]
        ) { row in
            var point: Coordinate?
            if !row.text("lat").isEmpty || !row.text("lon").isEmpty {
                do {
                    point = try Coordinate(latitudeText: row.text("lat"), longitudeText: row.text("lon"))
                } catch { throw RowFault("\(error)") }
            }
            found.append(
                StoredExchange(
                    name: try row.checked("exchange_area"),
                    province: row.text("province"),
                    rateCentre: point,
                    note: row.text("note")
                )
            )
        }
        exchanges = found
        return bad
    }

    private mutating func readTerminations(_ path: String) throws -> [BadRow] {
        var found: [TerminationNumber] = []
        let zone = zone
        let bad = try TelephoneTable.read(
            path: path,
            columns: ["number": [], "kind": [], "target": [], "valid_from": ["from"]],
            optional: ["valid_until": ["until"], "note": []]
        ) { row in
            let target: TerminationNumber.Target
            switch try row.required("kind") {
            case "exchange": target = .exchange(try row.checked("target"))
            case "tenant": target = .tenant(try row.checked("target"))
            case let other: throw RowFault("kind: \(FieldFault.excerpt(other)) is neither exchange nor tenant")
            }
            found.append(
                TerminationNumber(
                    number: try row.number("number"),
                    target: target,
                    from: try row.instant("valid_from", in: zone),
                    until: try row.instantIfPresent("valid_until", in: zone),
                    note: row.text("note")
                )
            )
        }
        terminations = found
        return bad
    }

    private mutating func readConsents(_ path: String) throws -> [BadRow] {
        var found: [ExchangeConsent] = []
        let zone = zone
        let bad = try TelephoneTable.read(
            path: path,
            columns: [
                "municipality": ["area_id"], "exchange_area": ["exchange"], "resolution": [], "resolved_on": [],
                "effective": [], "notice_days": [],
            ],
            optional: ["revocation": [], "revocation_given": [], "revoked": []]
        ) { row in
            guard let days = Int(row.text("notice_days")), (0...3_650).contains(days) else {
                throw RowFault("notice_days is a whole number of days, 0 to 3650")
            }
            var revocation: ExchangeConsent.Revocation?
            if !row.text("revocation").isEmpty {
                revocation = ExchangeConsent.Revocation(
                    resolution: row.text("revocation"),
                    givenAt: try row.instant("revocation_given", in: zone),
                    effectiveAt: try row.instant("revoked", in: zone)
                )
            }
            found.append(
                ExchangeConsent(
                    municipality: try row.checked("municipality"),
                    exchange: try row.checked("exchange_area"),
                    resolution: try row.required("resolution"),
                    resolvedOn: try row.day("resolved_on"),
                    effectiveAt: try row.instant("effective", in: zone),
                    noticeDays: days,
                    revocation: revocation
                )
            )
        }
        consents = found
        return bad
    }

    private mutating func readNotices(_ path: String) throws -> [BadRow] {
        var found: [CarrierNotice] = []
        let zone = zone
        let bad = try TelephoneTable.read(
            path: path,
            columns: ["exchange_area": ["exchange"], "carrier": [], "noticed_on": []],
            optional: ["activated_on": [], "test_called": [], "test_result": [], "fee_cents": [], "note": []]
        ) { row in
            let word = row.text("test_result")
            let result = CarrierNotice.TestResult(rawValue: word)
            guard word.isEmpty || result != nil else {
                throw RowFault("test_result: \(FieldFault.excerpt(word)) is none of arrived, misrouted, failed")
            }
            let called = try row.instantIfPresent("test_called", in: zone)
            guard (called == nil) == (result == nil) else {
                throw RowFault("test_called and test_result go together")
            }
            let fee = Int(row.text("fee_cents"))
            guard row.text("fee_cents").isEmpty || fee.map({ $0 >= 0 }) == true else {
                throw RowFault("fee_cents is a whole number of cents, 0 or more")
            }
            found.append(
                CarrierNotice(
                    exchange: try row.checked("exchange_area"),
                    carrier: try row.required("carrier"),
                    noticedOn: try row.day("noticed_on"),
                    activatedOn: try row.dayIfPresent("activated_on"),
                    testCalledAt: called,
                    testResult: result,
                    feeCents: fee,
                    note: row.text("note")
                )
            )
        }
        notices = found
        return bad
    }

    private mutating func readLegacyNumbers(_ path: String) throws -> [BadRow] {
        var found: [LegacyNumber] = []
        let bad = try TelephoneTable.read(
            path: path,
            columns: ["number": [], "jurisdiction": ["jurisdiction_id"]],
            optional: ["exchange_area": ["exchange"], "retires_on": [], "note": []]
        ) { row in
            found.append(
                LegacyNumber(
                    number: try row.number("number"),
                    jurisdiction: try row.checked("jurisdiction"),
                    exchange: row.text("exchange_area").isEmpty ? nil : try row.checked("exchange_area"),
                    retiresOn: try row.dayIfPresent("retires_on"),
                    note: row.text("note")
                )
            )
        }
        legacyNumbers = found
        return bad
    }
}
