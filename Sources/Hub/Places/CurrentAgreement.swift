public import Domain
public import Routing
import Synchronization

/// The responsibility rules in force, swapped as one value when a new version is activated.
///
/// A decision takes the table once and works on that value to its end, so a swap in the middle of a decision changes
/// nothing about it.
public final class CurrentAgreement: Sendable {
    private let table: Mutex<RoutingTable>

    /// Begins with these rules.
    public init(_ table: RoutingTable) {
        self.table = Mutex(table)
    }

    /// The table now in force.
    public var routing: RoutingTable { table.withLock { $0 } }

    /// Puts another table in force.
    public func replace(with table: RoutingTable) {
        self.table.withLock { $0 = table }
    }
}
