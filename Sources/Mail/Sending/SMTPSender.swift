import Dispatch
import Foundation
import Synchronization

/// Hands mails to the mail server, on threads of its own: libcurl blocks, and nothing may block the threads that serve.
///
/// Threads are started as they are needed, up to ``SMTPSettings/connections``, and end with the sender.
public final class SMTPSender: Sendable {
    private struct Job {
        let bytes: [UInt8]
        let from: MailAddress
        let to: MailAddress
        let latestStart: ContinuousClock.Instant
        let answer: CheckedContinuation<SMTPOutcome, Never>
    }

    private struct State {
        var jobs: [Job] = []
        var threads = 0
        var idle = 0
        var isClosed = false
    }

    private let settings: SMTPSettings
    /// Shared with the threads, which must not keep the sender alive.
    private let queue: Queue

    private final class Queue: Sendable {
        let state = Mutex(State())
        let work = DispatchSemaphore(value: 0)
    }

    /// A sender that has no connection yet.
    public init(_ settings: SMTPSettings) {
        self.settings = settings
        queue = Queue()
    }

    deinit { Self.close(queue) }

    /// Sends one mail; the outcome is known, or known to be uncertain, within about twice ``SMTPSettings/mailSeconds``.
    public func send(_ mail: MailMessage) async -> SMTPOutcome {
        let bytes: [UInt8]
        do throws(MailMessage.UnsafeHeader) { bytes = try mail.written() } catch {
            return .permanent(error.description, recipient: false)
        }
        // A mail that found no free line in time is not begun: its row's lease would run out in the middle.
        let latest = ContinuousClock.now + .seconds(settings.mailSeconds)
        return await withCheckedContinuation { continuation in
            let job = Job(
                bytes: bytes,
                from: mail.envelopeFrom ?? mail.from,
                to: mail.to,
                latestStart: latest,
                answer: continuation
            )
            let (isTaken, startsThread) = queue.state.withLock { state -> (Bool, Bool) in
                guard !state.isClosed else { return (false, false) }
                state.jobs.append(job)
                let starts = state.jobs.count > state.idle && state.threads < settings.connections
                if starts { state.threads += 1 }
                return (true, starts)
            }
            guard isTaken else {
                continuation.resume(returning: .temporary("the service is ending"))
                return
            }
            if startsThread { start() }
            queue.work.signal()
        }
    }

    /// Ends the threads; what still waits is told that it was not sent.
    public func close() { Self.close(queue) }

    private static func close(_ queue: Queue) {
        let (waiting, threads) = queue.state.withLock { state in
            state.isClosed = true
            defer { state.jobs = [] }
            return (state.jobs, state.threads)
        }
        for job in waiting { job.answer.resume(returning: .temporary("the service is ending")) }
        for _ in 0..<threads { queue.work.signal() }
    }

    private func start() {
        let thread = Thread { [queue, settings] in Self.work(queue, settings) }
        thread.name = "hub311-smtp"
        thread.start()
    }

    private static func work(_ queue: Queue, _ settings: SMTPSettings) {
        let line = SMTPLine(settings)
        while true {
            queue.state.withLock { $0.idle += 1 }
            queue.work.wait()
            let (job, isClosed) = queue.state.withLock { state -> (Job?, Bool) in
                state.idle -= 1
                return (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isClosed)
            }
            guard let job else {
                if isClosed { return }
                continue
            }
            job.answer.resume(returning: outcome(of: job, line))
        }
    }

    private static func outcome(of job: Job, _ line: SMTPLine?) -> SMTPOutcome {
        guard let line else { return .temporary("libcurl could not be started") }
        guard ContinuousClock.now < job.latestStart else {
            return .temporary("all connections to the mail server were busy")
        }
        return line.send(job.bytes, from: job.from, to: job.to)
    }
}
