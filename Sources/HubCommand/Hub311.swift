import ArgumentParser

/// The program: `hub311 <noun> <verb>`, and `hub311 serve`.
///
/// Exit status: 0 done · 1 the work failed · 2 the input or a check has faults, each named · 64 the command line is
/// wrong · 69 something the program needs is missing or away (database, Debian package) · 130 interrupted.
@main
struct Hub311: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub311",
        abstract: "One 311 for a region and its towns.",
        discussion: """
            Settings come from the environment: HUB_DATABASE_URL (without it the program keeps its own PostgreSQL below \
            --data), HUB_DATA, HUB_ADDRESS, HUB_PORT, HUB_PUBLIC_URL. Every command explains itself with --help.
            """,
        subcommands: [
            Serve.self, DatabaseCommand.self, GeoCommand.self, AddressCommand.self, RouteCommand.self,
            TenantCommand.self,
            APIKeyCommand.self, UserCommand.self, ExchangeCommand.self, RequestCommand.self, OutboxCommand.self,
            ReportCommand.self, AuditCommand.self,
        ]
    )
}
