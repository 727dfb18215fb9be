import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import Storage

/// The way in for a new person: the link, a password, the second factor, recovery codes.
struct EnrolPages: Sendable {
    let signIn: SignInPages

    private var door: StaffDoor { signIn.door }
    private var parts: PageParts { signIn.door.parts }

    /// The form for a new password.
    struct PasswordView {
        let heading: String
        let lead: String
        let name: String
        let action: String
        let token: String
        let link: String
        let shortest: Int
        let fault: SignInPages.Fault?
    }

    /// What is shown for a link that does not count.
    struct GoneView {
        let heading: String
    }

    /// The form for the first code.
    struct EnrolView {
        let heading: String
        let key: String
        let app: String
        let action: String
        let token: String
        let fault: SignInPages.Fault?
    }

    /// Recovery codes, shown once.
    struct CodesView {
        let heading: String
        let codes: [String]
        let next: String
    }

    /// The page of a link; looking at it uses nothing up.
    func invitation(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        return try await passwordPage(request, site, link: token, fault: nil)
    }

    /// A password chosen by a link.
    func choosePassword(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let form = try await PageForm(body: request)
        try signIn.checkBefore(request, form)
        let link = form["link"] ?? ""
        let outcome: ChoosePassword.Outcome
        do {
            outcome = try await ChoosePassword(parts.surroundings)(
                form.raw("password") ?? "",
                link: link,
                door.visitor(request, context, site)
            )
        } catch is PasswordDesk.Busy {
            throw HTTPFault.signInBusy
        }
        switch outcome {
        case .opened(let opened):
            var response = signIn.lead(opened.stage, nil, site)
            for cookie in door.cookies(opened, site) {
                response.headers.append(HTTPField(name: .setCookie, value: cookie))
            }
            return response
        case .kept: return .seeOther(site.path("staff/sign-in"))
        case .fault(let fault):
            let text = parts.words(site.language).fault(fault)
            return try await passwordPage(
                request,
                site,
                link: link,
                fault: SignInPages.Fault(field: "password", text: text)
            )
        case .refused: return try await passwordPage(request, site, link: "", fault: nil)
        }
    }

    /// The page that shows the secret of the second factor.
    func askEnrolment(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        guard let found = try await door.session(request, site) else { return .seeOther(site.path("staff/sign-in")) }
        guard found.session.stage == .enrolmentDue else { return signIn.lead(found.session.stage, nil, site) }
        return try await enrolPage(found, site, fault: nil)
    }

    /// The first code of the second factor.
    func confirmEnrolment(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let form = try await PageForm(body: request)
        guard let found = try await door.session(request, site) else { return .seeOther(site.path("staff/sign-in")) }
        try door.checkOrigin(request, token: form["token"], of: found)
        guard found.session.stage == .enrolmentDue else { return signIn.lead(found.session.stage, nil, site) }
        let visitor = door.visitor(request, context, site)
        switch try await EnrolSecondFactor(parts.surroundings).confirm(form["code"] ?? "", of: found, visitor) {
        case .done(let opened, let codes):
            var headers: HTTPFields = [:]
            for cookie in door.cookies(opened, site) { headers.append(HTTPField(name: .setCookie, value: cookie)) }
            return try codesPage(codes, site, headers)
        case .refused:
            let text = parts.words(site.language)("staff.code.refused")
            return try await enrolPage(found, site, fault: SignInPages.Fault(field: "code", text: text))
        }
    }

    /// Recovery codes on a page of their own, in no cache, never shown again.
    func codesPage(_ codes: [String], _ site: Site, _ headers: HTTPFields = [:]) throws -> Response {
        let heading = parts.words(site.language)("staff.codes.heading")
        let view = CodesView(heading: heading, codes: codes, next: site.path("staff"))
        return try signIn.shown("staff.codes", view, site, heading, "staff/account", false, .ok, headers)
    }

    private func passwordPage(_ request: Request, _ site: Site, link: String, fault: SignInPages.Fault?) async throws
        -> Response
    {
        let words = parts.words(site.language)
        guard let holder = try await ChoosePassword(parts.surroundings).holder(of: link) else {
            let heading = words("staff.invitation.gone-heading")
            return try signIn.shown(
                "staff.gone",
                GoneView(heading: heading),
                site,
                heading,
                "staff/sign-in",
                false,
                .notFound,
                [.referrerPolicy: "no-referrer"]
            )
        }
        let heading = words("staff.invitation.heading")
        let (token, cookie) = signIn.before(request)
        let view = PasswordView(
            heading: heading,
            lead: words("staff.invitation.lead", ["name": holder.displayName]),
            name: holder.signInName.rawValue,
            action: site.path("staff/invitation"),
            token: token,
            link: link,
            shortest: PasswordRules.shortest,
            fault: fault
        )
        var headers: HTTPFields = [.referrerPolicy: "no-referrer"]
        if let cookie { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return try signIn.shown(
            "staff.password",
            view,
            site,
            heading,
            "staff/invitation/\(link)",
            fault != nil,
            fault == nil ? .ok : .badRequest,
            headers
        )
    }

    private func enrolPage(_ found: FoundSession, _ site: Site, fault: SignInPages.Fault?) async throws -> Response {
        let words = parts.words(site.language)
        let secret = try await EnrolSecondFactor(parts.surroundings).secret(of: found)
        let heading = words("staff.enrol.heading")
        let hub = try await parts.surroundings.directory.hub()
        let view = EnrolView(
            heading: heading,
            key: secret.key,
            app: secret.address(
                of: found.account.signInName.rawValue,
                issuer: hub.tenant.name.plain[site.language]
            ),
            action: site.path("staff/sign-in/enrol"),
            token: door.token(of: found),
            fault: fault
        )
        return try signIn.shown(
            "staff.enrol",
            view,
            site,
            heading,
            "staff/sign-in/enrol",
            fault != nil,
            fault == nil ? .ok : .badRequest
        )
    }
}

extension Words {
    /// Why a password is not taken, and what would be right.
    func fault(_ fault: PasswordRules.Fault) -> String {
        self(
            "staff.password.\(fault.rawValue)",
            ["shortest": String(PasswordRules.shortest), "longest": String(PasswordRules.longest)]
        )
    }
}

extension HTTPField.Name {
    /// What the browser tells the next page of this one's address.
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .server
}
