import Domain
public import Hummingbird
import HummingbirdCore
public import NIOCore

extension Request {
    /// Reads the whole body within a size and a time.
    ///
    /// The server's idle timeout is reset by every chunk, so a sender of one byte a second would hold a connection for ever:
    /// this deadline runs over the whole body.
    ///
    /// - Throws: ``HTTPFault`` 413 when it is larger, 408 when it takes longer, 415 when it is compressed: what a few bytes may
    ///   unfold to cannot be known beforehand.
    func body(limit: Int, within time: Duration = .seconds(60)) async throws -> ByteBuffer {
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
        let body = self.body
        return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            group.addTask {
                try await Self.collect(body, limit: limit)
            }
            group.addTask {
                try await Task.sleep(for: time)
                throw HTTPFault(
                    .requestTimeout,
                    english: "the body did not arrive within \(time.components.seconds) seconds",
                    french: "le contenu n’est pas arrivé en \(time.components.seconds) secondes",
                    headers: [.connection: "close"]
                )
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { return ByteBuffer() }
            return first
        }
    }
}

extension Request {
    /// The whole body; what is wrong with its framing is the sender's fault and not ours.
    private static func collect(_ body: HummingbirdCore.RequestBody, limit: Int) async throws -> ByteBuffer {
        var whole = ByteBuffer()
        do {
            for try await chunk in body {
                guard whole.readableBytes + chunk.readableBytes <= limit else { throw HTTPFault.tooLarge(limit) }
                whole.writeImmutableBuffer(chunk)
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
}

extension HTTPFault {
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
