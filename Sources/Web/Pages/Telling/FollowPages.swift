import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import Storage

/// Following a request, and notices of planned work, by mail: the address is asked before anything else is sent to it.
struct FollowPages: Sendable {
    let parts: PageParts

    /// The form and the notices there are.
    struct NoticesView {
        struct Notice {
            let title: String
            let days: String
            let words: String
        }

        let heading: String
        let step: FormFaults
        let action: String
        let street: String
        let email: String
        let body: String
        let notices: [Notice]
        let hasNotices: Bool
        let emailFault: String?
        let streetFault: String?
    }

    /// Follows the request in the address.
    func follow(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        guard FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request) else {
            throw NewsPages.otherSite
        }
        let typed = String((context.parameters.get("reference")?.removingPercentEncoding ?? "").prefix(60))
        guard let reference = try? RequestReference(parsing: typed) else { throw HTTPFault.notFound }
        let form = try await PageForm(body: request)
        let words = parts.words(site.language)
        let follow = FollowRequest(parts.surroundings)
        switch try await follow(reference, email: form["email"], language: site.language) {
        case .unknown: throw HTTPFault.notFound
        case .refused:
            return try SaidPage(parts: parts)(
                heading: words("follow.fault"),
                [words("fault.email")],
                site,
                status: .badRequest
            )
        case .asked:
            return try SaidPage(parts: parts)(
                heading: words("follow.asked"),
                [words("follow.asked-text")],
                site
            )
        }
    }

    /// Notices of planned work, and the form to be told of them.
    func notices(_ site: Site) async throws -> Response {
        try await page(site, street: "", email: "", faults: [])
    }

    /// Asks an address whether it wants notices.
    func subscribe(_ request: Request, _ site: Site) async throws -> Response {
        guard FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request) else {
            throw NewsPages.otherSite
        }
        let form = try await PageForm(body: request)
        let words = parts.words(site.language)
        let street = String((form["street"] ?? "").prefix(200))
        let key = RoadNameKey(street).text
        let isAll = form["where"] == "all"
        var faults: [PageFault] = []
        if !isAll, key.isEmpty { faults.append(PageFault(field: "street", text: words("notices.street-fault"))) }
        if faults.isEmpty {
            let subject: Subscription.Subject = isAll ? .area(site.tenant.id.rawValue) : .street(key)
            let outcome = try await FollowRequest(parts.surroundings)(
                notices: subject,
                email: form["email"],
                language: site.language,
                at: site.tenant
            )
            if case .asked = outcome {
                return try SaidPage(parts: parts)(
                    heading: words("follow.asked"),
                    [words("follow.asked-text")],
                    site
                )
            }
            faults.append(PageFault(field: "email", text: words("fault.email")))
        }
        return try await page(site, street: street, email: form["email"] ?? "", faults: faults)
    }

    private func page(_ site: Site, street: String, email: String, faults: [PageFault]) async throws -> Response {
        let words = parts.words(site.language)
        let current = try await PublishWorkNotice(parts.surroundings).current(at: site.tenant)
        let heading = words("notices.heading")
        let view = NoticesView(
            heading: heading,
            step: FormFaults(faults),
            action: site.path("notices"),
            street: street,
            email: email,
            body: site.tenant.tenant.name.withArticle[site.language],
            notices: current.map { notice in
                NoticesView.Notice(
                    title: notice.title[site.language],
                    days: words(
                        "notices.days",
                        ["from": site.dates.day(notice.startsOn), "to": site.dates.day(notice.endsOn)]
                    ),
                    words: notice.words[site.language]
                )
            },
            hasNotices: !current.isEmpty,
            emailFault: faults.first { $0.field == "email" }?.text,
            streetFault: faults.first { $0.field == "street" }?.text
        )
        let title = faults.isEmpty ? heading : words("fault.title", ["page": heading])
        let frame = parts.frame(site, title: title, here: "notices", isPersonal: !faults.isEmpty)
        return try parts.page(
            "resident.notices",
            view,
            frame,
            site.language,
            status: faults.isEmpty ? .ok : .badRequest
        )
    }
}

/// The faults of a form as the summary above the heading shows them.
struct FormFaults {
    struct Item {
        let field: String
        let text: String
    }

    let hasFaults: Bool
    let faults: [Item]

    init(_ faults: [PageFault]) {
        hasFaults = !faults.isEmpty
        self.faults = faults.map { Item(field: $0.field, text: $0.text) }
    }
}
