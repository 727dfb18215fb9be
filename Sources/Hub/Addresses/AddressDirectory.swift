public import Addresses
public import Domain
public import Foundation
public import Storage
import Synchronization

/// The register of civic addresses in force, in memory.
///
/// A look-up takes the book once and works on that value; activating another set swaps one reference while look-ups go on.
public final class AddressDirectory: Sendable {
    private let databases: TenantDatabases
    private let current = Mutex(AddressBook.empty)

    /// Begins empty until ``reload(at:)`` has loaded a set.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// The addresses now in force.
    public var book: AddressBook { current.withLock { $0 } }
}
