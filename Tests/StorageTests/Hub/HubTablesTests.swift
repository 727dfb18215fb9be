import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Tables of the hub")
struct HubTablesTests {
    let now = Sample.morning

    @Test("a jurisdiction keeps its code for ever, and nobody else gets it")
    func jurisdictions() async throws {
        try await withTenantSchemas(0) { hub in
            let code = TenantCode(trusted: "BB")
            let id = JurisdictionID(trusted: "brindle-bay")
            let first = StoredJurisdiction(Sample.tenant(code), createdAt: now, updatedAt: now)
            let renamed = StoredJurisdiction(
                Sample.tenant(TenantCode(trusted: "XX")),
                createdAt: now + 60,
                updatedAt: now + 60
            )
            try await hub.databases.withHub { transaction in
                try await Jurisdictions(transaction).put(first)
                try await Jurisdictions(transaction).put(renamed)
                _ = try await Jurisdictions(transaction).setState(.retired, of: id, now: now + 120)
            }
            let read = try await hub.databases.withHub { try await Jurisdictions($0).read(id) }
            #expect(read?.code == code)
            #expect(read?.createdAt == now)
            #expect(read?.state == .retired)
            #expect(read?.name == first.name)
            let thief = StoredJurisdiction(
                Sample.tenant(code, id: JurisdictionID(trusted: "cobbleford")),
                createdAt: now,
                updatedAt: now
            )
            let fault = await #expect(throws: StorageError.self) {
                try await hub.databases.withHub { try await Jurisdictions($0).put(thief) }
            }
            #expect(fault?.isAlreadyThere == true)
            let byCode = try await hub.databases.withHub { try await Jurisdictions($0).read(code) }
            #expect(byCode?.id == id)
        }
    }

    @Test("the configurations in force are read one by one, retired bodies left out")
    func configurations() async throws {
        try await withTenantSchemas(0) { hub in
            let bodies = ["alpha", "beta", "gamma"].enumerated().map { index, name in
                (JurisdictionID(trusted: name), TenantCode(trusted: ["AA", "BB", "CC"][index]))
            }
            try await hub.databases.withHub { transaction in
                let jurisdictions = Jurisdictions(transaction)
                for (id, code) in bodies {
                    let tenant = Sample.tenant(code, id: id)
                    try await jurisdictions.put(StoredJurisdiction(tenant, createdAt: now, updatedAt: now))
                    try await jurisdictions.putConfiguration(
                        of: id,
                        version: 1,
                        digest: "d",
                        try Sample.configuration(code, id: id),
                        now: now
                    )
                }
                _ = try await jurisdictions.setState(.retired, of: bodies[1].0, now: now)
            }
            let found = try await hub.databases.withHub { transaction in
                var found: [String] = []
                try await Jurisdictions(transaction).configurations { row, configuration in
                    found.append("\(row.id) \(row.configurationVersion ?? 0) \(configuration.tenant.code)")
                }
                return found
            }
            #expect(found == ["alpha 1 AA", "gamma 1 CC"])
            let one = try await hub.databases.withHub { try await Jurisdictions($0).configuration(of: bodies[0].0) }
            #expect(one?.configuration == (try Sample.configuration(bodies[0].1, id: bodies[0].0)))
        }
    }

    @Test("the generation in force is the last one ordered for an instant up to now; an earlier one can come back")
    func activations() async throws {
        try await withTenantSchemas(0) { hub in
            let (first, second, third) = try await hub.databases.withHub { transaction in
                let generations = Generations(transaction)
                let ids = [
                    try await generations.create(note: "one", now: now),
                    try await generations.create(note: "two", now: now),
                    try await generations.create(note: "three", now: now),
                ]
                for (id, isGood) in zip(ids, [true, true, false]) {
                    _ = try await generations.markChecked(id, passed: isGood, report: .emptyObject, now: now)
                }
                return (ids[0], ids[1], ids[2])
            }
            let orders = try await hub.databases.withHub { transaction in
                let generations = Generations(transaction)
                return [
                    try await generations.activate(first, at: now + 100, by: "cli:test", now: now),
                    try await generations.activate(second, at: now + 200, by: "cli:test", now: now),
                    try await generations.activate(first, at: now + 300, by: "cli:test", now: now),
                    try await generations.activate(third, at: now + 400, by: "cli:test", now: now),
                    try await generations.markChecked(third, passed: true, report: .emptyObject, now: now),
                ]
            }
            #expect(orders == [true, true, true, false, false])
            for (seconds, expected, next) in [
                (99, nil, 100), (100, first, 200), (199, first, 200), (200, second, 300), (300, first, nil),
                (500, first, nil),
            ] as [(Double, GenerationID?, Double?)] {
                let (current, coming) = try await hub.databases.withHub { transaction in
                    (
                        try await Generations(transaction).current(at: now + seconds),
                        try await Generations(transaction).nextActivation(after: now + seconds)
                    )
                }
                #expect(current == expected, "after \(seconds) s")
                #expect(coming == next.map { now + $0 })
            }
        }
    }

    @Test("shapes come back point for point, areas in parts, roads in the order of the file")
    func shapes() async throws {
        try await withTenantSchemas(0) { hub in
            let square = Shape.polygon([(0, 0), (0.1 + 0.2, 0), (1.0 / 3, 1), (0, 0)])
            let areas = (0..<1203).map { index in
                StoredArea(
                    layer: LayerName(trusted: "ward"),
                    id: AreaID(trusted: index < 1201 ? String(format: "w%04d", index) : "w0000"),
                    name: "Ward \(index)",
                    jurisdictionID: index == 0 ? JurisdictionID(trusted: "brindle-bay") : nil,
                    properties: StoredJSON(text: #"{"priority": 10}"#),
                    geometry: square
                )
            }
            let roads = (0..<3).map { index in
                StoredRoad(
                    id: "r\(2 - index)",
                    name: "Line \(index)",
                    owner: "fallow",
                    ownerKind: .local,
                    roadClass: "local",
                    details: StoredJSON(text: "{}"),
                    geometry: Shape.line([(-79.2, 44.1), (-79.1999999, 44.1000001)])
                )
            }
            let (readAreas, readRoads) = try await hub.databases.withHub { transaction in
                let generations = Generations(transaction)
                let id = try await generations.create(note: "shapes", now: now)
                try await generations.addAreas(areas, to: id)
                try await generations.addRoads(roads, to: id)
                return (try await generations.areas(of: id), try await generations.roads(of: id))
            }
            #expect(readAreas.count == 1203)
            #expect(readAreas.prefix(4).map(\.name) == ["Ward 0", "Ward 1201", "Ward 1202", "Ward 1"])
            #expect(readAreas.allSatisfy { $0.geometry == Shape.multi(6, square) })
            #expect(readAreas[0].jurisdictionID == JurisdictionID(trusted: "brindle-bay"))
            #expect(readAreas[0].properties.text == #"{"priority": 10}"#)
            #expect(readRoads.map(\.id) == ["r2", "r1", "r0"])
            #expect(readRoads[0].geometry == Shape.multi(5, roads[0].geometry))
        }
    }

    @Test("a rule set that was switched on is never overwritten")
    func ruleSets() async throws {
        try await withTenantSchemas(0) { hub in
            func version(_ zone: String, _ digest: String) throws -> StoredRuleSet {
                StoredRuleSet(
                    ruleSet: RuleSet(
                        version: "2026-01",
                        validFrom: try CalendarDay(year: 2026, month: 4, day: 1),
                        timeZone: zone,
                        parts: [],
                        rules: [],
                        partners: []
                    ),
                    digest: digest,
                    loadedAt: now
                )
            }
            let steps = try await hub.databases.withHub { transaction in
                let versions = RuleSetVersions(transaction)
                try await versions.put(try version("UTC", "a"))
                try await versions.put(try version("America/Toronto", "b"))
                let isOn = try await versions.activate("2026-01", now: now)
                let again = try await versions.activate("2026-01", now: now + 1)
                try await versions.put(try version("UTC", "c"))
                return (isOn, again, try await versions.all(), try await versions.read("2026-02"))
            }
            #expect(steps.0 && !steps.1)
            #expect(steps.2.map(\.digest) == ["b"])
            #expect(steps.2.first?.ruleSet.timeZone == "America/Toronto")
            #expect(steps.2.first?.activatedAt == now)
            #expect(steps.3 == nil)
        }
    }

    @Test("a key is found by its whole secret only, and revoked at once")
    func keys() async throws {
        try await withTenantSchemas(0) { hub in
            let secret = APIKeySecret()
            #expect(secret.text.count == 12 + 1 + 43)
            let key = StoredAPIKey(
                id: secret.keyID,
                label: "FixMyStreet",
                jurisdictions: [JurisdictionID(trusted: "brindle-bay")],
                rights: [.submit, .update],
                createdAt: now,
                createdBy: "cli:test",
                expiresAt: now + 86_400
            )
            try await hub.databases.withHub { transaction in
                try await APIKeys(transaction).insert(key, secretHash: APIKeySecret.hash(of: secret.text))
            }
            for (text, expected) in [(secret.text, key), (secret.text + "x", nil), (secret.keyID, nil), ("", nil)] {
                let found = try await hub.databases.withHub { transaction in
                    try await APIKeys(transaction).find(secretHash: APIKeySecret.hash(of: text))
                }
                #expect(found == expected)
            }
            #expect(key.isUsable(at: now + 86_399))
            #expect(!key.isUsable(at: now + 86_400))
            let (first, second, all) = try await hub.databases.withHub { transaction in
                let keys = APIKeys(transaction)
                try await keys.touch(key.id, now: now + 60)
                try await keys.touch(key.id, now: now + 120)
                return (
                    try await keys.revoke(key.id, now: now + 180), try await keys.revoke(key.id, now: now + 200),
                    try await keys.all()
                )
            }
            #expect(first && !second)
            #expect(all.first?.lastUsedAt == now + 60)
            #expect(all.first?.isUsable(at: now) == false)
        }
    }

    @Test("the audit shows the latest first, of one body or of all")
    func audit() async throws {
        try await withTenantSchemas(0) { hub in
            let body = JurisdictionID(trusted: "brindle-bay")
            let entries = [
                AuditEntry(happenedAt: now, actor: "cli:root", action: "tenant.apply", jurisdiction: body),
                AuditEntry(happenedAt: now, actor: "cli:root", action: "geo.activate", details: ["generation": "2"]),
            ]
            try await hub.databases.withHub { transaction in
                for entry in entries { try await AuditEntries(transaction).append(entry) }
            }
            let (all, ofBody) = try await hub.databases.withHub { transaction in
                (try await AuditEntries(transaction).latest(), try await AuditEntries(transaction).latest(of: body))
            }
            #expect(all == entries.reversed())
            #expect(ofBody == [entries[0]])
        }
    }

    @Test("a hint is taken once, the earlier of two times counts, and one not due stays")
    func hints() async throws {
        try await withTenantSchemas(0) { hub in
            let codes = ["AA", "BB", "CC"].map(TenantCode.init(trusted:))
            try await hub.databases.withHub { transaction in
                let hints = WorkHints(transaction)
                try await hints.put(codes[0], dueAt: now + 10)
                try await hints.put(codes[1], dueAt: now + 5)
                try await hints.put(codes[0], dueAt: now)
                try await hints.put(codes[1], dueAt: now + 50)
                try await hints.put(codes[2], dueAt: now + 100)
            }
            let taken = try await withThrowingTaskGroup(of: [TenantCode].self) { group in
                for _ in 0..<4 {
                    group.addTask { try await hub.databases.withHub { try await WorkHints($0).take(now: now + 5) } }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.sorted() == [codes[0], codes[1]])
            let next = try await hub.databases.withHub { try await WorkHints($0).nextDue() }
            #expect(next == now + 100)
        }
    }
}

/// Well-known binary, little-endian, as PostGIS writes it.
private enum Shape {
    static func polygon(_ ring: [(Double, Double)]) -> [UInt8] {
        [1] + word(3) + word(1) + points(ring)
    }

    static func line(_ points: [(Double, Double)]) -> [UInt8] {
        [1] + word(2) + Self.points(points)
    }

    static func multi(_ type: UInt32, _ shape: [UInt8]) -> [UInt8] {
        [1] + word(type) + word(1) + shape
    }

    private static func points(_ points: [(Double, Double)]) -> [UInt8] {
        word(UInt32(points.count)) + points.flatMap { double($0.0) + double($0.1) }
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func double(_ value: Double) -> [UInt8] {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
}
