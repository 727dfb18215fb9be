import Domain
import Foundation
import Testing

private let noon = Date(timeIntervalSince1970: 1_795_000_000)
private let later = noon.addingTimeInterval(3600)
private let crew = CrewCode(trusted: "roads-north")
private let otherCrew = CrewCode(trusted: "roads-south")

private func order(_ number: Int = 1, task: String = "Fill the hole") throws -> WorkOrder {
    try WorkOrder(
        reference: RequestReference.make(code: TenantCode(trusted: "BB")),
        number: number,
        department: "public-works",
        task: task,
        priority: .p3,
        due: later,
        madeAt: noon
    )
}

private func day(_ text: String) throws -> CalendarDay { try CalendarDay(text) }

@Suite("A work order")
struct WorkOrderTests {
    @Test("goes from a draft over a day, a crew and a start to its report")
    func straight() throws {
        var order = try order()
        #expect(order.state == .drafted)
        #expect(try !order.schedule(for: day("2026-11-24")).assignsWork)
        #expect(order.state == .scheduled)
        let assigned = try order.assign(to: crew)
        #expect(assigned.assignsWork, "day and crew are known: who does it and when")
        #expect(assigned.details == ["crew": "roads-north"])
        #expect(order.state == .assigned)
        _ = try order.start(at: noon)
        #expect(order.startedAt == noon)
        let report = try WorkReport(outcome: .fixed, minutes: 35, materials: " 2 bags ", note: " ")
        let effect = try order.finish(report, at: later)
        #expect(effect.ended == .fixed)
        #expect(effect.details == ["outcome": "fixed", "minutes": "35"])
        #expect(order.state == .done(.fixed))
        #expect(order.endedAt == later)
        #expect(order.report?.materials == "2 bags")
        #expect(order.report?.note == nil)
        #expect(!order.isOpen)
    }

    @Test(
        "says that work is assigned once crew and day are both known, in either order, and at the start at the latest"
    )
    func assigns() throws {
        var crewFirst = try order()
        #expect(try !crewFirst.assign(to: crew).assignsWork)
        #expect(try crewFirst.schedule(for: day("2026-11-24")).assignsWork)
        #expect(try !crewFirst.assign(to: otherCrew).assignsWork, "another crew is no new step")
        #expect(crewFirst.crew == otherCrew)
        var atOnce = try order()
        _ = try atOnce.assign(to: crew)
        #expect(try atOnce.start(at: noon).assignsWork)
    }

    @Test("an obstacle stops it; another day, another crew or a start takes it up again")
    func blocked() throws {
        var order = try order()
        _ = try order.assign(to: crew)
        _ = try order.start(at: noon)
        let effect = try order.block(.noAccess, note: "a parked car")
        #expect(effect.details == ["obstacle": "no_access", "note": "a parked car"])
        #expect(order.isOpen)
        var again = order
        _ = try again.start(at: later)
        #expect(again.state == .started)
        #expect(again.startedAt == noon, "the first start is kept")
        _ = try order.schedule(for: day("2026-11-25"))
        #expect(order.state == .assigned)
    }

    @Test("planning it while the crew is at work leaves it at work")
    func planning() throws {
        var order = try order()
        _ = try order.assign(to: crew)
        _ = try order.start(at: noon)
        _ = try order.schedule(for: day("2026-11-25"))
        #expect(order.state == .started)
    }

    @Test("takes in every state exactly the steps it names, and refuses the others naming them")
    func everyPath() throws {
        for path in [
            [], ["schedule"], ["assign"], ["assign", "start"], ["assign", "block"], ["assign", "finish"], ["cancel"],
        ] {
            var start = try order()
            for name in path { try take(try #require(WorkOrder.Step(rawValue: name)), &start) }
            let legal = start.legalSteps
            for step in WorkOrder.Step.allCases {
                var copy = start
                if legal.contains(step) {
                    try take(step, &copy)
                } else {
                    let fault = #expect(throws: IllegalWorkStep.self) { try take(step, &copy) }
                    #expect(fault?.legal == legal)
                    #expect(fault?.description.contains(start.state.name) == true)
                    #expect(copy == start, "a refused step changes nothing")
                }
            }
        }
    }

    private func take(_ step: WorkOrder.Step, _ order: inout WorkOrder) throws {
        switch step {
        case .schedule: _ = try order.schedule(for: day("2026-11-24"))
        case .assign: _ = try order.assign(to: crew)
        case .start: _ = try order.start(at: noon)
        case .block: _ = try order.block(.weather, note: nil)
        case .finish: _ = try order.finish(try WorkReport(outcome: .notFound), at: noon)
        case .cancel: _ = try order.cancel(.mistake, at: noon)
        }
    }

    @Test("needs words, and not too many", arguments: ["", " \n ", String(repeating: "a", count: 1_001)])
    func task(_ words: String) {
        #expect(throws: WorkOrder.InvalidTask.self) { try order(task: words) }
    }

    @Test("a report out of range names every field")
    func report() {
        let fault = #expect(throws: WorkReport.Invalid.self) {
            try WorkReport(
                outcome: .fixed,
                minutes: 1_441,
                materials: String(repeating: "m", count: 501),
                note: String(repeating: "n", count: 2_001)
            )
        }
        #expect(fault?.faults.map(\.field) == ["minutes", "materials", "note"])
        #expect(throws: WorkReport.Invalid.self) { try WorkReport(outcome: .fixed, minutes: -1) }
    }
}

@Suite("The orders of one request together")
struct WorkTogetherTests {
    private func done(_ number: Int, _ outcome: WorkOutcome, after seconds: TimeInterval) throws -> WorkOrder {
        var order = try order(number)
        _ = try order.assign(to: crew)
        _ = try order.finish(try WorkReport(outcome: outcome), at: noon.addingTimeInterval(seconds))
        return order
    }

    @Test("have no outcome while one is open, and none when all were called off")
    func open() throws {
        let finished = try done(1, .fixed, after: 0)
        #expect(WorkTogether([finished, try order(2)]).outcome == nil)
        var called = try order(3)
        _ = try called.cancel(.replaced, at: noon)
        #expect(WorkTogether([called]).outcome == nil)
        #expect(WorkTogether([]).outcome == nil)
        #expect(WorkTogether([finished, called]).outcome == .fixed)
    }

    @Test(
        "end by what was done last and what counts most",
        arguments: [
            // in the order in which they ended
            ([WorkOutcome.madeSafe, .fixed], WorkOutcome.fixed),
            ([.fixed, .madeSafe], .madeSafe),
            ([.notFound, .fixed], .fixed),
            ([.fixed, .notFound], .fixed),
            ([.notFound, .inspectedMeetsStandard], .inspectedMeetsStandard),
            ([.couldNotReach, .notFound], .couldNotReach),
            ([.notFound], .notFound),
        ]
    )
    func together(_ outcomes: [WorkOutcome], _ expected: WorkOutcome) throws {
        let orders = try outcomes.enumerated().map { try done($0.offset + 1, $0.element, after: Double($0.offset)) }
        #expect(WorkTogether(orders).outcome == expected)
        #expect(WorkTogether(orders.reversed()).outcome == expected, "whatever order they are read in")
    }
}

@Suite("A checklist")
struct ChecklistTests {
    private let list = Checklist([
        Checklist.Item(code: "CONES", kind: .tick, text: LocalizedText(same: "Cones"), isRequired: true),
        Checklist.Item(code: "DEPTH", kind: .number, text: LocalizedText(same: "Depth"), unit: "cm"),
        Checklist.Item(code: "FILL", kind: .text, text: LocalizedText(same: "Fill"), isRequired: true),
    ])

    @Test("finds what is missing, unreadable or unknown, point by point")
    func faults() {
        #expect(list.faults(in: ["CONES": "yes", "DEPTH": "4.5", "FILL": "cold mix"]).isEmpty)
        #expect(list.faults(in: [:]).map(\.field) == ["check.CONES", "check.FILL"])
        #expect(list.faults(in: [:], workWasDone: false).isEmpty, "nothing was found: nothing to check")
        let wrong = ["CONES": "no", "DEPTH": "deep", "FILL": String(repeating: "x", count: 501), "MORE": "1"]
        #expect(list.faults(in: wrong).map(\.code) == [.malformed, .malformed, .tooLong, .unknown])
    }
}

@Suite("The order of a day's jobs")
struct WorkScheduleTests {
    private let today = CalendarDay(trustedDayForTests: 20)

    private func stop(_ priority: Priority, due: Int?, _ place: (Double, Double)?) throws -> WorkSchedule.Stop {
        WorkSchedule.Stop(
            id: UUID(),
            priority: priority,
            dueDay: due.map { CalendarDay(trustedDayForTests: $0) },
            place: try place.map { try Coordinate(latitude: $0.0, longitude: $0.1) }
        )
    }

    @Test("is by priority, then by the day they are due, then nearest next")
    func order() throws {
        let near = try stop(.p3, due: 24, (44.10, -79.18))
        let far = try stop(.p3, due: 24, (44.20, -79.18))
        let middle = try stop(.p3, due: 24, (44.14, -79.18))
        let sooner = try stop(.p3, due: 22, (44.30, -79.18))
        let urgent = try stop(.p1, due: nil, (44.09, -79.18))
        let someday = try stop(.p3, due: nil, (44.09, -79.18))
        let nowhere = try stop(.p3, due: 24, nil)
        let stops = [nowhere, far, someday, near, sooner, middle, urgent]
        let sorted = WorkSchedule.ordered(stops, today: today)
        // After the sooner one in the north the nearest of the three is the far one, and so back to the south.
        #expect(sorted.map(\.id) == [urgent, sooner, far, middle, near, nowhere, someday].map(\.id))
    }

    @Test("counts what is overdue as due today: late is late")
    func overdue() throws {
        let lastWeek = try stop(.p3, due: 13, (44.20, -79.18))
        let dueToday = try stop(.p3, due: 20, (44.10, -79.18))
        let start = try Coordinate(latitude: 44.09, longitude: -79.18)
        let sorted = WorkSchedule.ordered([lastWeek, dueToday], today: today, from: start)
        #expect(sorted.map(\.id) == [dueToday.id, lastWeek.id])
    }

    @Test("leaves nothing out and doubles nothing, whatever comes in")
    func permutation() throws {
        var generator = Seeded(state: 311)
        for count in [0, 1, 40] {
            let stops = try (0..<count).map { _ in
                let place: (Double, Double)? =
                    Bool.random(using: &generator)
                    ? (Double.random(in: 44...45, using: &generator), Double.random(in: -80 ... -79, using: &generator))
                    : nil
                let due = Int.random(in: 10...30, using: &generator)
                return try stop(Priority.allCases.randomElement(using: &generator) ?? .p3, due: due, place)
            }
            let sorted = WorkSchedule.ordered(stops, today: today)
            #expect(sorted.count == stops.count)
            #expect(Set(sorted.map(\.id)) == Set(stops.map(\.id)))
            let keys = sorted.map { ($0.priority.rawValue, max($0.dueDay ?? today, today)) }
            #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test("a degree of latitude is 111 km")
    func metres() throws {
        let south = try Coordinate(latitude: 44, longitude: -79)
        let north = try Coordinate(latitude: 45, longitude: -79)
        #expect(abs(WorkSchedule.metres(from: south, to: north) - 111_195) < 50)
    }
}

extension CalendarDay {
    /// A day of November 2026.
    fileprivate init(trustedDayForTests day: Int) {
        self.init(dayNumber: CalendarDay(Date(timeIntervalSince1970: 1_793_534_400), in: .gmt).dayNumber + day - 1)
    }
}

/// The same numbers on every run (splitmix64).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
