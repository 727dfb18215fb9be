import Domain
public import Hummingbird
import HummingbirdCore
public import NIOCore

extension Request {
    /// Reads the whole body within a size and at a least speed.
    ///
    /// The server's idle timeout closes a connection that says nothing, but every chunk resets it, so a sender of one byte a second
    /// would hold a connection for ever. A look at the clock with every chunk ends that without a timer for each request:
    /// after a start of some seconds a body must have come at ``leastBytesASecond``.
    ///
    /// - Parameters:
    ///   - limit: Most bytes.
    ///   - start: How long a sender may take before its speed counts.
    ///   - now: The clock; it never goes back.
    /// - Throws: ``HTTPFault`` 413 when it is larger, 408 when it comes too slowly, 415 when it is compressed: what a few bytes may
    ///   unfold to cannot be known beforehand.
    func body(
        limit: Int,
        start: Duration = .seconds(10),
        now: () -> ContinuousClock.Instant = { .now }
    ) async throws -> ByteBuffer {
        if let coding = headers[.contentEncoding], coding.lowercased() != "identity" {
            throw HTTPFault(
                .unsupportedMediaType,
                english: "Content-Encoding must be left out: bodies are taken uncompressed",
                french: "Content-Encoding doit être omis : les contenus sont acceptés non comprimés"
            )
        }
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw HTTPFault.tooLarge(limit)
        }
        let begun = now()
        var whole = ByteBuffer()
        do {
            for try await var chunk in body {
                guard whole.readableBytes + chunk.readableBytes <= limit else { throw HTTPFault.tooLarge(limit) }
                // The first chunk is most often the whole.
                if whole.readableBytes == 0 { swap(&whole, &chunk) } else { whole.writeImmutableBuffer(chunk) }
                let taken = begun.duration(to: now())
                guard taken <= start || Double(whole.readableBytes) >= taken / .seconds(1) * Self.leastBytesASecond
                else { throw HTTPFault.tooSlow }
            }
        } catch let fault as HTTPFault {
            throw fault
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw HTTPFault(
                .badRequest,
                english: "the body broke off or is framed wrongly",
                french: "le contenu est interrompu ou mal délimité",
                headers: [.connection: "close"]
            )
        }
        return whole
    }

    /// Least speed of a body, in bytes a second: the slowest mobile network is a hundred times as fast.
    static let leastBytesASecond = 1000.0
}

extension HTTPFault {
    /// A body that keeps us waiting.
    static var tooSlow: HTTPFault {
        HTTPFault(
            .requestTimeout,
            english: "the body arrives too slowly: at least 1000 bytes a second are expected",
            french: "le contenu arrive trop lentement : au moins 1000 octets par seconde sont attendus",
            headers: [.connection: "close"]
        )
    }

    /// A body over its limit.
    static func tooLarge(_ limit: Int) -> HTTPFault {
        HTTPFault(
            .contentTooLarge,
            english: "the body is larger than \(limit) bytes",
            french: "le contenu dépasse \(limit) octets",
            headers: [.connection: "close"]
        )
    }
}
