public import Domain
public import Foundation

/// Who stands at the staff door: where, from where, with what.
public struct Visitor: Sendable, Hashable {
    /// Host and path of the door; a session opened here is good here alone.
    public let face: String
    /// The body whose door it is.
    public let jurisdiction: JurisdictionID
    /// Whether it is the hub's own door, behind which a person may act for any body they belong to.
    public let isHub: Bool
    /// What the browser calls itself.
    public let device: String
    /// Its network, as limits count it.
    public let network: String
    /// Account that this browser has signed in to before; it waits in a line of its own.
    public let knownAs: AccountID?

    /// A visitor.
    public init(
        face: String,
        jurisdiction: JurisdictionID,
        isHub: Bool,
        device: String,
        network: String,
        knownAs: AccountID? = nil
    ) {
        self.face = face
        self.jurisdiction = jurisdiction
        self.isHub = isHub
        let readable = device.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
        self.device = String(readable.map(Character.init).prefix(200))
        self.network = network
        self.knownAs = knownAs
    }

    /// The memberships that count at this door.
    func counting(_ memberships: [Membership]) -> [Membership] {
        memberships.filter { !$0.roles.isEmpty && (isHub || $0.jurisdiction == jurisdiction) }
    }
}

/// A session that was opened or went a step further, with the one copy of its token.
public struct OpenedSession: Sendable, Hashable {
    /// For the cookie; kept nowhere else.
    public let token: String
    /// How far the sign-in has come.
    public let stage: SignInStage
    /// Whose it is.
    public let account: AccountID
    /// Number of seconds until it ends whatever happens.
    public let seconds: Int
}
