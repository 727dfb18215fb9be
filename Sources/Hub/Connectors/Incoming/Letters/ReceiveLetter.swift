import Crypto
public import Domain
import Foundation
import Storage

/// Takes a department's answer by letter.
///
/// Only the token in the address it was sent to says which request is meant and that its sender has seen our letter. Whom the letter says it is
/// from is no identity: it gives no right, takes none away, and the history names the connector and no person. A letter without a good token
/// has no effect, whoever it says it is from; neither has an absence notice or a bounce.
public struct ReceiveLetter: Sendable {
    /// Most bytes of a letter that is read.
    public static let largest = 1 << 20

    private let surroundings: Surroundings
    private let tenant: HostedTenant
    private let target: ForwardingTarget

    /// Letters to one connector of one tenant.
    public init(_ surroundings: Surroundings, tenant: HostedTenant, target: ForwardingTarget) {
        self.surroundings = surroundings
        self.tenant = tenant
        self.target = target
    }

    /// Takes a letter as it came.
    public func callAsFunction(_ bytes: [UInt8]) async throws -> ConnectorAnswer {
        let letter = LetterParts(Array(bytes.prefix(Self.largest)))
        guard let key = surroundings.connectors.replyKey else {
            return try await refuse(bytes, letter, "this deployment makes no reply addresses")
        }
        let addresses = ReplyAddress(key: key, tenant: tenant.code, connector: target.code)
        guard let reference = letter.receivers.lazy.compactMap({ addresses.reference(in: $0) }).first else {
            return try await refuse(bytes, letter, "it was not sent to an address of ours with a good key")
        }
        guard !letter.isAutomatic else {
            return try await refuse(bytes, letter, "a machine wrote it: an absence notice or a bounce has no effect")
        }
        let terms = target.terms
        let words = AnswerWords(letter.text) { terms.meaning(of: $0) != nil }
        let word = ConnectorWord(
            reference: reference.rawValue,
            messageID: identity(letter, bytes),
            status: words.status,
            text: words.text,
            at: nil
        )
        let sender = letter.header("from").map { LetterParts.addresses(in: $0) }?.last?.lowercased()
        return try await HearConnector(surroundings, tenant: tenant, target: target)(
            [word],
            by: .mail,
            source: "mail",
            details: ["way": "letter", "sender": sender == target.endpoint.lowercased() ? "mailbox" : "other"]
        ).first ?? ConnectorAnswer(about: reference.rawValue, result: .refused, notes: [])
    }

    /// Written down, so that an operator sees what came to nothing; at most what a word may hold of it.
    private func refuse(_ bytes: [UInt8], _ letter: LetterParts, _ reason: String) async throws -> ConnectorAnswer {
        let now = surroundings.second
        let stored = StoredConnectorWord(
            connector: target.code,
            identity: "id:" + identity(letter, bytes),
            way: .mail,
            reference: nil,
            result: .refused,
            fault: reason,
            content: try StoredJSON(ConnectorWord(text: String(letter.text.prefix(500)))),
            receivedAt: now
        )
        try await surroundings.databases.withTenant(tenant.code) { _ = try await ConnectorWords($0).put(stored) }
        return ConnectorAnswer(about: "", result: .refused, notes: [reason])
    }

    /// The letter's own id, or what it is: the same letter delivered twice by its servers is one.
    private func identity(_ letter: LetterParts, _ bytes: [UInt8]) -> String {
        let id = letter.header("message-id") ?? ""
        let digest = SHA256.hash(data: id.isEmpty ? Data(bytes) : Data(id.utf8))
        return "mail-" + digest.map { String(format: "%02x", $0) }.joined()
    }
}
