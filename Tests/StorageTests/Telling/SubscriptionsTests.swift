import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Subscriptions and addresses")
struct SubscriptionsTests {
    private func street(_ address: String?, state: Subscription.State = .active, key: UInt8 = 1) -> Subscription {
        Subscription(
            subject: .street("main street"),
            channel: .mail,
            address: address,
            addressKey: Data([key]),
            language: .french,
            events: TellingEvent.important,
            digestMinutes: 60,
            state: state,
            origin: .follower,
            askedAt: Sample.morning
        )
    }

    @Test("what was stored is read back, at its own tenant alone")
    func twoTenants() async throws {
        try await withTenantSchemas(2) { hub in
            let stored = street("ann@example.org")
            try await hub.databases.withTenant(hub.codes[0]) { try await Subscriptions($0).insert(stored) }
            for (number, code) in hub.codes.enumerated() {
                let (read, active, known) = try await hub.databases.withTenant(code) { transaction in
                    let subscriptions = Subscriptions(transaction)
                    return (
                        try await subscriptions.read(stored.id),
                        try await subscriptions.active(areas: [], streets: ["main street"]),
                        try await subscriptions.of(.mail, addressKey: Data([1]))
                    )
                }
                #expect(read == (number == 0 ? stored : nil))
                #expect(active == (number == 0 ? [stored] : []))
                #expect(known == (number == 0 ? [stored] : []))
            }
        }
    }

    @Test("only what is active is found, by its own street; notices are over after their last day")
    func active() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            let notice = WorkNotice(
                title: LocalizedText(same: "Work"),
                words: LocalizedText(same: "Words"),
                areas: ["a"],
                streets: ["main street"],
                startsOn: try CalendarDay("2026-07-06"),
                endsOn: try CalendarDay("2026-07-10"),
                publishedAt: Sample.morning,
                publishedBy: "cli"
            )
            let (found, other, before, after) = try await hub.databases.withTenant(code) { transaction in
                let subscriptions = Subscriptions(transaction)
                try await subscriptions.insert(street("ann@example.org"))
                try await subscriptions.insert(street("bob@example.org", state: .asked, key: 2))
                try await subscriptions.insert(street(nil, state: .stopped, key: 3))
                try await WorkNotices(transaction).insert(notice)
                return (
                    try await subscriptions.active(areas: [], streets: ["main street"]).compactMap(\.address),
                    try await subscriptions.active(areas: ["main street"], streets: ["king street"]).count,
                    try await WorkNotices(transaction).current(on: try CalendarDay("2026-07-10")),
                    try await WorkNotices(transaction).current(on: try CalendarDay("2026-07-11"))
                )
            }
            #expect(found == ["ann@example.org"])
            #expect(other == 0)
            #expect(before == [notice])
            #expect(after == [])
        }
    }

    @Test("a stranger is granted three within an hour, a repetition is granted again, and who confirmed is no stranger")
    func strangers() async throws {
        try await withTenantSchemas(1) { hub in
            let key = Data([9, 9])
            func grant(_ delivery: UUID, at seconds: TimeInterval) async throws -> ContactGrant {
                try await hub.databases.withHub { transaction in
                    try await ContactAddresses(transaction)
                        .grant(.mail, key, delivery: delivery, strangerLimit: 3, now: Sample.morning + seconds)
                }
            }
            let first = UUID()
            #expect(try await grant(first, at: 0) == .granted)
            #expect(try await grant(UUID(), at: 10) == .granted)
            #expect(try await grant(UUID(), at: 20) == .granted)
            #expect(try await grant(UUID(), at: 30) == .enough)
            #expect(try await grant(first, at: 40) == .granted)
            #expect(try await grant(UUID(), at: 3601) == .granted)
            try await hub.databases.withHub { try await ContactAddresses($0).confirm(.mail, key, now: Sample.morning) }
            for _ in 0..<5 { #expect(try await grant(UUID(), at: 3602) == .granted) }
            try await hub.databases.withHub {
                try await ContactAddresses($0).setStopped(true, .mail, key, now: Sample.morning)
            }
            #expect(try await grant(UUID(), at: 3603) == .stopped)
        }
    }

    @Test("of senders side by side none is granted the fourth")
    func sideBySide() async throws {
        try await withTenantSchemas(1) { hub in
            let grants = try await withThrowingTaskGroup(of: ContactGrant.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await hub.databases.withHub { transaction in
                            try await ContactAddresses(transaction).grant(
                                .sms,
                                Data([7]),
                                delivery: UUID(),
                                strangerLimit: 3,
                                now: Sample.morning
                            )
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(grants.filter { $0 == .granted }.count == 3)
            #expect(grants.filter { $0 == .enough }.count == 9)
        }
    }

    @Test("a message that came in counts once for its gateway")
    func heard() async throws {
        try await withTenantSchemas(1) { hub in
            func hear(_ source: String) async throws -> Bool {
                try await hub.databases.withHub {
                    try await ContactAddresses($0).hear(source, messageID: "1", now: Sample.morning)
                }
            }
            let answers = [try await hear("a"), try await hear("a"), try await hear("b")]
            #expect(answers == [true, false, true])
        }
    }
}
