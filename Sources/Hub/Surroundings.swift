public import Foundation
public import Logging
public import Storage

/// What every operation is given: the database, what is kept in memory, the clock and the log.
///
/// One per process, made by the executable. Operations keep no state of their own, so each is a small struct over this.
public final class Surroundings: Sendable {
    /// What the deployment says.
    public let settings: HubSettings
    /// Pools of the hub and of each tenant.
    public let databases: TenantDatabases
    /// Tenants with the version of their files in force.
    public let directory: TenantDirectory
    /// Boundaries in force.
    public let geography: Geography
    /// Civic addresses in force.
    public let addresses: AddressDirectory
    /// Responsibility rules in force.
    public let agreement: CurrentAgreement
    /// Telephone numbers, exchanges and their registers in force.
    public let numbering: NumberingDirectory
    /// Photos as files.
    public let photos: PhotoStore
    /// What signing in of staff needs besides the database.
    public let signIn: SignInDesk
    /// Reads across bodies that are to be written down.
    public let reads = CrossTenantReads()
    /// Keys of other software found lately.
    public let keys = KeyMemory()
    /// By when what has no lead is placed, as last worked out.
    let triagePromise = TriagePromise()
    /// What LoST keeps between requests.
    public let lost: LoSTDesk
    /// Wakes the dispatcher when something waits to be sent.
    public let work: WorkSignal
    /// The clock; a parameter so that tests can move it.
    public let now: @Sendable () -> Date
    /// Which clock leases and retries go by; the database's, unless a test moves time.
    public let outboxClock: @Sendable () -> OutboxClock
    /// The log; nothing personal goes into it.
    public let log: Logger

    /// Surroundings from their parts.
    public init(
        settings: HubSettings,
        databases: TenantDatabases,
        directory: TenantDirectory,
        geography: Geography,
        addresses: AddressDirectory? = nil,
        agreement: CurrentAgreement,
        photos: PhotoStore,
        lost: LoSTDesk = LoSTDesk(),
        numbering: NumberingDirectory = NumberingDirectory(),
        signIn: SignInDesk = SignInDesk(),
        work: WorkSignal = WorkSignal(),
        now: @escaping @Sendable () -> Date,
        outboxClock: @escaping @Sendable () -> OutboxClock = { .database },
        log: Logger
    ) {
        self.settings = settings
        self.databases = databases
        self.directory = directory
        self.geography = geography
        self.addresses = addresses ?? AddressDirectory(databases: databases)
        self.agreement = agreement
        self.photos = photos
        self.lost = lost
        self.numbering = numbering
        self.signIn = signIn
        self.work = work
        self.now = now
        self.outboxClock = outboxClock
        self.log = log
    }

    /// The clock's instant cut to whole seconds, as everything public is stored.
    public var second: Date { Date(timeIntervalSince1970: now().timeIntervalSince1970.rounded(.down)) }
}
