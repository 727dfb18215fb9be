import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// Signing in through a body's own service: away to it, and back.
struct ServiceSignInPages: Sendable {
    let signIn: SignInPages

    private var door: StaffDoor { signIn.door }
    private var parts: PageParts { signIn.door.parts }

    /// The cookie that ties the journey to the browser it began in.
    static let cookie = "__Host-hub_journey"

    /// What the template shows when the service did not let the person in.
    struct RefusedView {
        let heading: String
        let text: String
        let again: String
    }

    /// Sends the person to the service.
    func depart(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        guard let service = site.tenant.tenant.signIn?.first(where: { $0.code == context.parameters.get("service") })
        else { throw HTTPFault.notFound }
        let query = try PageForm(query: request)
        let next = site.ownStaffAddress(query["next"])
        let departure = try await SignInThroughService(parts.surroundings).depart(
            to: service,
            of: site.tenant,
            door.visitor(request, context, site),
            returnAddress: returnAddress(site),
            returnTo: next ?? "",
            asksAgain: query["again"] != nil
        )
        guard let departure else { return try refused(site, "staff.service.away", .serviceUnavailable) }
        var response = Response.seeOther(departure.address)
        let cookie = StaffCookies.set(Self.cookie, departure.browser, seconds: 600)
        response.headers.append(HTTPField(name: .setCookie, value: cookie))
        return response
    }

    /// Takes the person back.
    func arrive(_ request: Request, _ context: HubRequestContext, _ site: Site) async throws -> Response {
        let query = try PageForm(query: request)
        guard let code = query["code"], let state = query["state"],
            let browser = StaffCookies.read(Self.cookie, of: request)
        else { return try refused(site, "staff.service.refused", .unauthorized) }
        let arrival = try await SignInThroughService(parts.surroundings).arrive(
            code: code,
            state: state,
            issuer: query["iss"],
            browser: browser,
            of: site.tenant,
            door.visitor(request, context, site),
            returnAddress: returnAddress(site)
        )
        switch arrival {
        case .opened(let opened, let returnTo):
            var response = signIn.lead(opened.stage, site.ownStaffAddress(returnTo), site)
            for cookie in door.cookies(opened, site) + [StaffCookies.clear(Self.cookie)] {
                response.headers.append(HTTPField(name: .setCookie, value: cookie))
            }
            return response
        case .refused: return try refused(site, "staff.service.refused", .unauthorized)
        case .noPart: return try refused(site, "staff.service.no-part", .forbidden)
        }
    }

    /// Where services send people back: below the address the settings name, one for each face, in its first language.
    private func returnAddress(_ site: Site) -> String {
        parts.surroundings.settings.publicBaseURL.absoluteString + "\(site.root)/staff/sign-in/return"
    }

    private func refused(_ site: Site, _ key: String, _ status: HTTPResponse.Status) throws -> Response {
        let words = parts.words(site.language)
        let view = RefusedView(
            heading: words("staff.service.heading"),
            text: words(key),
            again: site.path("staff/sign-in")
        )
        return try signIn.shown("staff.refused", view, site, view.heading, "staff/sign-in", false, status)
    }
}
