public import Addresses
public import Foundation
public import Storage
import Synchronization

/// The register of civic addresses in force, in memory.
///
/// A look-up takes the book once and works on that value; activating another set swaps one reference while look-ups go on. A set is read
/// as it was compiled when it was imported, a few large rows, so another start takes a fraction of a second.
public final class AddressDirectory: Sendable {
    private struct State {
        var book = AddressBook.empty
        var set: Int?
    }

    private let databases: TenantDatabases
    private let current = Mutex(State())

    /// Begins empty until ``reload(at:)`` has loaded a set.
    public init(databases: TenantDatabases) {
        self.databases = databases
    }

    /// The addresses now in force.
    public var book: AddressBook { current.withLock { $0.book } }

    /// Number of the set in force; nil before the first.
    public var set: Int? { current.withLock { $0.set } }

    /// Loads the set in force at an instant, when it is another than the one loaded; true when it swapped.
    public func reload(at instant: Date) async throws -> Bool {
        let wanted = try await databases.withHub(.readOnly) { try await AddressSets($0).current(at: instant) }
        guard let wanted, wanted != set else { return false }
        let book = try await Self.book(of: wanted, from: databases)
        current.withLock { $0 = State(book: book, set: wanted) }
        return true
    }

    /// Puts a book in force that no database holds, for tests and for files of a command.
    public func replace(with book: AddressBook) {
        current.withLock { $0 = State(book: book, set: nil) }
    }

    /// The book of any stored set.
    ///
    /// - Throws: ``AddressBook/Unreadable`` when another version of the program compiled it.
    public static func book(of set: Int, from databases: TenantDatabases) async throws -> AddressBook {
        var bytes: [UInt8] = []
        var part = 0
        while true {
            let wanted = part
            guard
                let piece = try await databases.withHub(.readOnly, { try await AddressRows($0).book(wanted, of: set) })
            else { break }
            bytes += piece
            part += 1
        }
        return try AddressBook(bytes: bytes)
    }
}
