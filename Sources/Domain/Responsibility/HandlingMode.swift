/// What the front desk does with a matter once it is known whose it is.
public enum HandlingMode: String, Sendable, Hashable, Codable, CaseIterable {
    /// Answer it from the knowledge base; nothing is stored but the contact.
    case answer
    /// Take the request and store it at its lead.
    case take
    /// Stay on the line and hand the caller over to the lead's desk.
    case warmTransfer = "warm_transfer"
    /// Tell who does it and how to reach them; no reference is invented.
    case refer
}
