import Domain
import Foundation
import Testing

@Suite("Who is named, and when people are told")
struct OwnerTests {
    private let zone = TimeZone(identifier: "America/Toronto") ?? .gmt

    private func at(_ local: String) throws -> Date {
        let parts = local.split(separator: " ").map(String.init)
        return LocalTime(try CalendarDay(parts[0]), try TimeOfDay(parts[1])).instant(in: zone)
    }

    private func policy() throws -> DeadlinePolicy {
        let day = [try OpenSpan("07:00-15:00")]
        return DeadlinePolicy(roles: [
            NamedRole(
                role: .owner,
                departments: ["works"],
                people: [
                    RoleHolder(
                        name: "Ann",
                        email: "ann@example.org",
                        away: [.init(from: try CalendarDay("2026-07-01"), to: try CalendarDay("2026-07-14"))]
                    ),
                    RoleHolder(name: "Bo", email: "bo@example.org"),
                ]
            ),
            NamedRole(
                role: .duty,
                people: [
                    RoleHolder(name: "Yard", phone: "+17055550100", onCall: [.tuesday: day]),
                    RoleHolder(name: "Night", phone: "+17055550101"),
                ]
            ),
            NamedRole(role: .fallback, people: [RoleHolder(name: "Clerk", email: "clerk@example.org")]),
        ])
    }

    @Test("goes from the person given to the department's, to who stands in, to the tenant's fallback")
    func ladder() throws {
        let policy = try policy()
        func name(_ department: DepartmentCode?, _ local: String, assigned: RequestOwner? = nil) throws -> String? {
            let owner = policy.owner(assigned: assigned, department: department, at: try at(local), in: zone)
            return owner.map { "\($0.name) \($0.rung.rawValue)" }
        }
        let cy = RequestOwner(name: "Cy", email: "cy@example.org", rung: .assigned)
        #expect(try name("works", "2026-06-30 10:00", assigned: cy) == "Cy assigned")
        #expect(try name("works", "2026-06-30 10:00") == "Ann department_role")
        #expect(try name("works", "2026-07-01 00:00") == "Bo cover")
        #expect(try name("works", "2026-07-14 23:59") == "Bo cover")
        #expect(try name("works", "2026-07-15 00:00") == "Ann department_role")
        #expect(try name("parks", "2026-06-30 10:00") == "Clerk tenant_fallback")
        #expect(try name(nil, "2026-06-30 10:00") == "Clerk tenant_fallback")
        // Given to somebody who is away by the tenant's own list: whoever stands in is named.
        let ann = RequestOwner(name: "Ann", email: "ann@example.org", rung: .assigned)
        #expect(try name("works", "2026-07-03 10:00", assigned: ann) == "Bo cover")
        #expect(
            DeadlinePolicy().owner(assigned: nil, department: "works", at: try at("2026-06-30 10:00"), in: zone) == nil
        )
    }

    @Test(
        "calls the duty phone of the hour",
        arguments: [
            ("2026-06-16 07:00", "Yard"), ("2026-06-16 14:59", "Yard"), ("2026-06-16 15:00", "Night"),
            ("2026-06-16 06:59", "Night"), ("2026-06-17 10:00", "Night"),
        ]
    )
    func onCall(local: String, expected: String) throws {
        let policy = try policy()
        #expect(policy.holder(of: .duty, department: "works", at: try at(local), in: zone)?.name == expected)
    }

    @Test(
        "holds back in quiet hours what can wait, and nothing else",
        arguments: [
            // instant, priority, sent
            ("2026-06-16 20:59", Priority.p3, "2026-06-16 20:59"),
            ("2026-06-16 21:00", .p3, "2026-06-17 07:00"),
            ("2026-06-17 06:59", .p4, "2026-06-17 07:00"),
            ("2026-06-17 07:00", .p4, "2026-06-17 07:00"),
            ("2026-06-16 23:00", .p2, "2026-06-16 23:00"),
            ("2026-06-16 23:00", .p1, "2026-06-16 23:00"),
            ("2026-03-07 23:00", .p3, "2026-03-08 07:00"),  // the night has seven hours
        ]
    )
    func quiet(local: String, priority: Priority, sent: String) throws {
        let released = QuietHours.standard.release(try at(local), priority: priority, in: zone)
        #expect(released == (try at(sent)))
    }

    @Test("quiet hours within one day end on it")
    func withinADay() throws {
        let noon = QuietHours(from: try TimeOfDay("12:00"), to: try TimeOfDay("13:00"), priorities: [.p3])
        #expect(noon.release(try at("2026-06-16 12:30"), priority: .p3, in: zone) == (try at("2026-06-16 13:00")))
        #expect(noon.release(try at("2026-06-16 23:30"), priority: .p3, in: zone) == (try at("2026-06-16 23:30")))
    }
}
