public import Domain

/// One reason why an agreement may not be published.
public struct CompletenessFinding: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A case has neither a lead nor a referral.
        case noLead = "no_lead"
        /// Two rows of equal rank apply to the same case.
        case equalRank = "equal_rank"
        /// A row never decides anything.
        case unreachable
        /// A row names a body that is neither tenant nor partner.
        case unknownBody = "unknown_body"
        /// No partner of the kind `elsewhere`: people outside the region would hear nothing.
        case noElsewhere = "no_elsewhere"
        /// A row names a road or an asset that is not on the map.
        case unknownPlace = "unknown_place"
        /// The kilometres of a road agreement do not fit the road on the map.
        case roadAgreement = "road_agreement"
        /// An owner or operator on the map is neither tenant nor partner.
        case unknownOwner = "unknown_owner"
    }

    /// What is wrong.
    public let kind: Kind

    /// Version of the agreement.
    public let version: String

    /// Ids of the rows at fault, with their place in the files where known.
    public let rows: [String]

    /// The service part of the first case, where the finding is about a case.
    public let part: ServicePart?

    /// How many cases are concerned.
    public let cases: Int

    /// What to read: the first case in words, or the rows.
    public let message: LocalizedText

    /// All parts.
    public init(
        kind: Kind,
        version: String,
        rows: [String],
        part: ServicePart? = nil,
        cases: Int = 1,
        message: LocalizedText
    ) {
        self.kind = kind
        self.version = version
        self.rows = rows
        self.part = part
        self.cases = cases
        self.message = message
    }

    /// The message in English.
    public var description: String { message.english }
}
