import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import HummingbirdTesting
import Logging
import Storage
import Tenancy
import TestSupport
import Testing

@testable import Web

/// The hub and two towns of the demonstration region, without geography, with the staff door in front.
struct StaffRegion {
    let client: any TestClientProtocol
    let clock: FixedClock
    let surroundings: Surroundings
    let hub: TestHub
    let table: StaffRouteTable
    /// What was logged.
    let logged: KeptLines
    /// Every route of the running router.
    let routes: [(method: HTTPRequest.Method, path: String)]

    static let hubID = JurisdictionID(trusted: "maplewater-311")
    static let town = JurisdictionID(trusted: "brindle-bay")
    static let otherTown = JurisdictionID(trusted: "cobbleford")

    /// Runs a story on fresh data.
    ///
    /// Passwords cost next to nothing here.
    static func run(
        rules: SignInRules = SignInRules(),
        rates: RateSettings? = nil,
        issuers: [FakeIssuer] = [],
        _ story: @Sendable (StaffRegion) async throws -> Void
    ) async throws {
        let ids = [hubID, town, otherTown]
        try await withTenantSchemas(ids.count) { hub in
            let clock = FixedClock("2026-11-18T17:00:00Z")
            let logged = KeptLines()
            let photos = FileManager.default.temporaryDirectory.appending(path: "hub311-photos-\(UUID().uuidString)")
            let surroundings = Surroundings(
                settings: HubSettings(
                    publicBaseURL: try #require(URL(string: "https://hub.example")),
                    apiContact: "api@hub.example"
                ),
                databases: hub.databases,
                directory: TenantDirectory(databases: hub.databases),
                geography: Geography(databases: hub.databases),
                agreement: CurrentAgreement(),
                photos: try PhotoStore(directory: photos),
                signIn: SignInDesk(
                    rules: rules,
                    passwords: PasswordDesk(cost: PasswordCost(logRounds: 4, blockSize: 1, parallelism: 1)),
                    exchange: SignInExchange(issuers, now: clock.reader)
                ),
                now: clock.reader,
                log: logged.logger
            )
            let files = RegionFiles.tenants.configurations
            let configurations = try zip(ids, hub.codes).map { id, code in
                RegionFiles.withCode(code, try #require(files.first { $0.tenant.id == id }))
            }
            try await ApplyTenants(administration: hub.administration, databases: hub.databases)(
                configurations,
                agreement: [],
                by: "test",
                now: clock.now
            ) { _ in }
            try await surroundings.directory.reload()
            let server = HubServer(
                surroundings,
                settings: ServerSettings(rates: rates),
                pages: PageSettings(formKey: Data(repeating: 3, count: 32)),
                metrics: { "" }
            )
            let table = StaffRouteTable()
            let router = try server.router(staff: table)
            let routes = router.routes.map { ($0.method, $0.path.description) }
            try await Application(router: router, logger: logged.logger).test(.router) { client in
                try await story(
                    StaffRegion(
                        client: client,
                        clock: clock,
                        surroundings: surroundings,
                        hub: hub,
                        table: table,
                        logged: logged,
                        routes: routes
                    )
                )
            }
        }
    }

    /// A browser without cookies.
    func browser() -> Browser { Browser(client: client) }

    var manage: ManageAccounts {
        ManageAccounts(databases: surroundings.databases, rules: surroundings.signIn.rules)
    }

    /// Invites a person and gives the path of their link.
    func invited(_ name: String, _ roles: Set<Role>, in body: JurisdictionID, departments: Set<String> = [])
        async throws -> String
    {
        let link = try await manage.invite(
            try #require(SignInName(typed: name)),
            displayName: "Robin Example",
            language: .english,
            Membership(jurisdiction: body, roles: roles, departments: departments),
            by: "test",
            now: clock.now
        )
        let address = try #require(link).address(below: surroundings.settings.publicBaseURL)
        return try #require(URL(string: address)).path
    }

    static let password = "tulip gravel oboe kayak"

    /// A person signed in as far as a password goes, at the hub's face or a town's.
    func signedIn(
        _ name: String,
        _ roles: Set<Role>,
        in body: JurisdictionID,
        face: String = ""
    ) async throws -> Browser {
        let browser = browser()
        let link = try await invited(name, roles, in: body)
        let page = try await browser.get(face + link)
        let answer = try await browser.submit(page, ["password": Self.password], to: "\(face)/en/staff/invitation")
        try #require(answer.status == .ok, "\(answer.text)")
        return browser
    }
}

/// A browser: keeps cookies, follows redirects, sends the hidden fields of the form it saw.
final class Browser {
    private let client: any TestClientProtocol
    private(set) var cookies: [String: String] = [:]
    /// Every Set-Cookie header that came.
    private(set) var setCookies: [String] = []

    init(client: any TestClientProtocol) { self.client = client }

    init(client: any TestClientProtocol, cookies: [String: String]) {
        self.client = client
        self.cookies = cookies
    }

    /// The same cookies in another browser, as a thief would have them.
    func copy() -> Browser { Browser(client: client, cookies: cookies) }

    func keep(_ name: String, as other: String) { cookies[other] = cookies[name] }

    func get(_ path: String, _ headers: HTTPFields = [:], follows: Bool = true) async throws -> ShownPage {
        try await send(.get, path, headers, nil, follows: follows)
    }

    /// Sends fields just as they are.
    func post(_ path: String, _ fields: [(String, String)], _ headers: HTTPFields = [:]) async throws -> ShownPage {
        var headers = headers
        headers[.contentType] = headers[.contentType] ?? "application/x-www-form-urlencoded"
        let body = fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        return try await send(.post, path, headers, ByteBuffer(string: body))
    }

    /// Sends the form of a page that goes to an address, its hidden fields with it.
    func submit(_ page: ShownPage, _ fields: [String: String], to action: String) async throws -> ShownPage {
        let forms = page.html.split(separator: "<form").dropFirst()
        let form = try #require(forms.first { $0.contains("action=\"\(action)\"") }, "\(action) in \(page.text)")
        let inside = form.prefix(upTo: try #require(form.range(of: "</form>")).lowerBound)
        let hidden = inside.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/)
            .map { (String($0.1), String($0.2).replacing("&amp;", with: "&")) }
            .filter { fields[$0.0] == nil }
        return try await post(action, hidden + fields.map { ($0.key, $0.value) })
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields,
        _ body: ByteBuffer?,
        follows: Bool = true
    )
        async throws -> ShownPage
    {
        var headers = headers
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        }
        let answer = try await client.execute(uri: path, method: method, headers: headers, body: body)
        for cookie in answer.headers[values: .setCookie] {
            setCookies.append(cookie)
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1])
        }
        if follows, answer.status == .seeOther || answer.status == .found, let next = answer.headers[.location] {
            return try await send(.get, next, [:], nil)
        }
        return ShownPage(answer, at: path)
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
