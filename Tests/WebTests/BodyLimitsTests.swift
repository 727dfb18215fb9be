import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization
import Testing

@testable import Web

@Suite("The body of a request")
struct BodyLimitsTests {
    /// A sender whose pieces come so many bytes and so many seconds after one another, and the clock that this moves.
    private final class Sender: Sendable {
        private let state: Mutex<(left: ArraySlice<(bytes: Int, seconds: Int)>, passed: Duration)>
        private let start = ContinuousClock.now

        init(_ pieces: [(bytes: Int, seconds: Int)]) {
            state = Mutex((pieces[...], .zero))
        }

        var now: ContinuousClock.Instant { start + state.withLock { $0.passed } }

        var next: ByteBuffer? {
            state.withLock { state in
                guard let piece = state.left.popFirst() else { return nil }
                state.passed += .seconds(piece.seconds)
                return ByteBuffer(repeating: 0x61, count: piece.bytes)
            }
        }

        func read(limit: Int) async throws -> Int {
            let request = Request(
                head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"),
                body: RequestBody(asyncSequence: AsyncStream(unfolding: { self.next }))
            )
            return try await request.body(limit: limit, now: { self.now }).readableBytes
        }
    }

    @Test(
        "is taken however it is cut, when it comes at a thousand bytes a second",
        arguments: [
            [(bytes: 700, seconds: 0)],
            [(bytes: 1, seconds: 9), (bytes: 1, seconds: 1)],
            [(bytes: 20_000, seconds: 15), (bytes: 30_000, seconds: 30)],
            [],
        ]
    )
    func taken(pieces: [(bytes: Int, seconds: Int)]) async throws {
        #expect(try await Sender(pieces).read(limit: 50_000) == pieces.reduce(0) { $0 + $1.bytes })
    }

    @Test(
        "that drips in is given up with 408 at its next piece, and one that is too large with 413",
        arguments: [
            ([(bytes: 100, seconds: 1), (bytes: 1, seconds: 10)], 408),
            ([(bytes: 1, seconds: 59)], 408),
            ([(bytes: 9_000, seconds: 5), (bytes: 2_000, seconds: 7)], 408),
            ([(bytes: 30_000, seconds: 0), (bytes: 20_001, seconds: 0)], 413),
        ]
    )
    func refused(pieces: [(bytes: Int, seconds: Int)], status: Int) async throws {
        let fault = await #expect(throws: HTTPFault.self) { _ = try await Sender(pieces).read(limit: 50_000) }
        #expect(fault?.status.code == status)
    }
}
