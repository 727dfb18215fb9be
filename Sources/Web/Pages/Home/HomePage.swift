import Domain
import Foundation
import Hub
import Hummingbird

/// The front door: one box, what is reported most, the way to follow a request, who looks after a place.
struct HomePage: Sendable {
    let parts: PageParts

    /// A type as a link to the step that asks for the place.
    struct TypeLink {
        let name: String
        let text: String
        let address: String
    }

    /// What the template shows.
    struct HomeView {
        let step: HiddenForm
        let common: [TypeLink]
        let hasCommon: Bool
        let lead: String
        let browse: String
        let wherePage: String
        let who: String
        let track: String
        let suggestions: String
    }

    /// The hidden part of the first form.
    struct HiddenForm {
        let form: StepChrome.Form
    }

    /// The page of a face.
    func callAsFunction(_ site: Site) throws -> Response {
        let words = parts.words(site.language)
        let now = parts.surroundings.now()
        let payload = try JSONEncoder().encode(ReportDraft())
        let types = TypeList(site, at: now).common(parts.settings.commonTypes)
        let tenant = site.tenant.tenant
        let view = HomeView(
            step: HiddenForm(
                form: StepChrome.Form(
                    action: site.path("report/what"),
                    draft: parts.seal.seal(payload, for: site.sealPurpose, at: now),
                    from: ReportStep.what.rawValue
                )
            ),
            common: types.map { type in
                TypeLink(
                    name: type.name[site.language],
                    text: type.description[site.language],
                    address: site.path("report/where?type=\(type.code)")
                )
            },
            hasCommon: !types.isEmpty,
            lead: site.tenant.isHub
                ? words("home.lead") : words("home.lead-tenant", ["body": tenant.name.withArticle[site.language]]),
            browse: site.path("report/what"),
            wherePage: site.path("report/where"),
            who: site.path("who"),
            track: site.path("track"),
            suggestions: site.path("report/suggest")
        )
        let frame = parts.frame(
            site,
            title: words("home.title"),
            here: "",
            scripts: ["report.js"],
            showsEmergency: true
        )
        return try parts.page("resident.home", view, frame, site.language)
    }
}
