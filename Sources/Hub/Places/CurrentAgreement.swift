public import Domain
public import Routing
import Synchronization

/// The responsibility rules in force, swapped as one value when a new version is activated.
///
/// A decision takes the table once and works on that value to its end, so a swap in the middle of a decision changes
/// nothing about it.
public final class CurrentAgreement: Sendable {
    private struct State {
        var table = RoutingTable([], jurisdictions: [])
        var identity = ""
    }

    private let state = Mutex(State())

    /// Begins without an agreement: every decision is undecided, and says so.
    public init() {}

    /// The table now in force.
    public var routing: RoutingTable { state.withLock { $0.table } }

    /// What the table in force was built from: versions of the agreement and of the tenants' files.
    public var identity: String { state.withLock { $0.identity } }

    /// Puts another table in force.
    public func replace(with table: RoutingTable, identity: String) {
        state.withLock { $0 = State(table: table, identity: identity) }
    }
}
