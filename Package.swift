// swift-tools-version: 6.1
import PackageDescription

/// What every target of ours is compiled with: language mode 6 and the four upcoming features STYLE names.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A module of ours; the arrows between modules run one way and `Tests/ModuleMapTests` holds them.
func module(
    _ name: String,
    uses: [Target.Dependency] = [],
    resources: [Resource]? = nil,
    exclude: [String] = []
) -> Target {
    .target(name: name, dependencies: uses, exclude: exclude, resources: resources, swiftSettings: strict)
}

/// A test target of ours.
func tests(
    _ name: String,
    uses: [Target.Dependency],
    resources: [Resource]? = nil,
    exclude: [String] = []
) -> Target {
    .testTarget(
        name: name,
        dependencies: uses + ["TestSupport"],
        exclude: exclude,
        resources: resources,
        swiftSettings: strict
    )
}

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "hub311",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "hub311", targets: ["HubCommand"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        module("Domain"),
        module("Observability", uses: [log, coreMetrics]),
        module("Postgres", uses: ["CLibPQ", "CEpoll", log]),
        module("PostgresServer", uses: [subprocess, systemPackage, log]),
        module("XML", uses: ["CLibXML2"]),
        module("DataFiles", uses: ["CZlib"]),
        module("Mail", uses: ["CCurl"]),
        module("Geo", uses: ["Domain", "DataFiles", "CGEOS", subprocess, systemPackage]),
        module("Addresses", uses: ["Domain", "DataFiles"]),
        module("Tenancy", uses: ["Domain", yams]),
        module("Routing", uses: ["Domain", "Geo"]),
        module(
            "Storage",
            uses: ["Domain", "Postgres", crypto],
            resources: [.copy("Migrations")]
        ),
        module("Open311", uses: ["Domain", "XML"]),
        module("LoST", uses: ["Domain", "XML"]),
        module(
            "Hub",
            uses: [
                "Addresses", "DataFiles", "Domain", "Geo", "LoST", "Mail", "Routing", "Storage", "Tenancy", crypto,
                cryptoExtras, log,
                metrics,
                subprocess, systemPackage,
            ]
        ),
        module(
            "Web",
            uses: [
                "Hub", "Open311", "LoST", "Addresses", "Geo", "Domain", "Mail", "Storage", hummingbird, mustache,
                crypto,
                log, metrics,
            ],
            resources: [.copy("Templates"), .copy("Assets"), .copy("Locales")]
        ),
        module("Transports", uses: ["Hub", "Open311", "LoST", "Domain", "Mail", crypto, httpClient, log]),
        .executableTarget(
            name: "HubCommand",
            dependencies: [
                "Addresses", "DataFiles", "Domain", "Geo", "Hub", "LoST", "Mail", "Observability", "Open311",
                "Postgres",
                "PostgresServer", "Routing", "Storage",
                "Tenancy",
                "Transports", "Web", arguments, configuration, lifecycle, unixSignals, hummingbird, log, metrics,
                coreMetrics,
            ],
            swiftSettings: strict
        ),

        .target(
            name: "TestSupport",
            dependencies: ["Domain", "Postgres", "PostgresServer", "Storage"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(name: "ModuleMapTests", swiftSettings: strict),
        tests("DomainTests", uses: ["Domain"]),
        .testTarget(
            name: "ObservabilityTests",
            dependencies: ["Observability", coreMetrics, log],
            swiftSettings: strict
        ),
        tests("PostgresTests", uses: ["Postgres", "PostgresServer"]),
        tests("XMLTests", uses: ["XML"]),
        tests("DataFilesTests", uses: ["DataFiles"]),
        tests("MailTests", uses: ["Mail"]),
        tests("GeoTests", uses: ["Geo", "DataFiles"]),
        tests("AddressesTests", uses: ["Addresses", "DataFiles"]),
        tests("TenancyTests", uses: ["Tenancy"]),
        tests("RoutingTests", uses: ["Routing", "Tenancy", "Geo"]),
        tests("StorageTests", uses: ["Storage", "Postgres", "PostgresServer"]),
        tests("Open311Tests", uses: ["Open311"]),
        tests("LoSTTests", uses: ["LoST", "XML"]),
        tests("HubTests", uses: ["Hub", "Transports"]),
        tests("TransportsTests", uses: ["Transports", "Open311"]),
        tests(
            "WebTests",
            uses: ["Web", crypto, cryptoExtras, .product(name: "HummingbirdTesting", package: "hummingbird")]
        ),
    ]
)

// Benchmarks are built only when they are asked for; see Tests/Benchmarks/README.md.
if Context.environment["HUB_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "GeoBenchmarks",
            dependencies: ["Geo", "Domain"],
            path: "Tests/Benchmarks/GeoBenchmarks",
            swiftSettings: strict
        )
    )
}
