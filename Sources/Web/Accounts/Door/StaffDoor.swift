import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import Storage

/// Finds out who stands at the door of a face.
struct StaffDoor: Sendable {
    let parts: PageParts
    let tokens: FormToken

    init(parts: PageParts) {
        self.parts = parts
        tokens = FormToken(key: parts.settings.formKey)
    }

    /// Host and path a session is good for.
    static func face(_ site: Site, _ request: Request) -> String {
        "\((request.head.authority ?? "").lowercased())/\(site.tenant.id.rawValue)"
    }

    /// The visitor as the sign-in operations know one.
    func visitor(_ request: Request, _ context: HubRequestContext, _ site: Site) -> Visitor {
        let client = ClientAddress(request, peer: context.remoteAddress, proxies: parts.settings.proxies)
        let network =
            switch client {
            case .local: "local"
            case .remote(let subject): subject
            }
        return Visitor(
            face: Self.face(site, request),
            jurisdiction: site.tenant.id,
            isHub: site.tenant.isHub,
            device: request.headers[.userAgent] ?? "",
            network: network,
            knownAs: known(request)
        )
    }

    /// The session that the request's cookie opens at this face, whatever its stage; nil when there is none that counts.
    ///
    /// - Throws: `StorageError` while the database is away: nobody is let in then.
    func session(_ request: Request, _ site: Site) async throws -> FoundSession? {
        guard let token = StaffCookies.read(StaffCookies.session(site), of: request) else { return nil }
        return try await FindSession(parts.surroundings)(
            token: token,
            face: Self.face(site, request),
            jurisdiction: site.tenant.id,
            isHub: site.tenant.isHub
        )
    }

    /// The token that forms of a session bring back.
    func token(of found: FoundSession) -> String { tokens.make("staff", for: found.session.id) }

    /// Whether a change comes from a page of ours: by what the browser says of its origin, and by the session's token.
    ///
    /// - Throws: ``HTTPFault`` 403.
    func checkOrigin(_ request: Request, token: String?, of found: FoundSession) throws {
        guard FormOrigin(publicBaseURL: parts.surroundings.settings.publicBaseURL).allows(request),
            tokens.isValid(token, "staff", for: found.session.id)
        else { throw HTTPFault.foreignForm }
    }

    /// The cookies that a session's new token is given out with; the browser is known from now on.
    func cookies(_ opened: OpenedSession, _ site: Site) -> [String] {
        var cookies = [StaffCookies.set(StaffCookies.session(site), opened.token, seconds: opened.seconds)]
        if opened.stage == .full {
            let mark = "\(opened.account.rawValue).\(tokens.make("known browser", for: opened.account.rawValue))"
            cookies.append(StaffCookies.set(StaffCookies.known, mark, seconds: 180 * 24 * 3600))
        }
        return cookies
    }

    private func known(_ request: Request) -> AccountID? {
        guard let mark = StaffCookies.read(StaffCookies.known, of: request) else { return nil }
        let halves = mark.split(separator: ".")
        guard halves.count == 2, let id = AccountID(rawValue: String(halves[0])),
            tokens.isValid(String(halves[1]), "known browser", for: id.rawValue)
        else { return nil }
        return id
    }
}

extension HTTPFault {
    /// A change that no page of ours sent.
    static let foreignForm = HTTPFault(
        .forbidden,
        english: "the form was sent from another site or is too old",
        french: "le formulaire a été envoyé depuis un autre site ou est trop ancien"
    )

    /// Signed in, but not for this.
    static let denied = HTTPFault(
        .forbidden,
        [
            Entry(
                code: "denied",
                LocalizedText(
                    english: "your role does not include this",
                    french: "votre rôle ne comprend pas cette action"
                )
            )
        ]
    )

    /// Too many sign-ins at once.
    static let signInBusy = HTTPFault(
        .serviceUnavailable,
        english: "too many people sign in at this moment",
        french: "trop de personnes ouvrent une session en ce moment",
        headers: [.retryAfter: "5"]
    )
}
