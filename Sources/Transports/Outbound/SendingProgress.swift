internal import Synchronization

/// Knows whether the body of a request has begun to leave; from then on nobody can say that it did not arrive.
final class SendingProgress: Sendable {
    private let hasBegun = Atomic(false)

    /// Whether the body was asked for, which the client does once it is connected and has written the head.
    var isBodyOnItsWay: Bool { hasBegun.load(ordering: .acquiring) }

    func bodyIsAskedFor() { hasBegun.store(true, ordering: .releasing) }
}

/// A body in one piece that notes when its bytes are asked for; its length may be asked for before.
///
/// A collection and no asynchronous sequence: the client then writes body and end at once, so that a server which answers and closes
/// quickly is not taken for one that broke off.
struct WatchedBody: RandomAccessCollection, Sendable {
    let bytes: [UInt8]
    let progress: SendingProgress

    var startIndex: Int { bytes.startIndex }

    var endIndex: Int { bytes.endIndex }

    subscript(position: Int) -> UInt8 {
        progress.bodyIsAskedFor()
        return bytes[position]
    }

    func withContiguousStorageIfAvailable<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
        -> Result?
    {
        progress.bodyIsAskedFor()
        return try bytes.withContiguousStorageIfAvailable(body)
    }
}
