public import Domain
import Foundation
import HTTPTypes
import Hub
public import Hummingbird
import Storage
import Synchronization

/// The staff routes that are there, with what each needs: the table that a test holds against the running router.
public final class StaffRouteTable: Sendable {
    /// Who may use a route.
    public enum Need: Sendable, Hashable {
        /// Anybody: the door itself.
        case open
        /// Who has the permission in the body they act for.
        case permission(Permission)
        /// The same, proved again lately.
        case proof(Permission)
    }

    /// One route.
    public struct Entry: Sendable, Hashable {
        /// Its method.
        public let method: HTTPRequest.Method
        /// Its pattern, as the router has it.
        public let path: String
        /// Who may use it.
        public let need: Need
    }

    private let list = Mutex<[Entry]>([])

    /// A table without routes.
    public init() {}

    /// Every route so far.
    public var entries: [Entry] { list.withLock { $0 } }

    func add(_ entry: Entry) { list.withLock { $0.append(entry) } }
}

/// Registers staff routes: `/en/staff/…`, `/fr/staff/…` and the same below `/t/<id>`, each behind the door.
///
/// There is no way to a staff route around it: who is not signed in is sent to sign in, who lacks the permission gets 403, a change
/// that does not come from a page of ours is refused, a fault of the database lets nobody in.
public struct StaffRoutes: Sendable {
    /// What a route does.
    public typealias Handler = @Sendable (Request, StaffContext) async throws -> Response
    /// What a route does with a form.
    typealias FormHandler = @Sendable (Request, PageForm, StaffContext) async throws -> Response

    let door: StaffDoor
    private let group: RouterGroup<HubRequestContext>
    private let table: StaffRouteTable

    init(_ group: RouterGroup<HubRequestContext>, parts: PageParts, table: StaffRouteTable) {
        self.group = group
        self.table = table
        door = StaffDoor(parts: parts)
    }

    /// A page, below `staff/`.
    ///
    /// - Parameter proof: Whether the person must have proved lately who they are.
    func get(_ path: String, needs permission: Permission, proof: Bool = false, _ handler: @escaping Handler) {
        on(.get, path, proof ? .proof(permission) : .permission(permission)) { request, context, site in
            let staff = try await enter(request, context, site, permission, proof: proof)
            return try await answer(staff) { try await handler(request, $0) }
        }
    }

    /// A form of a page, below `staff/`; the handler gets it read, its origin and token checked.
    func post(_ path: String, needs permission: Permission, proof: Bool = false, _ handler: @escaping FormHandler) {
        on(.post, path, proof ? .proof(permission) : .permission(permission)) { request, context, site in
            let staff = try await enter(request, context, site, permission, proof: proof)
            return try await answer(staff) { staff in
                let form = try await PageForm(body: request)
                try door.checkOrigin(request, token: form["token"], of: staff.found)
                return try await handler(request, form, staff)
            }
        }
    }

    /// What a script sends, below `staff/`: the session's token comes in `X-Hub-Token`, the handler reads the body.
    func send(_ path: String, needs permission: Permission, _ handler: @escaping Handler) {
        on(.post, path, .permission(permission)) { request, context, site in
            switch try await enter(request, context, site, permission, proof: false) {
            case .elsewhere:
                throw HTTPFault(.unauthorized, english: "sign in again", french: "ouvrez de nouveau une session")
            case .inside(let staff):
                try door.checkOrigin(request, token: request.headers[.hubToken], of: staff.found)
                return try await answer(.inside(staff)) { try await handler(request, $0) }
            }
        }
    }

    /// A route of the door itself, for people who are not signed in.
    func open(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ handler: @escaping @Sendable (Request, HubRequestContext, Site) async throws -> Response
    ) {
        on(method, path, .open) { Self.kept(try await handler($0, $1, $2)) }
    }

    private func on(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ need: StaffRouteTable.Need,
        _ handler: @escaping @Sendable (Request, HubRequestContext, Site) async throws -> Response
    ) {
        for language in Language.allCases {
            for root in ["\(language.rawValue)/staff", "t/:jurisdiction/\(language.rawValue)/staff"] {
                let whole = path.isEmpty ? root : "\(root)/\(path)"
                table.add(StaffRouteTable.Entry(method: method, path: "/\(whole)", need: need))
                group.on(RouterPath(whole), method: method) { request, context in
                    try await handler(request, context, try await door.parts.site(context, language))
                }
            }
        }
    }

    private enum Entrance {
        case inside(StaffContext)
        case elsewhere(Response)
    }

    /// Who may go in, or where they have to go first.
    private func enter(
        _ request: Request,
        _ context: HubRequestContext,
        _ site: Site,
        _ permission: Permission,
        proof: Bool
    ) async throws -> Entrance {
        let address = request.method == .get ? request.uri.string : cameFrom(request, site)
        guard let found = try await door.session(request, site) else {
            return .elsewhere(Self.kept(.seeOther(site.signIn(next: address))))
        }
        switch found.session.stage {
        case .codeDue: return .elsewhere(Self.kept(.seeOther(site.path("staff/sign-in/code"))))
        case .enrolmentDue: return .elsewhere(Self.kept(.seeOther(site.path("staff/sign-in/enrol"))))
        case .full: break
        }
        guard permission.isGranted(to: found.acting.roles),
            let tenant = try await door.parts.surroundings.directory.tenant(found.acting.jurisdiction)
        else { throw HTTPFault.denied }
        let surroundings = door.parts.surroundings
        let age = surroundings.now().timeIntervalSince(found.session.provedAt)
        if proof, age > surroundings.signIn.rules.proof {
            return .elsewhere(Self.kept(.seeOther(site.path("staff/confirm?next=\(address.asQueryValue)"))))
        }
        return .inside(
            StaffContext(
                session: StaffSession(
                    account: found.account.id,
                    displayName: found.account.displayName,
                    actingIn: found.acting.jurisdiction,
                    roles: found.acting.roles,
                    departments: found.acting.departments,
                    language: site.language
                ),
                tenant: tenant,
                parameters: context.parameters,
                id: context.id,
                logger: context.logger,
                network: door.visitor(request, context, site).network,
                site: site,
                found: found,
                token: door.token(of: found),
                visitor: door.visitor(request, context, site),
                address: address
            )
        )
    }

    /// The staff page a form was sent from.
    private func cameFrom(_ request: Request, _ site: Site) -> String {
        let path = request.headers[.referer].flatMap { URLComponents(string: $0)?.percentEncodedPath }
        return site.ownStaffAddress(path) ?? site.path("staff")
    }

    private func answer(_ entrance: Entrance, _ body: (StaffContext) async throws -> Response) async throws -> Response
    {
        switch entrance {
        case .elsewhere(let response): response
        case .inside(let staff):
            Self.kept(
                try await Circumstances.$current.withValue(Circumstances(origin: staff.network)) {
                    try await body(staff)
                }
            )
        }
    }

    /// No answer of the staff door is kept by any cache.
    private static func kept(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension HTTPField.Name {
    /// The session's token in what a script sends.
    static let hubToken = HTTPField.Name("X-Hub-Token") ?? .authorization
}

extension Site {
    /// The sign-in page that leads back to an address.
    func signIn(next address: String) -> String { path("staff/sign-in?next=\(address.asQueryValue)") }

    /// An address of this face's staff pages that may be led back to; nil for anything else, so that no link leads a person who
    /// signs in to another site.
    func ownStaffAddress(_ address: String?) -> String? {
        guard let address, address.utf8.count <= 500, !address.contains("//"), !address.contains("\\"),
            address.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value < 127 })
        else { return nil }
        let path = address.prefix { $0 != "?" && $0 != "#" }
        let roots = Language.allCases.map { "\(root(in: $0))/staff" }
        return roots.contains { path == $0 || path.hasPrefix("\($0)/") } ? address : nil
    }
}

extension String {
    /// Written so that it can stand as a value in a query.
    var asQueryValue: String { addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
}
