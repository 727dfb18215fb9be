import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import HummingbirdTesting
import Logging
import Postgres
import Storage
import Tenancy
import TestSupport
import Testing

@testable import Web

/// The demonstration region in a database of its own, with the pages in front of it.
struct PagesRegion {
    let client: any TestClientProtocol
    let clock: FixedClock
    let surroundings: Surroundings
    private let hub: TestHub

    /// Runs a story on fresh data, on a working day of November.
    static func run(
        server settings: ServerSettings = ServerSettings(),
        _ story: @Sendable (PagesRegion) async throws -> Void
    ) async throws {
        try await withTenantSchemas(RegionFiles.tenants.configurations.count) { hub in
            let clock = FixedClock("2026-11-18T17:00:00Z")
            let surroundings = try await surroundings(hub, clock: clock)
            let server = HubServer(
                surroundings,
                settings: settings,
                pages: PageSettings(formKey: Data(repeating: 3, count: 32)),
                metrics: { "" }
            )
            try await Application(router: try server.router()).test(.router) { client in
                try await story(PagesRegion(client: client, clock: clock, surroundings: surroundings, hub: hub))
            }
        }
    }

    private static func surroundings(_ hub: TestHub, clock: FixedClock) async throws -> Surroundings {
        let photos = FileManager.default.temporaryDirectory.appending(path: "hub311-photos-\(UUID().uuidString)")
        let log = Logger(label: "pages-tests") { _ in SwiftLogNoOpLogHandler() }
        let settings = HubSettings(
            publicBaseURL: try #require(URL(string: "http://hub.example")),
            apiContact: "api@hub.example",
            isProduction: false
        )
        let surroundings = Surroundings(
            settings: settings,
            databases: hub.databases,
            directory: TenantDirectory(databases: hub.databases),
            geography: Geography(databases: hub.databases),
            agreement: CurrentAgreement(),
            photos: try PhotoStore(directory: photos),
            now: clock.reader,
            log: log
        )
        try await RegionFiles.load(into: hub, surroundings)
        return surroundings
    }

    /// Runs something while nobody can connect to the database, and opens it again.
    func withoutDatabase<Value>(_ body: () async throws -> Value) async throws -> Value {
        let name = hub.settings.server.database
        _ = try await hub.cluster.withSession(hub.cluster.settings()) { session in
            _ = try await session.execute("ALTER DATABASE \(identifier: name) ALLOW_CONNECTIONS false")
            _ = try await session.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \(name)"
            )
        }
        let value: Value
        do {
            value = try await body()
        } catch {
            try await open(name)
            throw error
        }
        try await open(name)
        return value
    }

    private func open(_ name: String) async throws {
        _ = try await hub.cluster.withSession(hub.cluster.settings()) { session in
            _ = try await session.execute("ALTER DATABASE \(identifier: name) ALLOW_CONNECTIONS true")
        }
    }

    /// Asks for a page.
    func get(_ path: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get) async throws -> ShownPage {
        ShownPage(try await client.execute(uri: path, method: method, headers: headers), at: path)
    }

    /// Sends a form as a browser does, following 307 with the same body and 302 and 303 with a GET.
    func post(_ path: String, _ fields: [(String, String)], _ headers: HTTPFields = [:]) async throws -> ShownPage {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        let body = fields.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await send(path, headers, ByteBuffer(string: body))
    }

    /// Sends a form with files.
    func post(_ path: String, _ fields: [(String, String)], files: [(name: String, data: Data)]) async throws
        -> ShownPage
    {
        var body = ByteBuffer()
        for (name, value) in fields {
            body.writeString("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
        }
        for file in files {
            body.writeString(
                "--edge\r\nContent-Disposition: form-data; name=\"\(file.name)\"; filename=\"p.jpg\"\r\n"
                    + "Content-Type: image/jpeg\r\n\r\n"
            )
            body.writeBytes(file.data)
            body.writeString("\r\n")
        }
        body.writeString("--edge--\r\n")
        return try await send(path, [.contentType: "multipart/form-data; boundary=edge"], body)
    }

    private func send(_ path: String, _ headers: HTTPFields, _ body: ByteBuffer) async throws -> ShownPage {
        let answer = try await client.execute(uri: path, method: .post, headers: headers, body: body)
        guard let next = answer.headers[.location] else { return ShownPage(answer, at: path) }
        if answer.status == .temporaryRedirect {
            return ShownPage(try await client.execute(uri: next, method: .post, headers: headers, body: body), at: next)
        }
        return try await get(next)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

/// A page as it came, with what a browser would read out of it.
struct ShownPage {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let html: String
    /// The address that would stand in the browser.
    let address: String

    init(_ answer: TestResponse, at address: String) {
        status = answer.status
        headers = answer.headers
        html = String(buffer: answer.body)
        self.address = address
    }

    /// Readable text, entities resolved.
    var text: String {
        Self.resolved(html.replacing(/<[^>]*>/, with: " ")).replacing(/\s+/, with: " ")
    }

    /// The heading.
    var heading: String {
        guard let match = html.firstMatch(of: /<h1[^>]*>(.*?)<\/h1>/.dotMatchesNewlines()) else { return "" }
        return Self.resolved(String(match.1).replacing(/<[^>]*>/, with: "")).trimmingCharacters(
            in: .whitespacesAndNewlines
        )
    }

    /// Where the step's form goes.
    var action: String { attribute("action", ofTagWith: "id=\"page-form\"") }

    /// The hidden fields of the step's form.
    var hidden: [(String, String)] {
        html.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/).map {
            (Self.resolved(String($0.1)), Self.resolved(String($0.2)))
        }
    }

    /// Value of an attribute of the first tag that holds a text.
    func attribute(_ name: String, ofTagWith text: String) -> String {
        for tag in html.matches(of: /<[a-z][^>]*>/) where tag.0.contains(text) {
            for pair in tag.0.matches(of: /([a-z-]+)="([^"]*)"/) where pair.1 == name {
                return Self.resolved(String(pair.2))
            }
        }
        return ""
    }

    private static func resolved(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
