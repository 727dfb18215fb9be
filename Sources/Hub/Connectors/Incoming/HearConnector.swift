import Crypto
public import Domain
import Foundation
public import Storage

/// Carries out what a system outside says of requests it was given: each word once, within what its terms let it set.
///
/// The rule, for every way in: only a request that was given to this very connector is spoken of; steps, outcome and notes as its
/// `may_set` says; never priority, place, requester or our clocks. A time that is told stays word for word in the particulars.
public struct HearConnector: Sendable {
    private let surroundings: Surroundings
    private let tenant: HostedTenant
    private let target: ForwardingTarget

    /// What one connector of one tenant says.
    public init(_ surroundings: Surroundings, tenant: HostedTenant, target: ForwardingTarget) {
        self.surroundings = surroundings
        self.tenant = tenant
        self.target = target
    }

    /// Carries out some words, each in a transaction of its own, in their order.
    ///
    /// - Parameters:
    ///   - way: How they came.
    ///   - source: What makes a word without an id of its own the same when it comes again: the id of the call, the digest of the file.
    ///   - details: Particulars of the way, for the history.
    public func callAsFunction(
        _ words: [ConnectorWord],
        by way: StoredConnectorWord.Way,
        source: String,
        details: [String: String] = [:]
    ) async throws -> [ConnectorAnswer] {
        _ = try await surroundings.directory.hub()
        var answers: [ConnectorAnswer] = []
        for (position, word) in words.enumerated() {
            let identity = try Self.identity(of: word, source: source, position: position)
            answers.append(try await hear(word, identity, way, details))
        }
        if answers.contains(where: { $0.result == .applied || $0.result == .noted }) {
            surroundings.work.signal(tenant.code)
        }
        return answers
    }

    /// The sender's own id, or what the word and its source are.
    private static func identity(of word: ConnectorWord, source: String, position: Int) throws -> String {
        if let id = word.messageID { return "id:\(id)" }
        let text = try StoredJSON(word).text
        let digest = SHA256.hash(data: Data("\(source)\n\(position)\n\(text)".utf8))
        return "sha256:" + digest.map { String(format: "%02x", $0) }.joined()
    }

    private func hear(
        _ word: ConnectorWord,
        _ identity: String,
        _ way: StoredConnectorWord.Way,
        _ details: [String: String]
    ) async throws -> ConnectorAnswer {
        let now = surroundings.second
        let about = word.reference ?? word.remoteID ?? ""
        return try await surroundings.databases.withTenant(tenant.code) { transaction -> ConnectorAnswer in
            let words = ConnectorWords(transaction)
            let before = try await words.result(connector: target.code, identity: identity)
            if let before, before != .refused { return ConnectorAnswer(about: about, result: .known, notes: []) }
            func stored(
                _ result: StoredConnectorWord.Result,
                _ reference: RequestReference?,
                _ fault: String?
            ) throws -> StoredConnectorWord {
                StoredConnectorWord(
                    connector: target.code,
                    identity: identity,
                    way: way,
                    reference: reference,
                    result: result,
                    fault: fault,
                    content: try StoredJSON(word),
                    receivedAt: now
                )
            }
            let understood: Understood
            do {
                understood = try await understand(word, in: transaction)
            } catch let fault as Refused {
                _ = try await words.put(try stored(.refused, nil, fault.reason))
                return ConnectorAnswer(about: about, result: .refused, notes: [fault.reason])
            }
            // Whoever is second waits here, and then finds that it came before.
            let result: StoredConnectorWord.Result = understood.moves ? .applied : .noted
            guard try await words.put(try stored(result, understood.link.reference, nil)) else {
                return ConnectorAnswer(about: about, result: .known, notes: [])
            }
            try await carryOut(understood, word, identity, details, at: now, in: transaction)
            return ConnectorAnswer(about: about, result: understood.moves ? .applied : .noted, notes: understood.notes)
        }
    }

    /// A word that names a request of this connector and says something the tenant understands.
    private struct Understood {
        let link: RequestLink
        let request: ServiceRequest
        /// What it says.
        let told: ExtendedStatus
        /// What of it the system may set.
        let allowed: ExtendedStatus
        /// Whether the request moves by it.
        let moves: Bool
        let notes: [String]
    }

    private struct Refused: Error {
        let reason: String
    }

    private func understand(_ word: ConnectorWord, in transaction: TenantTransaction) async throws -> Understood {
        let links = RequestLinks(transaction)
        var link: RequestLink?
        if let written = word.reference, let reference = try? RequestReference(parsing: written) {
            link = try await links.of(reference).first { $0.peer == target.code }
        } else if word.reference == nil, let remoteID = word.remoteID {
            link = try await links.find(peer: target.code, remoteID: remoteID)
        }
        // Unknown, another tenant's, and one that this system was never given look alike.
        guard let link, link.kind == .copy || link.kind == .lead,
            let request = try await ServiceRequests(transaction).readForUpdate(link.reference)
        else { throw Refused(reason: "no request of this reference or id was given to \(target.code)") }
        guard word.status != nil || word.text != nil else {
            throw Refused(reason: "neither a status nor a text")
        }
        var told = ExtendedStatus.unchanged
        if let written = word.status {
            guard let meaning = target.terms.meaning(of: written) else {
                throw Refused(
                    reason:
                        "the status \"\(FieldFault.excerpt(written))\" is not known; statuses: in forwarding.yml says what it means"
                )
            }
            told = meaning
        }
        var notes: [String] = []
        let allowed = target.terms.allowed(told)
        if allowed != told { notes.append("\(target.code) may not set \(told.rawValue): it is noted only") }
        if !word.others.isEmpty { notes.append("left out: \(word.others.joined(separator: ", "))") }
        var copy = request
        _ = try OutsideStep.apply(
            allowed,
            to: &copy,
            isHolder: link.kind == .lead && copy.life.holder != nil,
            at: surroundings.second
        )
        return Understood(
            link: link,
            request: request,
            told: told,
            allowed: allowed,
            moves: copy.life != request.life,
            notes: notes
        )
    }

    private func carryOut(
        _ understood: Understood,
        _ word: ConnectorWord,
        _ identity: String,
        _ details: [String: String],
        at now: Date,
        in transaction: TenantTransaction
    ) async throws {
        let reference = understood.link.reference
        var particulars = details
        particulars["from"] = target.code
        particulars["news"] = String(identity.prefix(100))
        if let status = word.status { particulars["status"] = status }
        if understood.allowed != understood.told { particulars["not_allowed"] = understood.told.rawValue }
        if !word.others.isEmpty { particulars["left_out"] = word.others.joined(separator: ",") }
        if let at = word.at {
            let told = ToldTime(at, now: now, requestedAt: understood.request.requestedAt)
            particulars.merge(told.details) { _, new in new }
        }
        let mayNote = target.terms.maySet.contains(.notes)
        let text = mayNote ? word.text.map { LocalizedText(same: $0) } : nil
        let isOpenly = target.terms.notesArePublic
        let actor = understood.link.kind == .lead ? "partner:\(target.code)" : "connector:\(target.code)"
        if understood.moves {
            try await HearOutside(surroundings: surroundings, tenant: tenant)(
                understood.allowed,
                on: reference,
                isHolder: understood.link.kind == .lead,
                note: ChangeRequest.Note(actor: actor, at: now, text: isOpenly ? text : nil, details: particulars),
                in: transaction
            )
        }
        // What is for staff alone stands in an entry of its own, beside the step that everybody sees.
        if !understood.moves || (text != nil && !isOpenly) {
            let note = ChangeRequest.Note(
                actor: actor,
                at: now,
                text: text,
                details: particulars,
                isPublic: isOpenly && text != nil && !understood.moves,
                tells: isOpenly && text != nil && !understood.moves
            )
            try await ChangeRequest(surroundings: surroundings, tenant: tenant)(reference, note: note, in: transaction)
            {
                $0.life.noted()
            }
        }
        let link = understood.link
        try await RequestLinks(transaction).put(
            RequestLink(
                reference: reference,
                peer: link.peer,
                kind: link.kind,
                remoteID: link.remoteID ?? word.remoteID,
                remoteToken: link.remoteToken,
                remoteStatus: understood.told == .unchanged ? link.remoteStatus : understood.told.rawValue,
                pollDueAt: link.pollDueAt,
                createdAt: link.createdAt,
                updatedAt: link.updatedAt
            )
        )
    }
}
