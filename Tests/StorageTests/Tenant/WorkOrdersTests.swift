import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Work orders, crews and views as stored")
struct WorkOrdersTests {
    let now = Sample.morning
    let crew = Crew(
        code: CrewCode(trusted: "roads-north"),
        name: LocalizedText(english: "Roads north", french: "Routes nord"),
        department: "public-works",
        members: ["kim", "lee"]
    )

    private func order(_ request: ServiceRequest, _ number: Int = 1) throws -> WorkOrder {
        try WorkOrder(
            reference: request.reference,
            number: number,
            department: "public-works",
            task: "Fill the hole",
            priority: .p2,
            due: now + 3600,
            madeAt: now
        )
    }

    @Test("an order comes back from every state as it was, and of two writers one wins")
    func states() async throws {
        try await withTenantSchemas(1) { hub in
            let request = Sample.request(hub.codes[0])
            let day = try CalendarDay("2026-06-17")
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ServiceRequests(transaction).insert(request)
                try await Crews(transaction).put(crew)
                let orders = WorkOrders(transaction)
                var order = try order(request)
                try await orders.insert(order, by: "staff:kim")
                #expect(try await orders.read(order.id) == order)
                let steps: [(inout WorkOrder) throws -> Void] = [
                    { _ = try $0.schedule(for: day) }, { _ = try $0.assign(to: crew.code) },
                    { _ = try $0.start(at: now + 60) }, { _ = try $0.block(.noAccess, note: "a parked car") },
                    {
                        let report = try WorkReport(outcome: .fixed, minutes: 35, note: "ok", checklist: ["A": "yes"])
                        _ = try $0.finish(report, at: now + 120)
                    },
                ]
                for step in steps {
                    let stale = order
                    try step(&order)
                    #expect(try await orders.save(order))
                    order.rowVersion += 1
                    #expect(try await orders.read(order.id) == order)
                    var late = stale
                    try step(&late)
                    #expect(try await !orders.save(late), "somebody else was first")
                }
                var second = try self.order(request, 2)
                try await orders.insert(second, by: "staff:kim")
                _ = try second.cancel(.replaced, at: now + 1)
                #expect(try await orders.save(second))
                #expect(try await orders.of(request.reference).map(\.state) == [.done(.fixed), .cancelled(.replaced)])
            }
        }
    }

    @Test(
        "the day of a crew holds what is planned until then, what has no day, and what it ended today; no other crew's"
    )
    func day() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            let today = try CalendarDay("2026-06-16")
            let south = Crew(code: CrewCode(trusted: "south"), name: LocalizedText(same: "S"), department: "parks-x")
            let found = try await hub.databases.withTenant(code) { transaction in
                let orders = WorkOrders(transaction)
                try await Crews(transaction).put(crew)
                try await Crews(transaction).put(south)
                var wanted: Set<UUID> = []
                for (days, crewCode, ended, isWanted) in [
                    (0, crew.code, nil, true), (-3, crew.code, nil, true), (1, crew.code, nil, false),
                    (nil, crew.code, nil, true), (0, south.code, nil, false), (0, crew.code, 60.0, true),
                    (0, crew.code, -90_000.0, false),
                ] as [(Int?, CrewCode, Double?, Bool)] {
                    let request = Sample.request(code)
                    try await ServiceRequests(transaction).insert(request)
                    var order = try order(request)
                    if let days { _ = try order.schedule(for: today.adding(days: days)) }
                    _ = try order.assign(to: crewCode)
                    if let ended { _ = try order.finish(try WorkReport(outcome: .fixed), at: now + ended) }
                    try await orders.insert(order, by: "staff:kim")
                    if isWanted { wanted.insert(order.id) }
                }
                let work = try await orders.work(of: [crew.code], on: today, endedSince: now - 3600)
                #expect(try await orders.open(departments: ["public-works"]).count == 5)
                #expect(try await orders.open(departments: ["parks-x"]).isEmpty)
                #expect(try await orders.open(departments: nil, day: today).count == 2)
                return (Set(work.map(\.id)), wanted)
            }
            #expect(found.0 == found.1)
        }
    }

    @Test("a crew is put twice and keeps the members given last; who is in none has none")
    func crews() async throws {
        try await withTenantSchemas(1) { hub in
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let crews = Crews(transaction)
                try await crews.put(crew)
                let changed = Crew(
                    code: crew.code,
                    name: crew.name,
                    department: "public-works",
                    members: ["lee", "max"]
                )
                try await crews.put(changed)
                #expect(try await crews.all() == [changed])
                #expect(try await crews.of(account: "kim").isEmpty)
                #expect(try await crews.of(account: "max") == [changed])
                let retired = Crew(
                    code: crew.code,
                    name: crew.name,
                    department: "public-works",
                    isActive: false,
                    members: ["max"]
                )
                try await crews.put(retired)
                #expect(try await crews.of(account: "max").isEmpty)
                #expect(try await crews.all().map(\.isActive) == [false])
            }
        }
    }

    @Test("each view of the queue shows its own requests, within the departments of whoever asks")
    func queue() async throws {
        try await withTenantSchemas(1) { hub in
            let code = hub.codes[0]
            var late = Sample.request(code, description: "By the OLD mill")
            late.completeDue = now - 60
            _ = try late.life.review(at: now)
            let fresh = Sample.request(code)
            var parks = Sample.request(code)
            parks.department = "parks"
            var ended = Sample.request(code)
            _ = try ended.life.complete(.fixed, at: now)
            let mirrored = Sample.request(code, standing: .mirrored)
            let confidential = Sample.request(code, visibility: .confidential)
            try await hub.databases.withTenant(code) { transaction in
                for request in [late, fresh, parks, ended, mirrored, confidential] {
                    try await ServiceRequests(transaction).insert(request)
                }
                try await Crews(transaction).put(crew)
                var order = try order(fresh)
                _ = try order.assign(to: crew.code)
                try await WorkOrders(transaction).insert(order, by: "staff:kim")
                let queue = StaffQueue(transaction)
                func shown(_ view: StaffQueueFilter.View, _ change: (inout StaffQueueFilter) -> Void = { _ in })
                    async throws
                    -> Set<RequestReference>
                {
                    var filter = StaffQueueFilter(view: view, departments: ["public-works"], account: "kim", now: now)
                    change(&filter)
                    return Set(try await queue.page(filter).map(\.reference))
                }
                #expect(try await shown(.open) == [late.reference, fresh.reference, confidential.reference])
                #expect(try await shown(.late) == [late.reference])
                #expect(try await shown(.unread) == [fresh.reference, confidential.reference])
                #expect(try await shown(.unassigned) == [late.reference])
                #expect(try await shown(.mine) == [fresh.reference])
                #expect(try await shown(.mine) { $0.account = "zoe" }.isEmpty)
                #expect(try await shown(.ended) == [ended.reference])
                #expect(try await shown(.inbox).isEmpty)
                #expect(try await shown(.open) { $0.search = "old MILL" } == [late.reference])
                #expect(try await shown(.open) { $0.search = "%" }.isEmpty, "a percent sign is a percent sign")
                #expect(try await shown(.open) { $0.department = "parks" }.isEmpty, "outside of one's departments")
                #expect(try await shown(.open) { $0.departments = nil }.count == 4)
                #expect(try await shown(.open) { $0.departments = [] }.isEmpty)
                let filter = StaffQueueFilter(departments: ["public-works"], account: "kim", now: now)
                let counts = try await queue.counts(filter)
                #expect(counts[.open] == 3)
                #expect(counts[.late] == 1)
                #expect(try await queue.page(filter).first?.reference == late.reference, "the next deadline first")
                #expect(try await queue.read(parks.reference, departments: ["public-works"]) == nil)
                #expect(try await queue.read(parks.reference, departments: nil)?.reference == parks.reference)
            }
        }
    }

    @Test("photos and views belong to what and whom they were made for")
    func photosAndViews() async throws {
        try await withTenantSchemas(1) { hub in
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                let request = Sample.request(hub.codes[0])
                try await ServiceRequests(transaction).insert(request)
                let order = try order(request)
                try await WorkOrders(transaction).insert(order, by: "staff:kim")
                let photos = WorkPhotos(transaction)
                for moment in WorkPhoto.Moment.allCases {
                    try await photos.insert(
                        WorkPhoto(
                            order: order.id,
                            reference: request.reference,
                            moment: moment,
                            contentHash: String(repeating: "a", count: 64),
                            byteCount: 10,
                            storedAt: now
                        )
                    )
                }
                #expect(try await photos.of([order.id]).map(\.moment) == [.before, .after])
                #expect(try await photos.of([UUID()]).isEmpty)
                #expect(try await Attachments(transaction).of(request.reference).map(\.position) == [0, 1])
                #expect(try await Attachments(transaction).of(request.reference).allSatisfy { !$0.isPublic })
                let views = StaffViews(transaction)
                let view = StoredStaffView(name: "North", filter: ["view": "late"])
                try await views.put(view, of: "kim", now: now)
                try await views.put(StoredStaffView(name: "North", filter: ["view": "open"]), of: "kim", now: now)
                #expect(try await views.of(account: "kim").map(\.filter) == [["view": "open"]])
                #expect(try await views.of(account: "lee").isEmpty)
                #expect(try await !views.remove(view.id, of: "lee"))
                #expect(try await views.remove(view.id, of: "kim"))
            }
        }
    }

    @Test("nothing of one tenant is there for another")
    func twoTenants() async throws {
        try await withTenantSchemas(2) { hub in
            let request = Sample.request(hub.codes[0])
            let order = try order(request)
            try await hub.databases.withTenant(hub.codes[0]) { transaction in
                try await ServiceRequests(transaction).insert(request)
                try await WorkOrders(transaction).insert(order, by: "staff:kim")
                try await Crews(transaction).put(crew)
                try await StaffViews(transaction).put(StoredStaffView(name: "N", filter: [:]), of: "kim", now: now)
            }
            try await hub.databases.withTenant(hub.codes[1]) { transaction in
                try await transaction.flush()
                #expect(try await WorkOrders(transaction).read(order.id) == nil)
                #expect(try await WorkOrders(transaction).of(request.reference).isEmpty)
                #expect(try await WorkOrders(transaction).open(departments: nil).isEmpty)
                #expect(try await WorkOrders(transaction).save(order) == false)
                #expect(try await Crews(transaction).all().isEmpty)
                #expect(try await Crews(transaction).of(account: "kim").isEmpty)
                #expect(try await StaffViews(transaction).of(account: "kim").isEmpty)
                let filter = StaffQueueFilter(account: "kim", now: now)
                #expect(try await StaffQueue(transaction).page(filter).isEmpty)
                #expect(try await StaffQueue(transaction).read(request.reference, departments: nil) == nil)
            }
        }
    }
}
