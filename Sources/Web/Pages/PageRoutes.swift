import Domain
import Foundation
public import Hub
public import Hummingbird

/// The resident pages: the hub's neutral face at `/en` and `/fr`, each tenant's own at `/t/<id>/en` and `/t/<id>/fr`.
///
/// Add the routes to a router with `autoGenerateHeadEndpoints`, so that each page answers HEAD too.
public struct PageRoutes: Sendable {
    private let parts: PageParts
    private let staff: StaffRouteTable

    /// Pages with an address of no route: a middleware for the whole router, or for one group of it.
    public let errorPages: ErrorPages

    /// Reads templates, words and files; throws when one of them is missing or broken.
    ///
    /// - Parameter staff: Told of every staff route with what it needs.
    public init(
        surroundings: Surroundings,
        settings: PageSettings,
        staff: StaffRouteTable = StaffRouteTable()
    ) throws {
        self.staff = staff
        parts = try PageParts(surroundings: surroundings, settings: settings)
        errorPages = ErrorPages(parts: parts)
    }

    /// Adds every page.
    public func add(to router: Router<HubRequestContext>) {
        let pages = router.group().add(middleware: errorPages)
        parts.assets.add(to: pages)
        pages.get("/") { request, _ in Self.front(request, root: "") }
        pages.get("t/:jurisdiction") { request, context in
            let site = try await parts.site(context, LanguageChoice.language(of: request))
            return Self.front(request, root: "/t/\(site.tenant.id.rawValue)")
        }
        pages.get("design") { request, _ in Self.front(request, root: "", to: "/design") }
        pages.get("staff") { request, _ in Self.front(request, root: "", to: "/staff") }
        pages.get("staff/sign-in") { request, _ in Self.front(request, root: "", to: "/staff/sign-in") }
        pages.get("t/:jurisdiction/staff") { request, context in
            let site = try await parts.site(context, LanguageChoice.language(of: request))
            return Self.front(request, root: "/t/\(site.tenant.id.rawValue)", to: "/staff")
        }
        let staffRoutes = StaffRoutes(pages, parts: parts, table: staff)
        AccountRoutes(routes: staffRoutes).add()
        for language in Language.allCases {
            add(to: pages.group("\(language.rawValue)"), language)
            add(to: pages.group("t/:jurisdiction/\(language.rawValue)"), language)
        }
    }

    /// The pages of one face in one language.
    private func add(to face: RouterGroup<HubRequestContext>, _ language: Language) {
        let home = HomePage(parts: parts)
        let report = ReportPages(parts: parts)
        let track = TrackPages(parts: parts)
        let who = WhoPage(parts: parts)
        face.get("") { request, context in
            try home(await parts.site(context, language))
        }
        face.get("report") { _, context in
            Response.seeOther(try await parts.site(context, language).path("report/what"))
        }
        face.get("report/suggest") { request, context in
            try await report.suggest(request, await parts.site(context, language))
        }
        face.get("report/:step") { request, context in
            try await report.open(request, context, await parts.site(context, language))
        }
        face.post("report/:step") { request, context in
            try await report.answer(request, context, await parts.site(context, language))
        }
        face.get("track") { request, context in
            try track.ask(request, await parts.site(context, language))
        }
        face.get("requests/:reference") { request, context in
            try await track.show(context, await parts.site(context, language))
        }
        face.post("requests/:reference") { request, context in
            try await track.unlock(request, context, await parts.site(context, language))
        }
        face.get("design") { _, context in
            try await DesignPage(parts: parts)(await parts.site(context, language))
        }
        face.get("who") { request, context in
            try await who(request, await parts.site(context, language))
        }
    }

    /// The way in: to the language chosen last, or the one the browser asks for.
    private static func front(_ request: Request, root: String, to page: String = "") -> Response {
        let language = LanguageChoice.language(of: request)
        var answer = Response.seeOther("\(root)/\(language.rawValue)\(page)", .found)
        answer.headers[.vary] = "Accept-Language, Cookie"
        return answer
    }
}
