import Domain
import Hub
import Hummingbird

/// What stands around a staff page beside the frame: who is signed in, for which body they act, the way to another and out.
struct StaffBar {
    /// A body the person may act for.
    struct Body {
        let id: String
        let name: String
    }

    /// A part of the staff pages.
    struct Part {
        let text: String
        let address: String
        let isHere: Bool
    }

    let person: String
    let acting: String
    let others: [Body]
    let hasOthers: Bool
    let token: String
    let switchAction: String
    let signOutAction: String
    let account: String
    let parts: [Part]
}

extension PageParts {
    /// A page of staff in its frame, with the body the person acts for in name and colour.
    ///
    /// - Parameters:
    ///   - here: Address of the page below the face's root, with its query: `staff/queue?view=due`.
    ///   - scripts: Own scripts by file name.
    func staffPage(
        _ template: String,
        _ view: some Any,
        _ context: StaffContext,
        title: String,
        here: String,
        back: FrameView.Link? = nil,
        hasMap: Bool = false,
        scripts: [String] = [],
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) async throws -> Response {
        let site = context.site
        var frame = frame(
            site,
            title: title,
            here: here,
            back: back,
            hasMap: hasMap,
            scripts: scripts,
            isPersonal: true
        )
        frame.act(for: context.tenant.tenant, title: title, words: words(site.language))
        return try page(
            template,
            view,
            frame,
            site.language,
            status: status,
            headers: headers,
            with: ["staff": TemplateValues.fields(of: try await bar(context, here: here))]
        )
    }

    private func bar(_ context: StaffContext, here: String) async throws -> StaffBar {
        let (site, language) = (context.site, context.site.language)
        var others: [StaffBar.Body] = []
        for membership in context.found.others where membership.jurisdiction != context.session.actingIn {
            guard let tenant = try await surroundings.directory.tenant(membership.jurisdiction) else { continue }
            others.append(StaffBar.Body(id: tenant.id.rawValue, name: tenant.tenant.name.plain[language]))
        }
        return StaffBar(
            person: context.session.displayName,
            acting: context.tenant.tenant.name.plain[language],
            others: others,
            hasOthers: !others.isEmpty,
            token: context.token,
            switchAction: site.path("staff/acting"),
            signOutAction: site.path("staff/sign-out"),
            account: site.path("staff/account"),
            parts: StaffPart.all.filter { context.session.may($0.permission) }.map { part in
                StaffBar.Part(
                    text: words(language)(part.words),
                    address: site.path(part.path),
                    isHere: here.prefix { $0 != "?" } == part.path
                )
            }
        )
    }
}

/// A part of the staff pages as the menu names it; a part stands here once its page does.
struct StaffPart: Sendable {
    /// Below the face's root.
    let path: String
    /// Key of its name.
    let words: String
    /// Who sees it.
    let permission: Permission

    /// All parts, in the order of the menu.
    static let all: [StaffPart] = [
        StaffPart(path: "staff", words: "staff.part.home", permission: .ownAccount),
        StaffPart(path: "staff/people", words: "staff.part.people", permission: .managePeople),
        StaffPart(path: "staff/account", words: "staff.part.account", permission: .ownAccount),
    ]
}
