import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import Storage

/// Signing in with name and password, then with the second factor.
struct SignInPages: Sendable {
    let door: StaffDoor

    private var parts: PageParts { door.parts }

    /// A fault beside its field.
    struct Fault {
        let field: String
        let text: String
    }

    /// The form for name and password.
    struct SignInView {
        let heading: String
        let lead: String
        let notice: String?
        let action: String
        let token: String
        let next: String
        let name: String
        let fault: Fault?
        let services: [Service]
        let hasServices: Bool
    }

    /// A sign-in service of the body.
    struct Service {
        let text: String
        let address: String
    }

    /// The form for the second factor.
    struct CodeView {
        let heading: String
        let action: String
        let token: String
        let next: String
        let fault: Fault?
    }

    /// The form; who is in already is led on.
    func ask(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let form = try PageForm(query: request)
        let next = site.ownStaffAddress(form["next"])
        if let found = try await door.session(request, site) { return lead(found.session.stage, next, site) }
        let words = parts.words(site.language)
        let notice = next != nil && form["next"] != site.path("staff") ? words("staff.sign-in.first") : nil
        return try page(request, site, next: next, name: "", notice: notice, fault: nil)
    }

    /// Name and password as they were sent.
    func answer(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let form = try await PageForm(body: request)
        try checkBefore(request, form)
        let next = site.ownStaffAddress(form["next"])
        let words = parts.words(site.language)
        let name = String((form["name"] ?? "").prefix(254))
        // A password is taken as it was typed, blanks at its ends with it.
        let outcome: SignIn.Outcome
        do {
            outcome = try await SignIn(parts.surroundings)(
                name,
                password: form.raw("password") ?? "",
                door.visitor(request, context, site)
            )
        } catch is PasswordDesk.Busy {
            throw HTTPFault.signInBusy
        }
        switch outcome {
        case .opened(let opened):
            var response = lead(opened.stage, next, site)
            for cookie in door.cookies(opened, site) + [StaffCookies.clear(StaffCookies.before)] {
                response.headers.append(HTTPField(name: .setCookie, value: cookie))
            }
            return response
        case .refused:
            let fault = Fault(field: "name", text: words("staff.sign-in.refused"))
            return try page(request, site, next: next, name: name, notice: nil, fault: fault, .unauthorized)
        case .wait(let seconds):
            let fault = Fault(field: "name", text: words.wait(seconds))
            let headers: HTTPFields = [.retryAfter: String(seconds)]
            return try page(request, site, next: next, name: name, notice: nil, fault: fault, .tooManyRequests, headers)
        }
    }

    /// The form for a code of the second factor.
    func askCode(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let next = site.ownStaffAddress(try PageForm(query: request)["next"])
        guard let found = try await door.session(request, site) else { return .seeOther(site.path("staff/sign-in")) }
        guard found.session.stage == .codeDue else { return lead(found.session.stage, next, site) }
        return try codePage(found, site, next: next, fault: nil)
    }

    /// A code as it was sent.
    func answerCode(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let form = try await PageForm(body: request)
        let next = site.ownStaffAddress(form["next"])
        guard let found = try await door.session(request, site) else { return .seeOther(site.path("staff/sign-in")) }
        try door.checkOrigin(request, token: form["token"], of: found)
        guard found.session.stage == .codeDue else { return lead(found.session.stage, next, site) }
        let words = parts.words(site.language)
        let outcome = try await ConfirmSecondFactor(parts.surroundings)(
            form["code"] ?? "",
            of: found,
            door.visitor(request, context, site)
        )
        switch outcome {
        case .opened(let opened):
            var response = lead(.full, next, site)
            for cookie in door.cookies(opened, site) {
                response.headers.append(HTTPField(name: .setCookie, value: cookie))
            }
            return response
        case .refused:
            let fault = Fault(field: "code", text: words("staff.code.refused"))
            return try codePage(found, site, next: next, fault: fault, .unauthorized)
        case .wait(let seconds):
            let fault = Fault(field: "code", text: words.wait(seconds))
            let headers: HTTPFields = [.retryAfter: String(seconds)]
            return try codePage(found, site, next: next, fault: fault, .tooManyRequests, headers)
        }
    }

    /// Where a session leads by how far it has come.
    func lead(_ stage: SignInStage, _ next: String?, _ site: Site) -> Response {
        switch stage {
        case .codeDue:
            .seeOther(site.path("staff/sign-in/code") + (next.map { "?next=\($0.asQueryValue)" } ?? ""))
        case .enrolmentDue: .seeOther(site.path("staff/sign-in/enrol"))
        case .full: .seeOther(next ?? site.path("staff"))
        }
    }

    /// Whether a form that nobody is signed in for comes from this browser: another site cannot sign a person in as somebody else.
    func checkBefore(_ request: Request, _ form: PageForm) throws {
        guard FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request),
            let browser = StaffCookies.read(StaffCookies.before, of: request),
            door.tokens.isValid(form["token"], "before", for: browser)
        else { throw HTTPFault.foreignForm }
    }

    /// The browser's own mark, made when it has none, and the token of its forms.
    func before(_ request: Request) -> (token: String, cookie: String?) {
        if let known = StaffCookies.read(StaffCookies.before, of: request), known.utf8.count == 26 {
            return (door.tokens.make("before", for: known), nil)
        }
        let fresh = SecretToken.make()
        return (door.tokens.make("before", for: fresh), StaffCookies.set(StaffCookies.before, fresh))
    }

    private func page(
        _ request: Request,
        _ site: Site,
        next: String?,
        name: String,
        notice: String?,
        fault: Fault?,
        _ status: HTTPResponse.Status = .ok,
        _ headers: HTTPFields = [:]
    ) throws -> Response {
        let words = parts.words(site.language)
        let (token, cookie) = before(request)
        let heading = words("staff.sign-in.heading")
        let view = SignInView(
            heading: heading,
            lead: words("staff.sign-in.lead", ["body": site.tenant.tenant.name.plain[site.language]]),
            notice: notice,
            action: site.path("staff/sign-in"),
            token: token,
            next: next ?? "",
            name: name,
            fault: fault,
            services: services(site, next: next),
            hasServices: !services(site, next: next).isEmpty
        )
        var headers = headers
        if let cookie { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return try shown("staff.sign-in", view, site, heading, "staff/sign-in", fault != nil, status, headers)
    }

    /// The sign-in services of the face's body.
    ///
    /// - Parameter again: Whether the service is to ask who the person is even if it knows.
    func services(_ site: Site, next: String?, again: Bool = false) -> [Service] {
        (site.tenant.tenant.signIn ?? []).map { service in
            let fields = [next.map { "next=\($0.asQueryValue)" }, again ? "again=1" : nil].compactMap(\.self)
            let query = fields.isEmpty ? "" : "?" + fields.joined(separator: "&")
            return Service(
                text: service.name[site.language],
                address: site.path("staff/sign-in/with/\(service.code)") + query
            )
        }
    }

    private func codePage(
        _ found: FoundSession,
        _ site: Site,
        next: String?,
        fault: Fault?,
        _ status: HTTPResponse.Status = .ok,
        _ headers: HTTPFields = [:]
    ) throws -> Response {
        let heading = parts.words(site.language)("staff.code.heading")
        let view = CodeView(
            heading: heading,
            action: site.path("staff/sign-in/code"),
            token: door.token(of: found),
            next: next ?? "",
            fault: fault
        )
        return try shown("staff.code", view, site, heading, "staff/sign-in/code", fault != nil, status, headers)
    }

    /// A page of the door, before anybody is all the way in.
    func shown(
        _ template: String,
        _ view: some Any,
        _ site: Site,
        _ heading: String,
        _ here: String,
        _ isFault: Bool,
        _ status: HTTPResponse.Status,
        _ headers: HTTPFields = [:]
    ) throws -> Response {
        let words = parts.words(site.language)
        let title = isFault ? words("fault.title", ["page": heading]) : heading
        let frame = parts.frame(site, title: title, here: here, isPersonal: true)
        return try parts.page(template, view, frame, site.language, status: status, headers: headers)
    }
}

extension Words {
    /// How long somebody who tried too often has to wait.
    func wait(_ seconds: Int) -> String { plural("staff.sign-in.wait", max(1, (seconds + 59) / 60)) }
}
