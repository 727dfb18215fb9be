import Domain
import Foundation
import Hub
import Hummingbird
import HummingbirdTesting
import Logging
import Storage
import Synchronization
import Tenancy
import TestSupport
import Testing

@testable import Web

/// The repository's own region in a database of its own, shared by all tests of a suite.
///
/// Each test takes a summer of its own (``run(_:)``), so that lists, which speak of the last 90 days, never show what another
/// test posted.
struct DemonstrationRegion: Sendable {
    /// The region of the suite that runs.
    @TaskLocal static var current: DemonstrationRegion?

    let databases: TenantDatabases
    let directory: TenantDirectory
    let geography: Geography
    let agreement: CurrentAgreement
    let photos: PhotoStore
    let numbering = NumberingDirectory()
    let log: Logger
    /// A key for every jurisdiction with the rights to submit and to update.
    let key: String
    /// A key that may only submit to Brindle Bay.
    let brindleBayKey: String
    /// The codes of the tenants, which differ from the files': codes are roles of the whole server.
    let codes: [JurisdictionID: TenantCode]

    private static let summers = Atomic(0)

    /// The one tenant that takes no posts of other software, unlike in its files.
    static let closed = JurisdictionID(trusted: "elmsbridge")

    /// Runs a test against the region, on a morning in August of a year that no other test sees.
    static func run<Value>(_ body: @Sendable (RegionCaller) async throws -> Value) async throws -> Value {
        let region = try #require(current, "the suite needs the trait .region")
        let number = summers.add(1, ordering: .relaxed).oldValue
        let clock = FixedClock("\(2027 + number)-08-17T15:00:00Z")
        return try await region.run(clock: clock, body)
    }

    private func run<Value>(
        clock: FixedClock,
        _ body: @Sendable (RegionCaller) async throws -> Value
    ) async throws -> Value {
        let surroundings = Surroundings(
            settings: HubSettings(
                publicBaseURL: try #require(URL(string: "https://hub.example")),
                apiContact: "api@hub.example"
            ),
            databases: databases,
            directory: directory,
            geography: geography,
            agreement: agreement,
            photos: photos,
            numbering: numbering,
            connectors: ConnectorSettings(
                secret: { $0.hasPrefix("HUB_SECRET") ? "a-secret-of-the-tests-\($0)" : nil },
                replyKey: Data(repeating: 7, count: 32)
            ),
            now: clock.reader,
            log: log
        )
        let router = Router(context: HubRequestContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestJournal())
        router.add(middleware: SecurityHeaders(isSecure: true))
        router.add(middleware: PlainFaults())
        Open311Endpoint(surroundings).add(to: router)
        APIRoutes(surroundings).add(to: router)
        TileRoutes(surroundings).add(to: router)
        HealthRoutes(surroundings).add(to: router)
        MetricsRoute(token: "a token for the scraper") { "hub_up 1\n" }.add(to: router)
        PhotoRoutes(surroundings).add(to: router)
        TelephonyRoutes(surroundings, access: TelephonyAccess(token: "a token for the proxy")).add(to: router)
        WebhookRoutes(surroundings).add(to: router)
        return try await Application(router: router).test(.router) { client in
            try await body(RegionCaller(client: client, clock: clock, region: self, surroundings: surroundings))
        }
    }

    /// Sets the region up from `tenants/` and `geo/`, as `hub311 serve` does at its first start.
    static func open<Value>(_ body: (DemonstrationRegion) async throws -> Value) async throws -> Value {
        let files = RegionFiles.tenants
        // A hundred tests share these sessions, on a machine that builds at the same time: waiting is no fault here.
        let limits = SessionLimits(perTenant: 8, hub: 8, wait: .seconds(120))
        return try await withTenantSchemas(files.configurations.count, limits: limits) { hub in
            let now = FixedClock("2026-06-01T12:00:00Z").now
            let photos = FileManager.default.temporaryDirectory.appending(path: "hub311-photos-\(UUID().uuidString)")
            let region = DemonstrationRegion(
                databases: hub.databases,
                directory: TenantDirectory(databases: hub.databases),
                geography: Geography(databases: hub.databases),
                agreement: CurrentAgreement(),
                photos: try PhotoStore(directory: photos),
                log: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
                key: try await key(hub, [], [.submit, .update], now),
                brindleBayKey: try await key(hub, [JurisdictionID(trusted: "brindle-bay")], [.submit], now),
                codes: Dictionary(uniqueKeysWithValues: zip(files.configurations.map(\.tenant.id), hub.codes))
            )
            try await region.load(hub, now)
            let value = try await body(region)
            try? FileManager.default.removeItem(at: photos)
            return value
        }
    }

    private static func key(
        _ hub: TestHub,
        _ jurisdictions: [JurisdictionID],
        _ rights: Set<APIRight>,
        _ now: Date
    ) async throws -> String {
        try await ManageKeys(databases: hub.databases)
            .create(label: "test", jurisdictions: jurisdictions, rights: rights, by: "test", now: now).text
    }

    private func load(_ hub: TestHub, _ now: Date) async throws {
        let surroundings = Surroundings(
            settings: HubSettings(publicBaseURL: URL(fileURLWithPath: "/"), apiContact: ""),
            databases: databases,
            directory: directory,
            geography: geography,
            agreement: agreement,
            photos: photos,
            numbering: numbering,
            now: { now },
            log: log
        )
        try await RegionFiles.load(into: hub, surroundings) { tenant in
            // The standard is tested word for word; what waits for a person has tests of its own.
            TenantPolicies(open311Posting: tenant.id != Self.closed, publication: .immediate)
        }
    }
}

/// Opens the demonstration region once for a suite and everything in it.
struct RegionTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await DemonstrationRegion.open { region in
            try await DemonstrationRegion.$current.withValue(region) { try await function() }
        }
    }
}

extension Trait where Self == RegionTrait {
    /// The demonstration region, open while the suite runs.
    static var region: RegionTrait { RegionTrait() }
}

/// Renders a fault of the routes that have no shape of their own.
private struct PlainFaults: RouterMiddleware {
    typealias Context = HubRequestContext

    func handle(
        _ request: Request,
        context: HubRequestContext,
        next: @concurrent (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let fault as HTTPFault {
            return Response(status: fault.status, headers: fault.headers)
        }
    }
}
