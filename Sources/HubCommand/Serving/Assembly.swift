import Foundation
import Hub
import Logging
import Storage

/// Puts the parts of the service together.
enum Assembly {
    /// Address assumed where no public one matters.
    static let localURL = URL(fileURLWithPath: "/").absoluteURL

    static func surroundings(
        settings: HubSettings,
        databases: TenantDatabases,
        photos: URL,
        indexes: URL,
        lost: LoSTDesk = LoSTDesk(),
        signIn: SignInDesk = SignInDesk(),
        log: Logger = Logger(label: "hub")
    ) throws -> Surroundings {
        Surroundings(
            settings: settings,
            databases: databases,
            directory: TenantDirectory(databases: databases),
            geography: Geography(databases: databases, files: IndexFiles(directory: indexes, log: log)),
            agreement: CurrentAgreement(),
            photos: try PhotoStore(directory: photos),
            lost: lost,
            signIn: signIn,
            now: { Date() },
            log: log
        )
    }
}
