import Dispatch
import Foundation
import Synchronization

/// Computes password hashes, two at a time, away from the threads that answer requests; a few may wait, the rest are sent away.
///
/// One hash takes 32 MiB and half a second of a core: without a limit, signing in would be the cheapest way to stop the service.
public final class PasswordDesk: Sendable {
    /// Too many sign-ins at once; the same again in some seconds may succeed.
    public struct Busy: Error, Sendable, CustomStringConvertible {
        /// One line.
        public var description: String { "too many people sign in at this moment" }
    }

    private struct Line {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let cost: PasswordCost
    private let atOnce: Int
    private let mostWaiting: Int
    private let line = Mutex(Line())
    private let threads = DispatchQueue(label: "passwords", attributes: .concurrent)
    /// What an unknown person's password is compared with, so that it takes as long as a known one's.
    private let nobody: PasswordHash?

    /// A desk.
    ///
    /// - Parameters:
    ///   - cost: What new hashes cost; older ones are computed anew when their owner signs in.
    ///   - atOnce: Hashes computed at a time.
    ///   - mostWaiting: Callers that may wait; further ones get ``Busy``.
    public init(cost: PasswordCost = PasswordCost(), atOnce: Int = 2, mostWaiting: Int = 16) {
        self.cost = cost
        self.atOnce = atOnce
        self.mostWaiting = mostWaiting
        let blank = Data(repeating: 0, count: 32).base64EncodedString().replacing("=", with: "")
        nobody = PasswordHash(
            "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)$AAAAAAAAAAAAAAAAAAAAAA$\(blank)"
        )
    }

    /// The stored form of a new password.
    ///
    /// - Throws: ``Busy``.
    func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await work { try PasswordHash.make(password, cost: cost).text }
    }

    /// What comparing came to.
    enum Comparison: Sendable, Hashable {
        case wrong
        case right
        /// Right, and kept with other parameters than today's: hash it anew.
        case outdated
    }

    /// Compares a password with a stored one; with nil it does the same work and is wrong.
    ///
    /// - Throws: ``Busy``.
    func compare(_ password: String, with stored: String?) async throws -> Comparison {
        let known = stored.flatMap { PasswordHash($0) }
        guard let hash = known ?? nobody else { return .wrong }
        let matches = try await work { try hash.matches(password) }
        guard known != nil, matches else { return .wrong }
        return hash.cost == cost ? .right : .outdated
    }

    private func work<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let mustWait = try line.withLock { line in
            guard line.running >= atOnce else {
                line.running += 1
                return false
            }
            guard line.waiting.count < mostWaiting else { throw Busy() }
            return true
        }
        if mustWait {
            await withCheckedContinuation { continuation in
                let mayGo = line.withLock { line in
                    // A place may have come free between the two looks.
                    guard line.running >= atOnce else {
                        line.running += 1
                        return true
                    }
                    line.waiting.append(continuation)
                    return false
                }
                if mayGo { continuation.resume() }
            }
        }
        defer { leave() }
        return try await withCheckedThrowingContinuation { continuation in
            threads.async { continuation.resume(with: Result { try body() }) }
        }
    }

    /// Hands the place to the next in line, or gives it back.
    private func leave() {
        let next = line.withLock { line -> CheckedContinuation<Void, Never>? in
            guard !line.waiting.isEmpty else {
                line.running -= 1
                return nil
            }
            return line.waiting.removeFirst()
        }
        next?.resume()
    }
}
