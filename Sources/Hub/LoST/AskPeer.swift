import Domain
import LoST
import Logging

/// Sends a client to another server, or asks that server on its behalf (RFC 5222, section 13.3 and "recursion").
struct AskPeer: Sendable {
    let scene: LoSTScene

    /// What to tell the client.
    ///
    /// - Throws: ``LoSTError``: `loop` when the peer was asked before, `serverTimeout`, `serverError`.
    func callAsFunction(_ peer: LocationServicesPeer, _ request: LoSTRequest, recursive: Bool) async throws -> LoSTReply
    {
        guard !request.path.contains(where: { $0.isSame(as: peer.server) }) else {
            throw LoSTError(.loop, "\(peer.server) was asked already")
        }
        guard recursive, let peers = scene.surroundings.lost.peers else {
            return .answer(
                .redirect(
                    LoSTRedirect(
                        target: peer.server,
                        source: scene.services.server,
                        message: "\(peer.server) answers for this"
                    )
                )
            )
        }
        let message = try request.forwarded(by: scene.services.server).bytes()
        let outcome = await peers.ask(peer.url, message, scene.services.peerSeconds)
        switch outcome {
        case .silent(let reason):
            note(peer, reason)
            throw LoSTError(.serverTimeout, "\(peer.server) did not answer in time")
        case .nonsense(let reason):
            note(peer, reason)
            throw LoSTError(.serverError, "\(peer.server) gave no answer of LoST")
        case .answered(let bytes):
            do throws(LoSTError) { try check(LoSTAnswer(parsing: bytes), to: request) } catch {
                note(peer, error.message)
                throw LoSTError(.serverError, "\(peer.server) gave no answer of LoST")
            }
            // Handed back as it came, extensions and all; it was read only to be sure that it is an answer.
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw LoSTError(.serverError, "\(peer.server) did not answer in UTF-8")
            }
            return .relayed(bytes)
        }
    }

    private func check(_ answer: LoSTAnswer, to request: LoSTRequest) throws(LoSTError) {
        switch (request, answer) {
        case (.findService, .findService), (.listServicesByLocation, .listServicesByLocation), (_, .errors),
            (_, .redirect):
            return
        default: throw LoSTError(.serverError, "the answer is to another request")
        }
    }

    private func note(_ peer: LocationServicesPeer, _ reason: String) {
        scene.surroundings.log.warning(
            "LoST peer",
            metadata: ["peer": "\(peer.server)", "reason": "\(reason.prefix(200))"]
        )
    }
}
