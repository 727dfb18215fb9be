import Domain
import Foundation
import Hub
import Storage
import TestSupport
import Testing

@Suite("Work orders and the field")
struct WorkOrderTests {
    private let clerk = StaffScope(account: "kim", departments: ["public-works"])
    private let crew = Crew(
        code: CrewCode(trusted: "roads-north"),
        name: LocalizedText(english: "Roads north", french: "Routes nord"),
        department: "public-works",
        members: ["max"]
    )
    private let worker = StaffScope(account: "max", departments: [], isOwnCrewsOnly: true)

    /// A pothole on a street of the town, which the town leads.
    private func pothole(_ region: DemonstrationRegion) async throws -> (RequestReference, HostedTenant) {
        let answers = try await region.required("RD-POTH", of: "brindle-bay")
        let receipt = try await region.take(
            try region.intake(at: Place.localStreet, answers: answers),
            to: "brindle-bay"
        )
        let town = try await region.tenant("brindle-bay")
        try await ManageCrews(region.surroundings).put(crew, of: town)
        return (receipt.reference, town)
    }

    private func report(_ outcome: WorkOutcome = .fixed) throws -> WorkReport {
        try WorkReport(outcome: outcome, minutes: 35, materials: "2 bags", checklist: ["CONES": "yes"])
    }

    @Test(
        "from order over crew and day to the report: the request follows, and its public history tells no more than it should"
    )
    func straight() async throws {
        try await withRegion { region in
            let (reference, town) = try await pothole(region)
            let surroundings = region.surroundings
            let day = town.day(of: region.clock.now)
            let order = try await MakeWorkOrder(surroundings)(
                reference,
                .init(task: "Fill the hole by the curb"),
                at: town,
                scope: clerk
            )
            #expect(order.number == 1)
            #expect(order.department == "public-works")
            #expect(try await region.row(reference, in: "brindle-bay")?.step == .received, "a draft is no promise")
            let take = TakeWorkStep(surroundings)
            _ = try await take(.schedule(day), order.id, at: town, scope: clerk)
            _ = try await take(.assign(crew.code), order.id, at: town, scope: clerk)
            #expect(try await region.row(reference, in: "brindle-bay")?.step == .workAssigned)
            let before = try await ReadWorkDay(surroundings)(at: town, scope: worker)
            #expect(before.jobs.map(\.order.id) == [order.id])
            #expect(before.crews.map(\.code) == [crew.code])
            _ = try await take(.start, order.id, at: town, scope: worker)
            let done = try await take(.finish(report()), order.id, at: town, scope: worker)
            #expect(done.state == .done(.fixed))
            let row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.outcome == .fixed, "the rule of potholes: with the last order")
            let history = try await region.history(reference, in: "brindle-bay")
            #expect(
                history.filter { $0.kind == .workOrder }.compactMap { $0.details["happening"] }
                    == ["made", "scheduled", "assigned", "started", "finished"]
            )
            #expect(history.filter { $0.kind == .workOrder }.allSatisfy { !$0.isPublic })
            #expect(history.filter(\.isPublic).map(\.kind) == [.received, .decided, .workAssigned, .completed])
            #expect(history.last?.actor == "staff:max")
            let tracked = try await TrackRequest(surroundings)(reference)
            #expect(tracked?.history.contains { $0.kind == .workOrder } == false)
            let after = try await ReadWorkDay(surroundings)(at: town, scope: worker)
            #expect(after.jobs.isEmpty)
            #expect(after.done.map(\.order.id) == [order.id])
        }
    }

    @Test("a request with two orders ends with the last of them; made safe keeps it open")
    func several() async throws {
        try await withRegion { region in
            let (reference, town) = try await pothole(region)
            let make = MakeWorkOrder(region.surroundings)
            let take = TakeWorkStep(region.surroundings)
            let draft = MakeWorkOrder.Draft(task: "Make it safe", crew: crew.code)
            let first = try await make(reference, draft, at: town, scope: clerk)
            let second = try await make(reference, .init(task: "Repair", crew: crew.code), at: town, scope: clerk)
            #expect(second.number == 2)
            _ = try await take(.finish(report(.madeSafe)), first.id, at: town, scope: worker)
            var row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.life.state == .madeSafe)
            #expect(row.life.isOpen)
            _ = try await take(.finish(report()), second.id, at: town, scope: worker)
            row = try #require(try await region.row(reference, in: "brindle-bay"))
            #expect(row.outcome == .fixed)
            #expect(!row.life.isOpen)
        }
    }

    @Test(
        "completing by hand is refused while orders are open; a withdrawn request calls them off, and the phone is told so"
    )
    func ending() async throws {
        try await withRegion { region in
            let (reference, town) = try await pothole(region)
            let surroundings = region.surroundings
            let order = try await MakeWorkOrder(surroundings)(
                reference,
                .init(task: "Fill", crew: crew.code),
                at: town,
                scope: clerk
            )
            let steps = StaffSteps(surroundings)
            await #expect(throws: WorkOrderFault.ordersOpen(1)) {
                try await steps.take(.complete(.fixed), reference, at: town, scope: clerk)
            }
            _ = try await steps.take(.complete(.withdrawn), reference, at: town, scope: clerk)
            let read = ReadForStaff(surroundings)
            #expect(
                try await read.order(order.id, at: town, scope: worker)?.order.state == .cancelled(.requestEnded)
            )
            let record = RecordFieldAction(surroundings)
            let late = FieldAction(id: UUID(), order: order.id, deed: .finish(try report()))
            let receipt = try await record(late, at: town, scope: worker)
            #expect(receipt.state == .needsYou)
            #expect(receipt.reason == .ended)
            let note = FieldAction(id: UUID(), order: order.id, deed: .note("It was filled all the same"))
            #expect(try await record(note, at: town, scope: worker).state == .sent)
            let last = try await region.history(reference, in: "brindle-bay").last
            #expect(last?.description?.english == "It was filled all the same")
            #expect(last?.isPublic == false)
            await #expect(throws: WorkOrderFault.notOurs) {
                try await MakeWorkOrder(surroundings)(reference, .init(task: "Again"), at: town, scope: clerk)
            }
        }
    }

    @Test("a phone's action sent twenty times at once is done once, and answered alike each time")
    func once() async throws {
        try await withRegion { region in
            let (reference, town) = try await pothole(region)
            let surroundings = region.surroundings
            let order = try await MakeWorkOrder(surroundings)(
                reference,
                .init(task: "Fill", crew: crew.code),
                at: town,
                scope: clerk
            )
            let action = FieldAction(
                id: UUID(),
                order: order.id,
                toldAt: region.clock.now.addingTimeInterval(-7_200),
                deed: .finish(try report())
            )
            let receipts = try await withThrowingTaskGroup(of: FieldReceipt.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await RecordFieldAction(surroundings)(action, at: town, scope: worker) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(receipts.count == 20)
            #expect(Set(receipts).count == 1)
            #expect(receipts.first?.state == .sent)
            let history = try await region.history(reference, in: "brindle-bay")
            let finished = history.filter { $0.details["happening"] == "finished" }
            #expect(finished.count == 1)
            #expect(finished.first?.at == region.clock.now, "what the phone's clock says moves none of ours")
            #expect(finished.first?.details["told_at"] == "2026-06-16T12:00:00Z")
            #expect(history.filter { $0.kind == .completed }.count == 1)
            let other = FieldAction(id: action.id, order: order.id, deed: .note("something else"))
            await #expect(throws: RecordFieldAction.OtherAction.self) {
                try await RecordFieldAction(surroundings)(other, at: town, scope: worker)
            }
        }
    }

    @Test("what a checklist requires is asked for point by point, and nothing is done before it is there")
    func checklist() async throws {
        try await withRegion { region in
            let (reference, town) = try await pothole(region)
            let order = try await MakeWorkOrder(region.surroundings)(
                reference,
                .init(task: "Fill", crew: crew.code),
                at: town,
                scope: clerk
            )
            let bare = try WorkReport(outcome: .fixed, checklist: ["DEPTH": "deep"])
            let action = FieldAction(id: UUID(), order: order.id, deed: .finish(bare))
            let receipt = try await RecordFieldAction(region.surroundings)(action, at: town, scope: worker)
            #expect(receipt.reason == .faults)
            #expect(receipt.faults.map(\.field) == ["check.CONES", "check.DEPTH"])
            #expect(try await region.row(reference, in: "brindle-bay")?.life.isOpen == true)
            let looked = try WorkReport(outcome: .notFound)
            let taken = try await TakeWorkStep(region.surroundings)(.finish(looked), order.id, at: town, scope: worker)
            #expect(taken.state == .done(.notFound))
        }
    }

    @Test("of two people with the same page one wins, and the other is told")
    func versions() async throws {
        try await withRegion { region in
            let (reference, town) = try await pothole(region)
            let order = try await MakeWorkOrder(region.surroundings)(
                reference,
                .init(task: "Fill"),
                at: town,
                scope: clerk
            )
            let take = TakeWorkStep(region.surroundings)
            _ = try await take(.assign(crew.code), order.id, at: town, scope: clerk, expecting: order.rowVersion)
            await #expect(throws: StaleView.self) {
                try await take(.cancel(.mistake), order.id, at: town, scope: clerk, expecting: order.rowVersion)
            }
            let fault = await #expect(throws: WorkOrderFault.self) {
                try await take(.assign(CrewCode(trusted: "nobody")), order.id, at: town, scope: clerk)
            }
            #expect(fault == .unknownCrew(CrewCode(trusted: "nobody")))
        }
    }

    @Test("what lies outside somebody's tenant, department or crew is exactly as unknown as what never was")
    func scopes() async throws {
        try await withRegion { region in
            let (reference, town) = try await pothole(region)
            let surroundings = region.surroundings
            let order = try await MakeWorkOrder(surroundings)(
                reference,
                .init(task: "Fill", crew: crew.code),
                at: town,
                scope: clerk
            )
            let other = try await region.tenant("cobbleford")
            try await ManageCrews(surroundings).put(crew, of: other)
            let parks = StaffScope(account: "pat", departments: ["parks-recreation"])
            let stranger = StaffScope(account: "sam", departments: [], isOwnCrewsOnly: true)
            for (tenant, scope) in [(other, clerk), (other, worker), (town, parks), (town, stranger)] {
                let read = ReadForStaff(surroundings)
                #expect(try await read(reference, at: tenant, scope: scope) == nil)
                #expect(try await read.order(order.id, at: tenant, scope: scope) == nil)
                #expect(try await ReadWorkDay(surroundings)(at: tenant, scope: scope).jobs.isEmpty)
                let queue = try await ReadStaffQueue(surroundings)(
                    StaffQueueFilter(account: "", now: region.clock.now),
                    at: tenant,
                    scope: scope
                )
                #expect(queue.rows.isEmpty)
                #expect(queue.counts[.open] == 0)
                await #expect(throws: UnknownWorkOrder.self) {
                    try await TakeWorkStep(surroundings)(.start, order.id, at: tenant, scope: scope)
                }
                await #expect(throws: UnknownWorkOrder.self) {
                    let action = FieldAction(id: UUID(), order: order.id, deed: .start)
                    _ = try await RecordFieldAction(surroundings)(action, at: tenant, scope: scope)
                }
                await #expect(throws: UnknownRequest.self) {
                    try await StaffSteps(surroundings).take(.review, reference, at: tenant, scope: scope)
                }
                await #expect(throws: UnknownRequest.self) {
                    try await StaffSteps(surroundings).note("x", on: reference, at: tenant, scope: scope)
                }
                await #expect(throws: UnknownRequest.self) {
                    try await MakeWorkOrder(surroundings)(reference, .init(task: "x"), at: tenant, scope: scope)
                }
            }
            let read = ReadForStaff(surroundings)
            #expect(try await read(reference, at: town, scope: clerk)?.orders.map(\.id) == [order.id])
            #expect(try await region.row(reference, in: "brindle-bay")?.step == .received)
        }
    }

    @Test("a note of staff is read by staff alone, and an offer is answered from the queue")
    func notesAndOffers() async throws {
        try await withRegion { region in
            let (reference, town) = try await pothole(region)
            let steps = StaffSteps(region.surroundings)
            try await steps.note("Ask the works yard", on: reference, at: town, scope: clerk)
            let tracked = try #require(try await TrackRequest(region.surroundings)(reference))
            #expect(!tracked.history.contains { $0.kind == .noted })
            let found = try await ReadForStaff(region.surroundings)(reference, at: town, scope: clerk)
            #expect(found?.history.last?.description?.english == "Ask the works yard")
            #expect(found?.history.last?.actor == "staff:kim")
            await #expect(throws: AnswerOffer.NothingOffered.self) {
                try await steps.answer(reference, refusal: nil, at: town, scope: clerk)
            }
        }
    }
}
