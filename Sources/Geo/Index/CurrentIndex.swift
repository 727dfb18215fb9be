public import Domain
import Foundation
import Synchronization

/// The boundary index in force, replaced while look-ups go on.
///
/// A look-up takes no lock and never waits: it announces itself in a counter, takes a reference, and leaves the counter. A replacement swaps the
/// reference and keeps the old one until nobody can be between "read the address" and "took a reference": it sends new readers to the other
/// of two counters, waits for the first to empty, and does the same the other way round, since a slow reader may still be on its way to either.
/// All operations are sequentially consistent, so a reader that saw the old address had announced itself before the swap.
public final class CurrentIndex: Sendable {
    private final class Box: Sendable {
        let index: BoundaryIndex
        init(_ index: BoundaryIndex) { self.index = index }
    }

    private let box: Atomic<Unmanaged<Box>>
    private let phase = Atomic<Int>(0)
    private let evenReaders = Atomic<Int>(0)
    private let oddReaders = Atomic<Int>(0)
    /// One replacement at a time; look-ups never touch it.
    private let replacing = Mutex<Void>(())

    /// Starts with an index, the empty one if nothing is activated yet.
    public init(_ index: BoundaryIndex = BoundaryIndex([])) {
        box = Atomic(Unmanaged.passRetained(Box(index)))
    }

    deinit {
        box.load(ordering: .sequentiallyConsistent).release()
    }

    /// The index in force now; hold it for a whole request or batch, so that one generation answers all of it.
    public var index: BoundaryIndex {
        let isEven = phase.load(ordering: .sequentiallyConsistent) == 0
        count(isEven, 1)
        // Retained by name, between the two counts, so that no optimiser has a say in where.
        let current = box.load(ordering: .sequentiallyConsistent).retain()
        count(isEven, -1)
        return current.takeRetainedValue().index
    }

    /// The generation in force now.
    public var generation: GenerationID? { index.generation }

    /// Puts another index in force for every look-up that begins from now on; those under way finish with the old one.
    public func replace(with index: BoundaryIndex) {
        replacing.withLock { _ in
            let next = Unmanaged.passRetained(Box(index))
            let old = box.exchange(next, ordering: .sequentiallyConsistent)
            for _ in 0..<2 {
                let wasEven = phase.load(ordering: .sequentiallyConsistent) == 0
                phase.store(wasEven ? 1 : 0, ordering: .sequentiallyConsistent)
                // Nanoseconds: a reader is in there for two instructions.
                while readers(wasEven) != 0 { Self.breathe() }
            }
            old.release()
        }
    }

    private func count(_ isEven: Bool, _ step: Int) {
        if isEven {
            evenReaders.wrappingAdd(step, ordering: .sequentiallyConsistent)
        } else {
            oddReaders.wrappingAdd(step, ordering: .sequentiallyConsistent)
        }
    }

    private func readers(_ isEven: Bool) -> Int {
        isEven
            ? evenReaders.load(ordering: .sequentiallyConsistent) : oddReaders.load(ordering: .sequentiallyConsistent)
    }

    /// Lets a reader that was interrupted in there run on.
    private static func breathe() {
        sched_yield()
    }
}
