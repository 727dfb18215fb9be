public import Domain
public import Foundation
import Synchronization

/// Declared events that are open, kept in memory: whether a report belongs to one is asked at every submission.
public final class OpenEvents: Sendable {
    private struct Known {
        var events: [DeclaredEvent] = []
        var hub: JurisdictionID?
    }

    private let known = Mutex(Known())

    /// Begins without any.
    public init() {}

    /// Puts the stored events in force.
    func replace(with events: [DeclaredEvent], hub: JurisdictionID?) {
        known.withLock { $0 = Known(events: events, hub: hub) }
    }

    /// Takes an event that was declared in this process, before the next look at the database.
    func add(_ event: DeclaredEvent) {
        known.withLock { known in
            known.events.removeAll { $0.id == event.id }
            known.events.append(event)
        }
    }

    /// Forgets an event that was closed in this process.
    func remove(_ id: UUID) {
        known.withLock { $0.events.removeAll { $0.id == id } }
    }

    /// The event that collects a report led by a tenant: one of that tenant's own, or the hub's; the one declared first.
    public func collecting(
        _ type: ServiceCode,
        at place: Coordinate?,
        made instant: Date,
        for tenant: JurisdictionID
    ) -> DeclaredEvent? {
        known.withLock { known in
            known.events.first { event in
                (event.owner == tenant || event.owner == known.hub) && event.collects(type, at: place, made: instant)
            }
        }
    }

    /// Events whose banner stands on a body's pages: its own and the hub's; on the hub's own pages every tenant's too.
    public func announced(on face: JurisdictionID, at instant: Date) -> [DeclaredEvent] {
        known.withLock { known in
            known.events.filter { event in
                event.isOn(at: instant) && (event.owner == face || event.owner == known.hub || face == known.hub)
            }
        }
    }

    /// The open event whose parent a request is; nil when it is none's.
    func event(ofParent reference: RequestReference) -> DeclaredEvent? {
        known.withLock { $0.events.first { $0.parent == reference } }
    }
}
