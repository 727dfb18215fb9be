import CEpoll
import Foundation
import Glibc
import Synchronization

/// What a socket is waited for.
enum SocketInterest {
    case read
    case readOrWrite
}

/// The one thread that watches all sockets (epoll, one-shot) and the clock for all time limits.
///
/// A wait is armed for one event; the thread resolves its one-shot and forgets it. A wait resolved by somebody else
/// (cancellation) leaves at most one stale event behind, which finds nobody and is dropped.
final class Readiness: Sendable {
    static let shared = Readiness()

    private struct State {
        var lastToken: UInt64 = 0
        var waits: [UInt64: OneShot<Void>] = [:]
        /// Sorted by deadline, earliest last.
        var alarms: [Alarm] = []
    }

    private struct Alarm {
        let id: UInt64
        let deadline: ContinuousClock.Instant
        let action: @Sendable () -> Void
    }

    private let epoll: Int32
    private let wakeup: Int32
    private let state = Mutex(State())

    private init() {
        // -1 on failure; without these two descriptors the process cannot talk to a database at all
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(epoll >= 0 && wakeup >= 0, "no file descriptor left for watching sockets")
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
        _ = epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event)
        let thread = Thread { [self] in watch() }
        thread.name = "postgres-readiness"
        thread.stackSize = 512 * 1024
        thread.start()
    }

    /// Resolves the one-shot at the socket's next event, or at once when the socket cannot be watched (it is closed).
    func arm(_ socket: Int32, for interest: SocketInterest, _ wait: OneShot<Void>) {
        var flags = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue
        if interest == .readOrWrite { flags |= EPOLLOUT.rawValue }
        let armed = state.withLock { state in
            state.lastToken += 1
            var event = epoll_event(events: flags, data: epoll_data_t(u64: state.lastToken))
            // 0 done, -1 failed; a socket not watched before gives ENOENT
            var outcome = epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event)
            if outcome != 0, errno == ENOENT {
                outcome = epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event)
            }
            guard outcome == 0 else { return false }
            state.waits[state.lastToken] = wait
            return true
        }
        if !armed { wait.resolve(()) }
    }

    /// Stops watching a socket that is about to be closed.
    func forget(_ socket: Int32) {
        // -1 when it was never watched, which is fine
        _ = epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nil)
    }

    /// Calls the action on the readiness thread once the deadline has passed; the action must be short.
    func alarm(at deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> UInt64 {
        let (id, isNext) = state.withLock { state in
            state.lastToken += 1
            let alarm = Alarm(id: state.lastToken, deadline: deadline, action: action)
            let place = state.alarms.lastIndex { $0.deadline >= deadline }.map { $0 + 1 } ?? 0
            state.alarms.insert(alarm, at: place)
            return (alarm.id, place == state.alarms.count - 1)
        }
        if isNext { wake() }
        return id
    }

    /// Withdraws an alarm that has not gone off.
    func withdraw(_ id: UInt64) {
        state.withLock { state in
            if let place = state.alarms.lastIndex(where: { $0.id == id }) { state.alarms.remove(at: place) }
        }
    }

    private func wake() {
        var one: UInt64 = 1
        // 8 written, -1 when the counter is full, in which case the thread wakes anyway
        _ = write(wakeup, &one, 8)
    }

    private func watch() {
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while true {
            let timeout = dueAlarms()
            // number of events, -1 when interrupted by a signal
            let count = epoll_wait(epoll, &events, Int32(events.count), timeout)
            guard count > 0 else { continue }
            for event in events.prefix(Int(count)) {
                let token = event.data.u64
                guard token != 0 else {
                    var counter: UInt64 = 0
                    _ = read(wakeup, &counter, 8)
                    continue
                }
                let wait = state.withLock { $0.waits.removeValue(forKey: token) }
                wait?.resolve(())
            }
        }
    }

    /// Runs what is due and tells how many milliseconds to sleep until the next; -1 for ever.
    private func dueAlarms() -> Int32 {
        let now = ContinuousClock.now
        let (due, next) = state.withLock { state in
            var due: [Alarm] = []
            while let last = state.alarms.last, last.deadline <= now {
                due.append(state.alarms.removeLast())
            }
            return (due, state.alarms.last?.deadline)
        }
        for alarm in due { alarm.action() }
        guard let next else { return -1 }
        let left = now.duration(to: next) / .milliseconds(1)
        return Int32(min(max(left.rounded(.up), 0), 60_000))
    }
}
