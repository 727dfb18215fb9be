import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import NIOCore

/// What the link in a message opens: what the person is told, and how it ends.
///
/// GET only shows; a button or a mail program does.
struct NewsPages: Sendable {
    let parts: PageParts

    /// One choice among several.
    struct Choice {
        let key: String
        let text: String
        let isChosen: Bool
    }

    /// What a person is told, and the buttons.
    struct NewsView {
        let heading: String
        let what: String
        let how: String
        let state: String?
        let action: String
        let choices: [Choice]
        let hasChoices: Bool
        let isActive: Bool
        let canRestart: Bool
    }

    private var manage: ManageSubscription { ManageSubscription(parts.surroundings) }

    /// Shows what the person is told; nothing changes, whoever follows the link.
    func show(_ context: HubRequestContext, _ site: Site) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        guard let held = try await manage.look(token, .manage), belongs(held, to: site) else {
            throw HTTPFault.notFound
        }
        return try page(held, token, done: nil, site)
    }

    /// Does what a button says, or what a mail program asks for with `List-Unsubscribe=One-Click` (RFC 8058).
    func act(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        let form = try await PageForm(body: request)
        let isOneClick = form["List-Unsubscribe"]?.lowercased() == "one-click"
        guard isOneClick || FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request) else {
            throw Self.otherSite
        }
        guard let held = try await manage.look(token, .manage), belongs(held, to: site) else {
            throw HTTPFault.notFound
        }
        let asked = form["choice"].flatMap(ManageSubscription.Choice.init(rawValue:))
        guard let choice = isOneClick ? .stop : asked else { return try page(held, token, done: nil, site) }
        guard let changed = try await manage.change(token, to: choice) else { throw HTTPFault.notFound }
        if isOneClick {
            return Response(status: .ok, headers: [.contentType: "text/plain; charset=utf-8"])
        }
        let words = parts.words(site.language)
        return try page(changed, token, done: words("news.done"), site)
    }

    /// Asks for the press of a button: programs that look at links in mails must not confirm anything.
    func askToConfirm(_ context: HubRequestContext, _ site: Site) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        guard let held = try await manage.look(token, .confirm), belongs(held, to: site) else {
            throw HTTPFault.notFound
        }
        let words = parts.words(site.language)
        let view = ConfirmView(
            heading: words("news.confirm.heading"),
            what: Self.what(held, words),
            action: site.path("news/confirm/\(token)")
        )
        let frame = parts.frame(site, title: view.heading, here: "news/confirm/\(token)", isPersonal: true)
        return try parts.page("resident.confirm", view, frame, site.language)
    }

    /// The question before a subscription begins.
    struct ConfirmView {
        let heading: String
        let what: String
        let action: String
    }

    /// Confirms; a link that was used or is too old says so.
    func confirm(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        guard FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request) else {
            throw Self.otherSite
        }
        let token = context.parameters.get("token") ?? ""
        guard let held = try await manage.look(token, .confirm), belongs(held, to: site) else {
            throw HTTPFault.notFound
        }
        let words = parts.words(site.language)
        guard let confirmed = try await manage.confirm(token) else {
            return try SaidPage(parts: parts)(
                heading: words("news.confirm.over"),
                [words("news.confirm.over-text")],
                site,
                status: .gone
            )
        }
        return try SaidPage(parts: parts)(
            heading: words("news.confirm.done"),
            [Self.what(confirmed, words), words("news.confirm.end")],
            site
        )
    }

    static let otherSite = HTTPFault(
        .forbidden,
        english: "the form was sent from another site",
        french: "le formulaire a été envoyé depuis un autre site"
    )

    /// A tenant's own face shows its own subscriptions only; the neutral one all.
    private func belongs(_ held: ManageSubscription.Held, to site: Site) -> Bool {
        site.tenant.isHub || held.tenant.id == site.tenant.id
    }

    private func page(
        _ held: ManageSubscription.Held,
        _ token: String,
        done: String?,
        _ site: Site
    ) throws -> Response {
        let words = parts.words(site.language)
        let subscription = held.subscription
        let isActive = subscription.state == .active
        let chosen: ManageSubscription.Choice =
            subscription.digestMinutes > 0
            ? .daily : subscription.events == TellingEvent.important ? .important : .every
        let choices: [(ManageSubscription.Choice, String)] = [
            (.every, words("news.every")), (.important, words("news.important")), (.daily, words("news.daily")),
        ]
        var isRequest = false
        if case .request = subscription.subject { isRequest = true }
        let ended: String? =
            switch subscription.state {
            case .active, .asked: nil
            case .stopped: words("news.stopped")
            case .undeliverable: words("news.gone")
            }
        let view = NewsView(
            heading: words("news.heading"),
            what: Self.what(held, words),
            how: words(
                "news.how",
                ["address": Self.masked(subscription), "body": held.tenant.tenant.name.plain[site.language]]
            ),
            state: ended ?? done,
            action: site.path("news/\(token)"),
            choices: choices.map { Choice(key: $0.0.rawValue, text: $0.1, isChosen: $0.0 == chosen) },
            hasChoices: isActive && isRequest && subscription.channel == .mail,
            isActive: isActive,
            canRestart: subscription.state == .stopped
        )
        let frame = parts.frame(site, title: view.heading, here: "news/\(token)", isPersonal: true)
        return try parts.page("resident.news", view, frame, site.language)
    }

    private static func what(_ held: ManageSubscription.Held, _ words: Words) -> String {
        switch held.subscription.subject {
        case .request(let reference): words("news.request", ["ref": reference.rawValue])
        case .area, .street, .tenant: words("news.notices")
        }
    }

    /// An address as its owner recognises it and nobody else learns it.
    private static func masked(_ subscription: Subscription) -> String {
        guard let address = subscription.address else { return "…" }
        guard subscription.channel == .mail, let at = address.lastIndex(of: "@") else {
            return "…\(address.suffix(4))"
        }
        return "\(address.prefix(1))…\(address[at...])"
    }
}

/// A page that says one thing and offers no form.
struct SaidPage: Sendable {
    let parts: PageParts

    struct SaidView {
        let heading: String
        let paragraphs: [String]
    }

    func callAsFunction(
        heading: String,
        _ paragraphs: [String],
        _ site: Site,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let view = SaidView(heading: heading, paragraphs: paragraphs)
        let frame = parts.frame(site, title: heading, here: "", isPersonal: true)
        return try parts.page("resident.said", view, frame, site.language, status: status)
    }
}
