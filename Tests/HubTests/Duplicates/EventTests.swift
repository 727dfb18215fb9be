import Domain
import Foundation
import Hub
import Storage
import TestSupport
import Testing

extension DemonstrationRegion {
    fileprivate static let banner = LocalizedText(
        english: "Ice storm: crews are out.",
        french: "Verglas : les équipes sont à l’œuvre."
    )

    fileprivate func declare(
        at id: String,
        types: [String] = ["PK-TREEHZ"],
        area: EventArea = .everywhere,
        begins: Date? = nil
    ) async throws -> DeclaredEvent {
        try await DeclareEvent(surroundings)(
            EventDeclaration(
                types: types.map(ServiceCode.init(trusted:)),
                area: area,
                begins: begins,
                banner: Self.banner
            ),
            at: try await tenant(id),
            by: "staff:kim"
        )
    }

    fileprivate func tree(_ place: (Double, Double)) async throws -> Receipt {
        try await take(try intake("PK-TREEHZ", at: place, answers: try await required("PK-TREEHZ")))
    }
}

@Suite("Declared events")
struct EventTests {
    @Test(
        "A tenant's event collects its own reports in its area and time as they come, and earlier ones with one action"
    )
    func tenantsEvent() async throws {
        try await withRegion { region in
            let early = try await region.tree(Place.localStreet)
            let begins = region.clock.now
            region.clock.advance(by: 600)
            let town = try await region.tenant("brindle-bay")
            let centre = try Coordinate(latitude: Place.localStreet.0, longitude: Place.localStreet.1)
            let event = try await region.declare(
                at: "brindle-bay",
                area: .circle(centre: centre, metres: 2000),
                begins: begins
            )
            let parent = try #require(try await region.row(event.parent, in: "brindle-bay"))
            #expect(parent.step == .reviewed && parent.visibility == .public)
            #expect(parent.description == "Ice storm: crews are out.")

            let late = try await region.tree(Place.localStreet)
            #expect(late.notice?.english.contains("Ice storm") == true)
            #expect(try await region.row(late.reference, in: "brindle-bay")?.parent == event.parent)
            let merged = try await region.history(late.reference, in: "brindle-bay").first { $0.kind == .merged }
            #expect(merged?.isPublic == true && merged?.details["parent"] == event.parent.rawValue)
            let elsewhere = try await region.tree(Place.cobblefordHome)
            #expect(try await region.row(elsewhere.reference, in: "cobbleford")?.parent == nil, "another town's own")
            let other = try await region.take(
                try region.intake(at: Place.localStreet, answers: try await region.required("RD-POTH"))
            )
            #expect(try await region.row(other.reference, in: "brindle-bay")?.parent == nil, "another type")

            #expect(try await region.row(early.reference, in: "brindle-bay")?.parent == nil)
            let attach = AttachToEvent(region.surroundings)
            #expect(try await attach(event.id, at: town, by: "staff:kim") == [town.id: 1])
            #expect(try await attach(event.id, at: town, by: "staff:kim").isEmpty, "once is enough")
            #expect(try await region.row(early.reference, in: "brindle-bay")?.parent == event.parent)
            await #expect(throws: EventFault.self) {
                _ = try await attach(event.id, at: try await region.tenant("cobbleford"), by: "staff:lee")
            }
            let listed = try await ListEvents(region.surroundings)(of: town.id)
            #expect(listed.map(\.joined) == [2] && listed.map(\.open) == [2])
        }
    }

    @Test("Closed, everything that was joined ends with it, each told once, at whichever tenant it lies")
    func hubsEvent() async throws {
        try await withRegion { region in
            let event = try await region.declare(at: "maplewater-311")
            let hub = try await region.hub()
            let one = try await region.tree(Place.localStreet)
            let two = try await region.tree(Place.cobblefordHome)
            #expect(one.holder.rawValue == "brindle-bay" && two.holder.rawValue == "cobbleford")
            // Another process that was started after the event was declared knows it too, and closes it.
            let other = try await region.restarted()
            let three = try await other.tree(Place.localStreet)
            #expect(try await region.row(three.reference, in: "brindle-bay")?.parent == event.parent)
            _ = try await CloseEvent(other.surroundings)(event.id, at: hub, by: "staff:kim")
            await #expect(throws: EventFault.self) {
                _ = try await CloseEvent(other.surroundings)(event.id, at: hub, by: "staff:kim")
            }
            // This process has not heard of the end yet: what it takes now is found by the second look.
            let late = try await region.tree(Place.localStreet)
            #expect(try await region.row(late.reference, in: "brindle-bay")?.parent == event.parent)
            try await other.deliverAll()
            region.clock.advance(by: 60)
            try await other.deliverAll()
            for (receipt, id) in [
                (one, "brindle-bay"), (two, "cobbleford"), (three, "brindle-bay"), (late, "brindle-bay"),
            ] {
                #expect(try await region.row(receipt.reference, in: id)?.outcome == .duplicate, "\(receipt.reference)")
                let ends = try await region.history(receipt.reference, in: id).filter { $0.kind == .completed }
                #expect(ends.count == 1)
            }
            #expect(try await ListEvents(region.surroundings)().map(\.open) == [0])
            try await RefreshFromDatabase(region.surroundings).once()
            let after = try await region.tree(Place.localStreet)
            #expect(try await region.row(after.reference, in: "brindle-bay")?.parent == nil)
        }
    }

    @Test("More children than one delivery takes end all the same")
    func many() async throws {
        try await withRegion { region in
            let event = try await region.declare(at: "brindle-bay", types: ["RD-POTH"])
            let place = try Coordinate(latitude: Place.localStreet.0, longitude: Place.localStreet.1)
            let (count, now) = (620, region.clock.now)
            try await region.inside("brindle-bay") { transaction in
                for _ in 0..<count {
                    var request = Sample.request(
                        TenantCode(trusted: "BB"),
                        coordinate: place,
                        requestedAt: now
                    )
                    request.parent = event.parent
                    try await ServiceRequests(transaction).insert(request)
                }
            }
            _ = try await CloseEvent(region.surroundings)(
                event.id,
                at: try await region.tenant("brindle-bay"),
                by: "staff:kim"
            )
            try await region.deliverAll()
            let left = try await region.inside("brindle-bay") { try await Duplicates($0).counts(of: event.parent) }
            #expect(left.all == count && left.open == 0)
        }
    }

    @Test("What is wrong with a declaration is named by its field, and nothing is stored")
    func refused() async throws {
        try await withRegion { region in
            let now = region.clock.now
            let wrong = EventDeclaration(
                types: [ServiceCode(trusted: "XX-NONE")],
                area: .circle(centre: try Coordinate(latitude: 44, longitude: -79), metres: 0),
                ends: now - 1,
                banner: LocalizedText(english: " ", french: "Verglas")
            )
            do {
                _ = try await DeclareEvent(region.surroundings)(
                    wrong,
                    at: try await region.tenant("brindle-bay"),
                    by: "staff:kim"
                )
                Issue.record("declared")
            } catch EventFault.refused(let faults) {
                #expect(faults.map(\.field) == ["service", "banner", "ends", "metres"])
            }
            #expect(try await ListEvents(region.surroundings)().isEmpty)
        }
    }
}
