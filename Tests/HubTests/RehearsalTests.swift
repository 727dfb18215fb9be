import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Geo
@testable import Hub

/// A change of boundaries from import to activation, over the demonstration region.
@Suite("Rehearsing and activating boundaries")
struct RehearsalTests {
    private static func features() async throws -> [BoundaryFeature] {
        let path = DemonstrationRegion.repository.appendingPathComponent("geo/boundaries.geojson").path
        return try await BoundaryImport().read(path: path).features
    }

    /// The region after a block around the centre of one town was annexed by its neighbour.
    private static func annexed() async throws -> [BoundaryFeature] {
        var features = try await features()
        let engine = try GeometryEngine()
        let corner = try Coordinate(latitude: 44.095, longitude: -79.185)
        var block = CoordinateBox(corner)
        block.include(try Coordinate(latitude: 44.107, longitude: -79.165))
        let ring = [
            (block.west, block.south), (block.east, block.south), (block.east, block.north), (block.west, block.north),
            (block.west, block.south),
        ].map { Coordinate(trustedLatitudeNano: $0.1, longitudeNano: $0.0) }
        let ground = AreaGeometry(polygons: [AreaGeometry.Polygon(rings: [ring])])
        for index in features.indices where features[index].layer == .municipality {
            let shape = try engine.shape(of: features[index].geometry)
            if features[index].id.rawValue == "brindle-bay" {
                features[index].geometry = try shape.difference(try engine.shape(of: ground)).geometry()
            } else if features[index].id.rawValue == "cobbleford" {
                features[index].geometry.polygons += ground.polygons
            }
        }
        return features
    }

    private func store(_ features: [BoundaryFeature], in region: DemonstrationRegion, passed: Bool = true) async throws
        -> GenerationID
    {
        let roads = try await RoadImport().read(
            path: DemonstrationRegion.repository.appendingPathComponent("geo/roads.geojson").path
        )
        return try await ImportGeneration(databases: region.databases)(
            areas: features,
            roads: roads.roads,
            note: "annexation",
            report: GenerationReport(imports: [roads.report], check: nil),
            passed: passed,
            now: region.clock.now
        )
    }

    @Test("names the requests and addresses that change hands, by pair, and leaves everything as it is")
    func rehearse() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            let open = try await region.take(try region.intake(at: Place.localStreet, answers: answers))
            let past = try await region.take(try region.intake(at: Place.backGarden, answers: answers, key: "past"))
            let stays = try await region.take(
                try region.intake(at: Place.cobblefordHome, answers: answers, key: "stays")
            )
            let regional = try await region.take(
                try region.intake(at: Place.regionalRoad25, answers: answers, key: "regional")
            )
            try await region.step(.complete(.fixed), past.reference, at: "brindle-bay", text: "Filled")
            let candidate = try await store(try await Self.annexed(), in: region)
            let before = region.surroundings.geography.generation
            var moved: [MovedThing] = []
            let points = [("a1", 44.1016, -79.18), ("a2", 44.1285, -78.8775), ("a3", 44.105, -79.17)]
            let result = try await RehearseGeneration(region.surroundings)(
                candidate,
                addresses: RehearsedAddresses { each in
                    for (id, latitude, longitude) in points {
                        try each(.init(id: id, place: try Coordinate(latitude: latitude, longitude: longitude)))
                    }
                },
                each: { moved.append($0) }
            )
            let rehearsal = result.rehearsal
            let ids = Set(moved.map(\.id))
            #expect(ids == [open.reference.rawValue, past.reference.rawValue, "a1", "a3"])
            #expect(!ids.contains(stays.reference.rawValue) && !ids.contains(regional.reference.rawValue))
            let move = try #require(rehearsal.moves.first)
            #expect(rehearsal.moves.count == 1 && move.from == "brindle-bay" && move.to == "cobbleford")
            #expect(move.openRequests == 1 && move.pastRequests == 1 && move.addresses == 2)
            let lead = try #require(rehearsal.leads.first)
            #expect(rehearsal.leads.count == 1 && lead.from == "brindle-bay" && lead.to == "cobbleford")
            // The hole in the street stays with the street's owner until the roads file says otherwise.
            #expect(lead.openRequests == 0 && lead.pastRequests == 1)
            let request = try #require(moved.first { $0.id == open.reference.rawValue })
            #expect(request.leadThen == "brindle-bay" && request.generation == before)
            #expect(request.tenant?.rawValue == "brindle-bay" && request.kind == .openRequest)
            #expect(rehearsal.requestsRead == 4 && rehearsal.addressesRead == 3)
            let ground = try #require(rehearsal.ground.first)
            #expect(ground.from.map(\.rawValue) == ["brindle-bay"] && ground.to.map(\.rawValue) == ["cobbleford"])
            // 0.02° by 0.012° there.
            let share = ground.squareMetres / 2_136_800
            #expect(abs(share - 1) < 0.01, "\(ground.squareMetres)")
            #expect(region.surroundings.geography.generation == before)
            #expect(
                rehearsal.description.contains(
                    "moves   brindle-bay → cobbleford: 1 open and 1 past requests, 2 addresses"
                )
            )
        }
    }

    @Test("is loaded at the instant ordered, without a restart, and the earlier one comes back; requests keep theirs")
    func scheduled() async throws {
        try await withRegion { region in
            let answers = try await region.required("RD-POTH", of: "brindle-bay")
            let receipt = try await region.take(try region.intake(at: Place.localStreet, answers: answers))
            let first = try #require(region.surroundings.geography.generation)
            let second = try await store(try await Self.annexed(), in: region)
            let importing = ImportGeneration(databases: region.databases)
            let refresh = RefreshFromDatabase(region.surroundings)
            let place = try Coordinate(latitude: Place.localStreet.0, longitude: Place.localStreet.1)
            func owner() -> String? {
                region.surroundings.geography.facts(at: place).municipality.covering.first?.id.rawValue
            }
            try await importing.activate(
                second,
                at: region.clock.now.addingTimeInterval(3_600),
                by: "test",
                now: region.clock.now
            )
            try await refresh.once()
            #expect(owner() == "brindle-bay")
            region.clock.advance(by: 3_599)
            try await refresh.once()
            #expect(region.surroundings.geography.generation == first)
            region.clock.advance(by: 1)
            try await refresh.once()
            #expect(region.surroundings.geography.generation == second && owner() == "cobbleford")
            let garden = try region.intake(at: Place.backGarden, answers: answers, key: "later")
            let later = try await region.take(garden)
            #expect(try await region.row(later.reference, in: "cobbleford")?.decision?.generation == second)
            try await importing.activate(first, at: region.clock.now, by: "test", now: region.clock.now)
            try await refresh.once()
            #expect(region.surroundings.geography.generation == first && owner() == "brindle-bay")
            let row = try await region.row(receipt.reference, in: "brindle-bay")
            #expect(row?.decision?.generation == first)
            #expect(try await region.row(later.reference, in: "cobbleford")?.decision?.generation == second)
        }
    }

    @Test("is refused with a reason for a generation that did not pass, and for one that does not exist")
    func refused() async throws {
        try await withRegion { region in
            let importing = ImportGeneration(databases: region.databases)
            let bad = try await store(try await Self.features(), in: region, passed: false)
            for (id, reason) in [(bad, "did not pass its check"), (GenerationID(9_999), "does not exist")] {
                let error = await #expect(throws: ImportGeneration.NotActivatable.self) {
                    try await importing.activate(id, at: region.clock.now, by: "test", now: region.clock.now)
                }
                #expect(error?.description.contains(reason) == true)
            }
            let rehearse = RehearseGeneration(region.surroundings)
            await #expect(throws: RehearseGeneration.Fault.unknown(GenerationID(9_999))) {
                _ = try await rehearse(GenerationID(9_999))
            }
        }
    }

    @Test("a decision comes with its generation: the overlap is answered by the owner decided, and says who decided")
    func decided() async throws {
        try await withRegion { region in
            let folder = DemonstrationRegion.repository
            let draft = try await GenerationDraft.read(
                areas: [folder.appendingPathComponent("geo/boundaries.geojson").path],
                roads: [folder.appendingPathComponent("geo/roads.geojson").path],
                decisions: [
                    BoundaryDecision(
                        layer: .municipality,
                        matter: .overlap,
                        areas: [AreaID(trusted: "cobbleford"), AreaID(trusted: "elmsbridge")],
                        verdict: .priority(AreaID(trusted: "cobbleford")),
                        reason: "its plough goes there",
                        decidedBy: "committee",
                        decidedOn: try CalendarDay("2026-03-02")
                    )
                ]
            )
            #expect(draft.report.obstacles == [] && draft.decided.count == 1)
            let importing = ImportGeneration(databases: region.databases)
            let id = try await importing(
                areas: draft.areas,
                roads: draft.roads,
                decided: draft.decided,
                note: "decided",
                report: draft.report,
                passed: true,
                now: region.clock.now
            )
            let overlap = PlaceInput(coordinate: try Coordinate(latitude: 44.2197, longitude: -78.8))
            let query = RouteQuery(place: overlap, part: ServicePart(trusted: "waste.collect"))
            let undecided = try await ExplainResponsibility(region.surroundings)(query)
            #expect(undecided.facts.municipality.covering.map(\.id.rawValue) == ["elmsbridge", "cobbleford"])
            #expect(undecided.facts.decided == nil)
            try await importing.activate(id, at: region.clock.now, by: "test", now: region.clock.now)
            try await RefreshFromDatabase(region.surroundings).once()
            let answer = try await ExplainResponsibility(region.surroundings)(query)
            #expect(answer.facts.municipality == undecided.facts.municipality, "the raw answer stays as it is")
            let owner = try #require(answer.facts.decided(in: .municipality))
            #expect(owner.area.id.rawValue == "cobbleford" && owner.decidedBy == "committee")
            #expect(answer.decision.municipality?.rawValue == "cobbleford" && answer.decision.question == nil)
            #expect(answer.decision.flags.contains(Decision.Flag.decidedPlace))
            let check = try await CheckGeneration(databases: region.databases)(id)
            let finding = try #require(check.report.findings(.overlap, in: .municipality).first)
            #expect(finding.decision?.summary == "priority cobbleford")
        }
    }
}
