import Domain
import Foundation

/// What a system outside says of one request, as it said it: nothing is believed yet.
public struct ConnectorWord: Sendable, Hashable, Codable {
    /// Our reference, in any spelling; nil when the system names its own id.
    public var reference: String?
    /// The system's own id of the request.
    public var remoteID: String?
    /// The system's id of this message; nil when it keeps none.
    public var messageID: String?
    /// Where it stands, in the system's words; nil for a message only.
    public var status: String?
    /// What it says.
    public var text: String?
    /// When, as it was told.
    public var at: String?
    /// Names of further fields that came along: nothing is done with them, and the sender is told.
    public var others: [String]

    /// A word.
    public init(
        reference: String? = nil,
        remoteID: String? = nil,
        messageID: String? = nil,
        status: String? = nil,
        text: String? = nil,
        at: String? = nil,
        others: [String] = []
    ) {
        func kept(_ text: String?, _ limit: Int) -> String? {
            guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
            return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" }.prefix(limit)))
        }
        self.reference = kept(reference, 100)
        self.remoteID = kept(remoteID, 200)
        self.messageID = kept(messageID, 200)
        self.status = kept(status, 100)
        self.text = kept(text, 4000)
        self.at = kept(at, 100)
        self.others = others.prefix(20).map { String($0.prefix(60)) }
    }

    /// Reads fields under the names the system has for them.
    public init(_ fields: [String: String], names: [String: String]) {
        func field(_ ours: String) -> String? { fields[names[ours] ?? ours] }
        let known = Set(ConnectorTerms.Inbound.fieldNames.map { names[$0] ?? $0 })
        self.init(
            reference: field("reference"),
            remoteID: field("id"),
            messageID: field("update_id"),
            status: field("status"),
            text: field("text"),
            at: field("at"),
            others: fields.filter { !known.contains($0.key) && !$0.value.isEmpty }.keys.sorted()
        )
    }
}

/// What became of one word.
public struct ConnectorAnswer: Sendable, Hashable, Codable {
    /// What the word named: our reference, or the system's id.
    public let about: String
    /// `applied`, `noted`, `known` (it came before), `refused`.
    public let result: Result
    /// Why it was refused, or what of it was left out; empty when all is well.
    public let notes: [String]

    /// What may become of a word.
    public enum Result: String, Sendable, Hashable, Codable, CaseIterable {
        /// It moved the request.
        case applied
        /// It stands in the history and moved nothing.
        case noted
        /// It came before; nothing happened.
        case known
        /// It has no effect.
        case refused
    }
}
