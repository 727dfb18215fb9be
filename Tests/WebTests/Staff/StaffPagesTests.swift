import Domain
import Foundation
import HTTPTypes
import Hub
import Storage
import TestSupport
import Testing

@testable import Web

@Suite("The pages of departments and crews")
struct StaffPagesTests {
    private let rules = SignInRules(needsSecondFactor: false)
    private let root = "/t/brindle-bay/en/staff"
    private let crew = CrewCode(trusted: "roads-north")

    /// A pothole received in June by the town, or by the other one.
    private func pothole(
        _ region: StaffRegion,
        town: Bool = true,
        description: String = "A hole in the road, as deep as a boot."
    ) async throws -> RequestReference {
        let code = region.hub.codes[town ? 1 : 2]
        let request = Sample.request(
            code,
            tenant: town ? StaffRegion.town : StaffRegion.otherTown,
            description: description
        )
        try await region.hub.databases.withTenant(code) { try await ServiceRequests($0).insert(request) }
        return request.reference
    }

    private func clerk(_ region: StaffRegion) async throws -> Browser {
        try await region.signedIn("kim@x.example", [.departmentClerk], in: StaffRegion.town, face: "/t/brindle-bay")
    }

    private func history(_ region: StaffRegion, _ reference: RequestReference) async throws -> [RequestEvent] {
        try await region.hub.databases.withTenant(region.hub.codes[1]) {
            try await RequestEvents($0).all(of: reference)
        }
    }

    @Test(
        "a clerk reads a request, takes a step, makes an order and adds a note, without scripts; each is told and kept"
    )
    func story() async throws {
        try await StaffRegion.run(rules: rules) { region in
            let reference = try await pothole(region)
            let browser = try await clerk(region)
            let queue = try await browser.get("\(root)/queue")
            #expect(queue.status == .ok)
            #expect(queue.text.contains(reference.rawValue))
            #expect(queue.headers[.cacheControl] == "no-store")
            let address = "\(root)/requests/\(reference)"
            let page = try await browser.get(address)
            #expect(page.text.contains("A hole in the road"))
            let reviewed = try await browser.submit(page, ["go": "step", "step": "review"], to: address)
            #expect(reviewed.text.contains("The step is recorded."), "\(reviewed.text.prefix(900))")
            let late = try await browser.submit(
                page,
                ["go": "step", "step": "complete", "outcome": "fixed"],
                to: address
            )
            #expect(late.status == .badRequest, "the page was older than the step before")
            #expect(late.text.contains("Somebody changed this while you worked"))
            let ordered = try await browser.submit(
                reviewed,
                ["go": "order", "task": "Fill it & <b>flag</b> it", "day": "2026-11-19"],
                to: address
            )
            #expect(ordered.text.contains("The work order is made."))
            #expect(ordered.html.contains("Fill it &amp; &lt;b&gt;flag&lt;/b&gt; it"))
            let closing = try await browser.submit(
                ordered,
                ["go": "step", "step": "complete", "outcome": "fixed"],
                to: address
            )
            #expect(closing.text.contains("1 work order is still open"))
            let noted = try await browser.submit(ordered, ["go": "note", "note": "Ask the yard"], to: address)
            #expect(noted.text.contains("Ask the yard"))
            let events = try await history(region, reference)
            #expect(events.map(\.kind) == [.reviewed, .workOrder, .workOrder, .noted])
            #expect(events.map(\.isPublic) == [true, false, false, false])
            #expect(events.allSatisfy { $0.actor.hasPrefix("staff:") })
            let plan = try await browser.get("\(root)/work")
            #expect(plan.text.contains("Fill it"))
            let bulk = try await browser.post(
                "\(root)/queue",
                [
                    ("token", noted.attribute("value", ofTagWith: "name=\"token\"")), ("go", "review"),
                    ("pick", reference.rawValue), ("pick", "BB-22222-22222"),
                ]
            )
            #expect(bulk.heading == "0 done, 2 not done", "\(bulk.text)")
        }
    }

    @Test("what belongs to another town is exactly as unknown as what never was, on every page")
    func twoTenants() async throws {
        try await StaffRegion.run(rules: rules) { region in
            let theirs = try await pothole(region, town: false, description: "a marker of the other town")
            let never = RequestReference.make(code: region.hub.codes[2])
            let code = region.hub.codes[2]
            let order = try WorkOrder(
                reference: theirs,
                number: 1,
                department: "public-works",
                task: "a marker of the other town",
                priority: .p3,
                due: nil,
                madeAt: region.clock.now
            )
            try await region.hub.databases.withTenant(code) { try await WorkOrders($0).insert(order, by: "staff:x") }
            let browser = try await region.signedIn(
                "head@x.example",
                [.departmentHead],
                in: StaffRegion.town,
                face: "/t/brindle-bay"
            )
            for page in ["queue", "queue?view=late", "queue?q=marker", "work", "field", "crews"] {
                let shown = try await browser.get("\(root)/\(page)")
                #expect(shown.status == .ok, "\(page)")
                #expect(!shown.html.contains("marker") || page.contains("q="), "\(page)")
                #expect(!shown.html.contains(theirs.rawValue), "\(page)")
            }
            for (foreign, unknown) in [
                ("requests/\(theirs)", "requests/\(never)"),
                ("work/\(order.id)", "work/\(UUID())"),
                ("work/\(order.id)/photos/\(UUID())", "work/\(UUID())/photos/\(UUID())"),
            ] {
                let first = try await browser.get("\(root)/\(foreign)")
                let second = try await browser.get("\(root)/\(unknown)")
                #expect(first.status == .notFound)
                #expect(second.status == .notFound)
                #expect(first.text == second.text, "\(foreign)")
            }
            let token = try await browser.get("\(root)/queue").attribute("value", ofTagWith: "name=\"token\"")
            for (path, fields) in [
                ("requests/\(theirs)", [("go", "note"), ("note", "x")]), ("work/\(order.id)", [("day", "2026-11-20")]),
                ("field", [("id", UUID().uuidString), ("order", order.id.uuidString), ("kind", "start")]),
            ] {
                let answer = try await browser.post("\(root)/\(path)", [("token", token)] + fields)
                #expect(answer.status == .notFound, "\(path)")
            }
            let events = try await region.hub.databases.withTenant(code) { try await RequestEvents($0).all(of: theirs) }
            #expect(events.isEmpty)
        }
    }

    @Test("a phone's form is done once, by script and without; what the office ended meanwhile is said")
    func field() async throws {
        try await StaffRegion.run(rules: rules) { region in
            let reference = try await pothole(region)
            let browser = try await region.signedIn(
                "max@x.example",
                [.field],
                in: StaffRegion.town,
                face: "/t/brindle-bay"
            )
            let people = try await region.manage.list(in: StaffRegion.town)
            let worker = try #require(people.first { $0.account.signInName.rawValue == "max@x.example" })
            let account = worker.account.id.rawValue
            let empty = try await browser.get("\(root)/field")
            #expect(empty.text.contains("You are in no crew"))
            let town = try #require(try await region.surroundings.directory.tenant(StaffRegion.town))
            let crew = Crew(
                code: crew,
                name: LocalizedText(same: "Roads north"),
                department: "public-works",
                members: [account]
            )
            try await ManageCrews(region.surroundings).put(crew, of: town)
            let order = try await MakeWorkOrder(region.surroundings)(
                reference,
                .init(task: "Fill it", crew: crew.code),
                at: town,
                scope: StaffScope(account: "kim", departments: nil)
            )
            let page = try await browser.get("\(root)/field")
            #expect(page.text.contains("Fill it"))
            let token = page.attribute("value", ofTagWith: "name=\"token\"")
            var fields = [
                ("token", token), ("id", UUID().uuidString), ("order", order.id.uuidString), ("kind", "finish"),
                ("outcome", "fixed"), ("minutes", "20"),
            ]
            let missing = try await browser.post("\(root)/field", fields)
            let asked = "“Traffic was guided around the work” is required"
            #expect(missing.text.contains(asked), "\(missing.text.prefix(600))")
            fields[1].1 = UUID().uuidString
            fields.append(("check.CONES", "yes"))
            for _ in 0..<2 {
                let done = try await browser.post("\(root)/field", fields)
                #expect(done.text.contains("Recorded."))
                #expect(done.text.contains("Done today"))
            }
            let script: HTTPFields = [.hubToken: token]
            var answers: Set<String> = []
            let id = UUID().uuidString
            for _ in 0..<3 {
                let note = [("id", id), ("order", order.id.uuidString), ("kind", "note"), ("note", "Left a cone")]
                answers.insert(try await browser.post("\(root)/field/actions", note, script).html)
            }
            #expect(answers.count == 1)
            #expect(answers.first?.contains("\"state\":\"sent\"") == true)
            let start = [("id", UUID().uuidString), ("order", order.id.uuidString), ("kind", "start")]
            let late = try await browser.post("\(root)/field/actions", start, script)
            #expect(late.html.contains("needs_you"))
            #expect(late.html.contains("The office ended this job meanwhile."))
            let noToken = try await browser.post("\(root)/field/actions", start)
            #expect(noToken.status == .forbidden)
            let events = try await history(region, reference)
            #expect(events.filter { $0.details["happening"] == "finished" }.count == 1)
            #expect(events.filter { $0.kind == .completed }.count == 1)
            #expect(events.filter { $0.kind == .noted }.count == 1)
        }
    }

    @Test("the pages speak French throughout, and the worker's script lies beside its page")
    func french() async throws {
        try await StaffRegion.run(rules: rules) { region in
            let reference = try await pothole(region)
            let browser = try await clerk(region)
            let page = try await browser.get("/t/brindle-bay/fr/staff/requests/\(reference)")
            #expect(page.html.contains("lang=\"fr-CA\""))
            #expect(page.text.contains("Étape suivante"))
            #expect(page.text.contains("Aucune date promise"))
            let worker = try await region.browser().get("/t/brindle-bay/fr/staff/worker.js")
            #expect(worker.headers[.contentType] == "text/javascript; charset=utf-8")
            #expect(worker.html.contains("addEventListener(\"fetch\""))
        }
    }
}
