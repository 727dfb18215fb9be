import Domain
import Foundation
import Hub
import Hummingbird

/// Crews and who is in them.
struct CrewPages: Sendable {
    let parts: PageParts

    /// One crew, or the form of a new one.
    struct CrewView {
        let key: String
        let code: String
        let english: String
        let french: String
        let heading: String
        let isNew: Bool
        let isActive: Bool
        let departments: [StaffChoice]
        let members: [Member]
        let hasPeople: Bool
    }

    /// A person who may be in a crew.
    struct Member {
        let id: String
        let account: String
        let name: String
        let isIn: Bool
    }

    /// All crews.
    struct CrewsView {
        let heading: String
        let action: String
        let token: String
        let crews: [CrewView]
        let notice: String?
        let faults: [StepChrome.FaultItem]
        let hasFaults: Bool
    }

    /// All crews of the body.
    func list(_ request: Request, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        let notice = try PageForm(query: request)["done"] == nil ? nil : desk.words("staff.crews.done")
        return try await page(desk, notice: notice, fault: nil)
    }

    /// Makes or changes a crew.
    func save(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let desk = StaffDesk(parts: parts, context: context)
        guard let code = form["code"].flatMap(CrewCode.init(rawValue:)) else {
            return try await page(desk, notice: nil, fault: desk.words("staff.crews.code-fault"))
        }
        guard let english = form["name_en"], let french = form["name_fr"], english.count <= 60, french.count <= 60
        else {
            return try await page(desk, notice: nil, fault: desk.words("staff.crews.name-fault"))
        }
        guard let department = form["department"].flatMap({ try? DepartmentCode($0) }) else {
            return try await page(desk, notice: nil, fault: desk.words("staff.fault.department"))
        }
        let people = try await StaffNames(of: desk.tenant, parts.surroundings).names
        let crew = Crew(
            code: code,
            name: LocalizedText(english: english, french: french),
            department: department,
            isActive: form["retired"] == nil,
            members: form.all("member").filter { people[$0] != nil }.sorted()
        )
        do {
            try await ManageCrews(parts.surroundings).put(crew, of: desk.tenant)
        } catch {
            guard let why = desk.explain(error) else { throw error }
            return try await page(desk, notice: nil, fault: why)
        }
        return .seeOther(desk.path("crews?done=1"))
    }

    private func page(_ desk: StaffDesk, notice: String?, fault: String?) async throws -> Response {
        let crews = try await ManageCrews(parts.surroundings).all(of: desk.tenant)
        let people = try await StaffNames(of: desk.tenant, parts.surroundings).names.sorted { $0.value < $1.value }
        let known = crews.map { crew in
            CrewView(
                key: crew.code.rawValue,
                code: crew.code.rawValue,
                english: crew.name.english,
                french: crew.name.french,
                heading: crew.name[desk.language],
                isNew: false,
                isActive: crew.isActive,
                departments: desk.departments(chosen: crew.department.rawValue),
                members: Self.members(people, of: crew),
                hasPeople: !people.isEmpty
            )
        }
        let fresh = CrewView(
            key: "new",
            code: "",
            english: "",
            french: "",
            heading: desk.words("staff.crews.new"),
            isNew: true,
            isActive: true,
            departments: desk.departments(chosen: nil),
            members: Self.members(people, of: nil),
            hasPeople: !people.isEmpty
        )
        let view = CrewsView(
            heading: desk.words("staff.crews.heading"),
            action: desk.path("crews"),
            token: desk.context.token,
            crews: known + [fresh],
            notice: notice,
            faults: fault.map { [StepChrome.FaultItem(field: "new-code", text: $0)] } ?? [],
            hasFaults: fault != nil
        )
        return try await parts.staffPage(
            "staff.crews",
            view,
            desk.context,
            title: fault == nil ? view.heading : desk.words("fault.title", ["page": view.heading]),
            here: "staff/crews",
            back: FrameView.Link(text: desk.words("staff.plan.heading"), address: desk.path("work")),
            status: fault == nil ? .ok : .badRequest
        )
    }

    private static func members(_ people: [(key: String, value: String)], of crew: Crew?) -> [Member] {
        people.map { id, name in
            Member(
                id: "\(crew?.code.rawValue ?? "new")-\(id)",
                account: id,
                name: name,
                isIn: crew?.members.contains(id) ?? false
            )
        }
    }
}
