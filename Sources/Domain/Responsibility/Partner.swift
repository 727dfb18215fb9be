/// A body outside the hub to which people are referred: what to tell them, and when that was last confirmed.
///
/// A referral is no service request: it is shown or read out, counted, and no reference is invented for it. Its facts go stale silently,
/// so each carries the day a person confirmed it; after twelve months it must be confirmed again.
public struct Partner: Sendable, Hashable, Codable, Identifiable {
    /// Id that rules and boundary areas name.
    public let id: PartnerID

    /// Code of the referral entry: `REF-511`, `REF-HYDRO`; several partners may share one.
    public let referralCode: String?

    /// What kind of body it is.
    public let kind: Kind

    /// The name in the four forms sentences need.
    public let name: BodyName

    /// Telephone as people dial it: `1-800-268-6060`, `511`.
    public let phone: String?

    /// Web address.
    public let url: String?

    /// When the telephone is answered.
    public let hours: LocalizedText

    /// What the resident reads or hears: who does it and what to do now.
    public let text: LocalizedText

    /// A warning that comes before ``text``, where there is danger.
    public let warning: LocalizedText?

    /// Day a person last confirmed these facts.
    public let confirmed: CalendarDay

    /// Name of a forwarding target in the hub's `forwarding.yml` when this body keeps an Open311 server; nil otherwise.
    public let forwarding: String?

    /// Kinds of outside bodies; the list is closed so that figures can compare.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A municipality that is no member: enclave or neighbour.
        case municipality
        /// Owner or operator of a road that is no member: provincial highways, a developer, a private owner.
        case road
        /// Electricity, gas, telephone.
        case utility
        /// Waste contractor run by producers.
        case waste
        /// Police other than a member's own.
        case police
        /// A private contractor acting for members.
        case contractor
        /// Provincial or federal agency, board or tribunal.
        case agency
        /// Conservation authority.
        case watershed
        /// Railway.
        case rail
        /// School board.
        case school
        /// Information or crisis line: 211, 811, 988.
        case line
        /// Whoever answers where nobody of ours does.
        case elsewhere
    }

    /// All parts.
    public init(
        id: PartnerID,
        referralCode: String? = nil,
        kind: Kind,
        name: BodyName,
        phone: String? = nil,
        url: String? = nil,
        hours: LocalizedText,
        text: LocalizedText,
        warning: LocalizedText? = nil,
        confirmed: CalendarDay,
        forwarding: String? = nil
    ) {
        self.id = id
        self.referralCode = referralCode
        self.kind = kind
        self.name = name
        self.phone = phone
        self.url = url
        self.hours = hours
        self.text = text
        self.warning = warning
        self.confirmed = confirmed
        self.forwarding = forwarding
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, name, phone, url, hours, text, warning, confirmed, forwarding
        case referralCode = "referral_code"
    }
}
