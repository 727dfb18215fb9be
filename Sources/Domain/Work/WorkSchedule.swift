public import Foundation

/// The order in which a crew's jobs of one day are best done: by priority, then by the day they are due, then whatever lies nearest to
/// the last place.
///
/// Simple on purpose, and it says so: a foreman understands it at once and may go another way. It plans no times and knows no roads;
/// distances are as the crow flies.
public enum WorkSchedule {
    /// One job, as far as its order counts.
    public struct Stop: Sendable, Hashable, Identifiable {
        /// The work order.
        public let id: UUID
        /// How urgent.
        public let priority: Priority
        /// The day it is due, in the tenant's zone; nil without a promise.
        public let dueDay: CalendarDay?
        /// Where it is; nil when only words are known.
        public let place: Coordinate?

        /// All parts.
        public init(id: UUID, priority: Priority, dueDay: CalendarDay?, place: Coordinate?) {
            self.id = id
            self.priority = priority
            self.dueDay = dueDay
            self.place = place
        }
    }

    /// The stops in order.
    ///
    /// What is overdue counts as due today: it is all late alike. Jobs without a place come last in their group. Equal ones keep the
    /// order they came in.
    ///
    /// - Parameter start: Where the crew begins; nil begins at the first stop of the most urgent group.
    public static func ordered(_ stops: [Stop], today: CalendarDay, from start: Coordinate? = nil) -> [Stop] {
        var result: [Stop] = []
        var here = start
        for group in groups(stops, today: today) {
            var left = group
            while !left.isEmpty {
                let next = nearest(left, to: here)
                result.append(left[next])
                here = left[next].place ?? here
                left.remove(at: next)
            }
        }
        return result
    }

    /// Metres over the ground between two places, as the crow flies, on a sphere: right to 0.6 %.
    public static func metres(from start: Coordinate, to end: Coordinate) -> Double {
        let north = (end.latitude - start.latitude) * .pi / 360
        let east = (end.longitude - start.longitude) * .pi / 360
        let both = cos(start.latitude * .pi / 180) * cos(end.latitude * .pi / 180)
        let half = sin(north) * sin(north) + both * sin(east) * sin(east)
        return 2 * 6_371_008.8 * asin(min(1, half.squareRoot()))
    }

    private static func groups(_ stops: [Stop], today: CalendarDay) -> [[Stop]] {
        struct Key: Hashable, Comparable {
            let priority: Priority
            let due: Int

            static func < (left: Key, right: Key) -> Bool {
                (left.priority, left.due) < (right.priority, right.due)
            }
        }
        let keyed = Dictionary(grouping: stops) { stop in
            Key(priority: stop.priority, due: stop.dueDay.map { max($0, today).dayNumber } ?? Int.max)
        }
        return keyed.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Place in the list of the nearest stop; the first one that has a place when it is not known where one is.
    private static func nearest(_ stops: [Stop], to here: Coordinate?) -> Int {
        var best = 0
        var least = Double.infinity
        for (index, stop) in stops.enumerated() {
            guard let place = stop.place else { continue }
            let away = here.map { metres(from: $0, to: place) } ?? 0
            if away < least {
                least = away
                best = index
            }
        }
        return best
    }
}
