import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// The people of one body: who they are, what each may do, links for new ones.
struct PeoplePages: Sendable {
    let parts: PageParts

    /// A box to tick.
    struct Box {
        let id: String
        let value: String
        let text: String
        let isTicked: Bool
    }

    /// One person.
    struct Person {
        let account: String
        let displayName: String
        let name: String
        let state: String
        let roles: String
        let secondFactor: String
        let departments: String
        let roleBoxes: [Box]
        let departmentBoxes: [Box]
        let edit: String
    }

    /// The page.
    struct PeopleView {
        let heading: String
        let token: String
        let people: [Person]
        let roleBoxes: [Box]
        let departmentBoxes: [Box]
        let inviteAction: String
        let rolesAction: String
        let resetAction: String
        let disableAction: String
        let mayDisable: Bool
        let link: String?
        let notice: String?
        let fault: SignInPages.Fault?
        let typedName: String
        let typedDisplayName: String
    }

    /// The list.
    func list(_ request: Request, _ context: StaffContext) async throws -> Response {
        let isDone = try PageForm(query: request)["done"] != nil
        return try await page(context, notice: isDone ? words(context)("staff.people.done") : nil)
    }

    /// Invites a person, or gives one who is known a part here.
    func invite(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let words = words(context)
        guard let name = form["name"].flatMap({ SignInName(typed: $0) }) else {
            return try await page(context, fault: ("name", words("fault.email")), form)
        }
        guard let displayName = form["display"].map({ String($0.prefix(100)) }) else {
            return try await page(context, fault: ("display", words("staff.people.display-missing")), form)
        }
        let membership = membership(form, context)
        if let fault = check(membership, context) { return try await page(context, fault: ("role-new", fault), form) }
        let link = try await manage.invite(
            name,
            displayName: displayName,
            language: form["language"] == "fr" ? .french : .english,
            membership,
            reach: reach(context),
            by: context.session.actor,
            now: parts.surroundings.now()
        )
        let address = link?.address(below: parts.surroundings.settings.publicBaseURL)
        return try await page(context, link: address, notice: address == nil ? words("staff.people.known") : nil)
    }

    /// Gives a person other roles here, or takes them all.
    func setRoles(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let name = try await name(form, context)
        let membership = membership(form, context)
        if !membership.roles.isEmpty, let fault = check(membership, context) {
            return try await page(context, fault: ("people", fault))
        }
        return try await doing(context) {
            try await manage.setRoles(membership, of: name, by: context.session.actor, now: parts.surroundings.now())
        }
    }

    /// A link to choose another password.
    func reset(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let name = try await name(form, context)
        do {
            let now = parts.surroundings.now()
            let link = try await manage.reset(name, reach: reach(context), by: context.session.actor, now: now)
            return try await page(context, link: link.address(below: parts.surroundings.settings.publicBaseURL))
        } catch let fault as ManageAccounts.Fault {
            return try await page(context, fault: ("people", text(fault, context)))
        }
    }

    /// Takes the right to sign in; only at the hub, which alone sees everything a person is.
    func disable(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        guard context.tenant.isHub else { throw HTTPFault.denied }
        let name = try await name(form, context)
        return try await doing(context) {
            try await manage.disable(name, by: context.session.actor, now: parts.surroundings.now())
        }
    }

    private var manage: ManageAccounts {
        ManageAccounts(databases: parts.surroundings.databases, rules: parts.surroundings.signIn.rules)
    }

    private func words(_ context: StaffContext) -> Words { parts.words(context.site.language) }

    private func reach(_ context: StaffContext) -> ManageAccounts.Reach {
        context.session.roles.contains(.hubAdministrator) ? .hub : .body(context.session.actingIn)
    }

    /// The person a form names; one of another body is as unknown as one who is nobody.
    private func name(_ form: PageForm, _ context: StaffContext) async throws -> SignInName {
        let people = try await manage.list(in: context.session.actingIn)
        guard let person = people.first(where: { $0.account.id.rawValue == form["account"] }) else {
            throw HTTPFault.notFound
        }
        return person.account.signInName
    }

    private func membership(_ form: PageForm, _ context: StaffContext) -> Membership {
        Membership(
            jurisdiction: context.session.actingIn,
            roles: Set(form.all("role").compactMap(Role.init(rawValue:))),
            departments: Set(form.all("department"))
        )
    }

    /// Why roles cannot be given here by this person; nil when they can.
    private func check(_ membership: Membership, _ context: StaffContext) -> String? {
        let words = words(context)
        do throws(Membership.Fault) {
            try membership.check(
                isHub: context.tenant.isHub,
                departments: Set(context.tenant.tenant.departments.map(\.code.rawValue))
            )
        } catch {
            switch error {
            case .noRole: return words("staff.people.no-role")
            case .notStaff, .hubOnly, .unknownDepartment: return words("staff.people.not-here")
            }
        }
        // Nobody gives away what they do not hold.
        let isGiven = membership.roles.contains(.hubAdministrator)
        let isBeyond = isGiven && !context.session.roles.contains(.hubAdministrator)
        return isBeyond ? words("staff.people.not-here") : nil
    }

    private func doing(_ context: StaffContext, _ body: () async throws -> Void) async throws -> Response {
        do {
            try await body()
        } catch let fault as ManageAccounts.Fault {
            return try await page(context, fault: ("people", text(fault, context)))
        }
        return .seeOther(context.site.path("staff/people?done=1"))
    }

    private func text(_ fault: ManageAccounts.Fault, _ context: StaffContext) -> String {
        switch fault {
        case .lastAdministrator: words(context)("staff.people.last")
        case .beyondReach: words(context)("staff.people.beyond")
        case .unknown, .illegal: words(context)("staff.people.not-now")
        }
    }

    private func page(
        _ context: StaffContext,
        link: String? = nil,
        notice: String? = nil,
        fault: (field: String, text: String)? = nil,
        _ form: PageForm = PageForm()
    ) async throws -> Response {
        let (site, words) = (context.site, words(context))
        let people = try await manage.list(in: context.session.actingIn)
        let heading = words("staff.people.heading", ["body": context.tenant.tenant.name.plain[site.language]])
        let view = PeopleView(
            heading: heading,
            token: context.token,
            people: people.map { person($0, context) },
            roleBoxes: roleBoxes(context, "new", ticked: Set(form.all("role").compactMap(Role.init(rawValue:)))),
            departmentBoxes: departmentBoxes(context, "new", ticked: Set(form.all("department"))),
            inviteAction: site.path("staff/people/invite"),
            rolesAction: site.path("staff/people/roles"),
            resetAction: site.path("staff/people/reset"),
            disableAction: site.path("staff/people/disable"),
            mayDisable: context.tenant.isHub,
            link: link,
            notice: notice,
            fault: fault.map { SignInPages.Fault(field: $0.field, text: $0.text) },
            typedName: form["name"] ?? "",
            typedDisplayName: form["display"] ?? ""
        )
        return try await parts.staffPage(
            "staff.people",
            view,
            context,
            title: fault == nil ? heading : words("fault.title", ["page": heading]),
            here: "staff/people",
            status: fault == nil ? .ok : .badRequest
        )
    }

    private func person(_ entry: ManageAccounts.Entry, _ context: StaffContext) -> Person {
        let words = words(context)
        let id = entry.account.id.rawValue
        let membership = entry.memberships.first { $0.jurisdiction == context.session.actingIn }
        let departments = membership?.departments ?? []
        return Person(
            account: id,
            displayName: entry.account.displayName,
            name: entry.account.signInName.rawValue,
            state: words("staff.people.state.\(entry.account.state.rawValue)"),
            roles: words.roles(membership?.roles ?? []),
            secondFactor: words(entry.hasSecondFactor ? "staff.people.second-factor" : "staff.people.no-second-factor"),
            departments: context.tenant.tenant.departments.filter { departments.contains($0.code.rawValue) }
                .map { $0.name[context.site.language] }.joined(separator: ", "),
            roleBoxes: roleBoxes(context, id, ticked: membership?.roles ?? []),
            departmentBoxes: departmentBoxes(context, id, ticked: departments),
            edit: words("staff.people.edit", ["name": entry.account.displayName])
        )
    }

    private func roleBoxes(_ context: StaffContext, _ owner: String, ticked: Set<Role>) -> [Box] {
        Role.ofStaff.filter { context.tenant.isHub || !$0.isHubOnly }.map { role in
            Box(
                id: "role-\(owner)-\(role.rawValue)",
                value: role.rawValue,
                text: words(context)("role.\(role.rawValue)"),
                isTicked: ticked.contains(role)
            )
        }
    }

    private func departmentBoxes(_ context: StaffContext, _ owner: String, ticked: Set<String>) -> [Box] {
        context.tenant.tenant.departments.map { department in
            Box(
                id: "department-\(owner)-\(department.code)",
                value: department.code.rawValue,
                text: department.name[context.site.language],
                isTicked: ticked.contains(department.code.rawValue)
            )
        }
    }
}
