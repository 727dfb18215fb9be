import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import Storage

/// A person's own sign-in: sessions, password, recovery codes, proving again, the body they act for, signing out.
struct AccountPages: Sendable {
    let signIn: SignInPages

    private var door: StaffDoor { signIn.door }
    private var parts: PageParts { signIn.door.parts }

    /// One session in the list.
    struct SessionRow {
        let id: String
        let device: String
        let body: String
        let started: String
        let seen: String
        let isThis: Bool
        let end: String
    }

    /// The page of one's own account.
    struct AccountView {
        let heading: String
        let name: String
        let roles: String
        let token: String
        let sessions: [SessionRow]
        let endAction: String
        let endAllAction: String
        let passwordAction: String
        let hasPassword: Bool
        let shortest: Int
        let codesLeft: String
        let codesAction: String
        let notice: String?
        let fault: SignInPages.Fault?
    }

    /// The first page behind the door.
    struct HomeView {
        let heading: String
        let lead: String
        let parts: [StaffBar.Part]
    }

    /// The form that asks again who the person is.
    struct ConfirmView {
        let heading: String
        let action: String
        let token: String
        let next: String
        let fault: SignInPages.Fault?
        let asksCode: Bool
        let asksPassword: Bool
        let services: [SignInPages.Service]
    }

    /// The first page: what the person can do here.
    func home(_ request: Request, _ context: StaffContext) async throws -> Response {
        let words = parts.words(context.site.language)
        let view = HomeView(
            heading: words("staff.home.heading", ["body": context.tenant.tenant.name.plain[context.site.language]]),
            lead: words("staff.home.lead", ["roles": words.roles(context.session.roles)]),
            parts: StaffPart.all.filter { context.session.may($0.permission) && $0.path != "staff" }.map { part in
                StaffBar.Part(text: words(part.words), address: context.site.path(part.path), isHere: false)
            }
        )
        return try await parts.staffPage("staff.home", view, context, title: view.heading, here: "staff")
    }

    /// One's own account.
    func account(_ request: Request, _ context: StaffContext) async throws -> Response {
        let done = try PageForm(query: request)["done"]
        let words = parts.words(context.site.language)
        let known = ["password": "staff.account.password-done", "session": "staff.account.session-done"]
        return try await page(context, notice: done.flatMap { known[$0] }.map { words($0) }, fault: nil)
    }

    /// Ends one other session.
    func endSession(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        guard let id = form["session"], try await ManageSessions(parts.surroundings).end(id, of: context.found) else {
            throw HTTPFault.notFound
        }
        return .seeOther(context.site.path("staff/account?done=session"))
    }

    /// Signs out everywhere.
    func endAll(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        _ = try await ManageSessions(parts.surroundings).endAll(of: context.found)
        return left(context)
    }

    /// Signs out here.
    func signOut(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        _ = try await ManageSessions(parts.surroundings).end(context.found.session.id, of: context.found)
        return left(context)
    }

    /// Acts for another body.
    func act(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        guard let id = form["jurisdiction"].flatMap({ JurisdictionID(rawValue: $0) }),
            try await ManageSessions(parts.surroundings).act(in: id, context.found)
        else { throw HTTPFault.denied }
        return .seeOther(context.site.path("staff"))
    }

    /// Changes the password.
    func changePassword(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let words = parts.words(context.site.language)
        let outcome: ChoosePassword.Outcome
        do {
            outcome = try await ChoosePassword(parts.surroundings).change(
                from: form.raw("present") ?? "",
                to: form.raw("password") ?? "",
                of: context.found
            )
        } catch is PasswordDesk.Busy {
            throw HTTPFault.signInBusy
        }
        switch outcome {
        case .kept, .opened: return .seeOther(context.site.path("staff/account?done=password"))
        case .refused:
            let fault = SignInPages.Fault(field: "present", text: words("staff.account.present-wrong"))
            return try await page(context, notice: nil, fault: fault)
        case .fault(let fault):
            return try await page(
                context,
                notice: nil,
                fault: SignInPages.Fault(field: "password", text: words.fault(fault))
            )
        }
    }

    /// New recovery codes.
    func newCodes(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let codes = try await EnrolSecondFactor(parts.surroundings).newRecoveryCodes(of: context.found)
        return try EnrolPages(signIn: signIn).codesPage(codes, context.site)
    }

    /// Asks again who the person is, before something dangerous.
    func askProof(_ request: Request, _ context: StaffContext) async throws -> Response {
        let next = context.site.ownStaffAddress(try PageForm(query: request)["next"])
        return try await proofPage(context, next: next, fault: nil)
    }

    /// The proof as it was sent: a code where there is a second factor, else the password.
    func prove(_ request: Request, _ form: PageForm, _ context: StaffContext) async throws -> Response {
        let words = parts.words(context.site.language)
        let next = context.site.ownStaffAddress(form["next"])
        let outcome: ConfirmSecondFactor.Outcome
        if let code = form["code"] {
            outcome = try await ConfirmSecondFactor(parts.surroundings)(code, of: context.found, context.visitor)
        } else {
            do {
                outcome = try await ManageSessions(parts.surroundings).prove(
                    form.raw("password") ?? "",
                    of: context.found,
                    context.visitor
                )
            } catch is PasswordDesk.Busy {
                throw HTTPFault.signInBusy
            }
        }
        switch outcome {
        case .opened(let opened):
            var response = Response.seeOther(next ?? context.site.path("staff"))
            for cookie in door.cookies(opened, context.site) {
                response.headers.append(HTTPField(name: .setCookie, value: cookie))
            }
            return response
        case .refused:
            let field = form["code"] == nil ? "password" : "code"
            let fault = SignInPages.Fault(field: field, text: words("staff.confirm.refused"))
            return try await proofPage(context, next: next, fault: fault)
        case .wait(let seconds):
            let fault = SignInPages.Fault(field: "code", text: words.wait(seconds))
            return try await proofPage(context, next: next, fault: fault)
        }
    }

    private func left(_ context: StaffContext) -> Response {
        var response = Response.seeOther(context.site.path("staff/sign-in"))
        response.headers.append(
            HTTPField(name: .setCookie, value: StaffCookies.clear(StaffCookies.session(context.site)))
        )
        response.headers[.clearSiteData] = "\"cache\", \"storage\""
        return response
    }

    private func proofPage(_ context: StaffContext, next: String?, fault: SignInPages.Fault?) async throws -> Response {
        let words = parts.words(context.site.language)
        let stored = try await parts.surroundings.databases.withHub { transaction in
            try await Accounts(transaction).read(context.session.account)
        }
        let heading = words("staff.confirm.heading")
        let cameByPassword = context.found.session.means == .password
        let view = ConfirmView(
            heading: heading,
            action: context.site.path("staff/confirm"),
            token: context.token,
            next: next ?? "",
            fault: fault,
            asksCode: cameByPassword && stored?.hasSecondFactor ?? false,
            asksPassword: cameByPassword && !(stored?.hasSecondFactor ?? false),
            services: cameByPassword ? [] : signIn.services(context.site, next: next, again: true)
        )
        return try await parts.staffPage(
            "staff.confirm",
            view,
            context,
            title: fault == nil ? heading : words("fault.title", ["page": heading]),
            here: "staff/confirm",
            status: fault == nil ? .ok : .badRequest
        )
    }

    private func page(_ context: StaffContext, notice: String?, fault: SignInPages.Fault?) async throws -> Response {
        let (site, words) = (context.site, parts.words(context.site.language))
        let sessions = try await ManageSessions(parts.surroundings).list(of: context.session.account)
        let left = try await EnrolSecondFactor(parts.surroundings).recoveryCodesLeft(of: context.session.account)
        let heading = words("staff.account.heading")
        let view = AccountView(
            heading: heading,
            name: context.found.account.signInName.rawValue,
            roles: words.roles(context.session.roles),
            token: context.token,
            sessions: sessions.map { session in
                SessionRow(
                    id: session.id,
                    device: session.device.isEmpty ? words("staff.account.no-device") : session.device,
                    body: session.actingIn.rawValue,
                    started: site.dates.moment(session.startedAt),
                    seen: site.dates.moment(session.seenAt),
                    isThis: session.id == context.found.session.id,
                    end: words("staff.account.end")
                )
            },
            endAction: site.path("staff/account/session"),
            endAllAction: site.path("staff/account/sign-out-everywhere"),
            passwordAction: site.path("staff/account/password"),
            hasPassword: context.found.session.means == .password,
            shortest: PasswordRules.shortest,
            codesLeft: words.plural("staff.account.codes-left", left),
            codesAction: site.path("staff/account/recovery-codes"),
            notice: notice,
            fault: fault
        )
        return try await parts.staffPage(
            "staff.account",
            view,
            context,
            title: fault == nil ? heading : words("fault.title", ["page": heading]),
            here: "staff/account",
            status: fault == nil ? .ok : .badRequest
        )
    }
}

extension Words {
    /// Roles in words, in the order of the written table.
    func roles(_ roles: Set<Role>) -> String {
        Role.allCases.filter(roles.contains).map { self("role.\($0.rawValue)") }.joined(separator: ", ")
    }
}

extension HTTPField.Name {
    /// What the browser throws away with an answer.
    static let clearSiteData = HTTPField.Name("Clear-Site-Data") ?? .server
}
