/// The person a request comes from, as far as they said; kept apart from the request and never shown in public.
public struct Requester: Sendable, Hashable, Codable {
    /// Address for messages.
    public var email: String?
    /// Telephone number as typed.
    public var phone: String?
    /// First name.
    public var firstName: String?
    /// Last name.
    public var lastName: String?
    /// Id of the device, from Open311 clients.
    public var deviceID: String?
    /// Id of the account, from Open311 clients.
    public var accountID: String?
    /// How the person wants to be told; nil: as far as the person left an address for it, by mail.
    public var preferredChannel: TellingChannel?
    /// Whether the person wants to be told at all; nil counts as yes where an address was left.
    public var wantsNews: Bool?

    /// What is known of a person; empty texts count as nothing.
    public init(
        email: String? = nil,
        phone: String? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        deviceID: String? = nil,
        accountID: String? = nil,
        preferredChannel: TellingChannel? = nil,
        wantsNews: Bool? = nil
    ) {
        func kept(_ text: String?) -> String? { text?.isEmpty == true ? nil : text }
        self.email = kept(email)
        self.phone = kept(phone)
        self.firstName = kept(firstName)
        self.lastName = kept(lastName)
        self.deviceID = kept(deviceID)
        self.accountID = kept(accountID)
        self.preferredChannel = preferredChannel
        self.wantsNews = wantsNews
    }

    /// Whether nothing at all is known.
    public var isEmpty: Bool {
        [email, phone, firstName, lastName, deviceID, accountID].allSatisfy { $0 == nil }
    }

    /// Whether there is a way to answer.
    public var canBeReached: Bool { email != nil || phone != nil }

    private enum CodingKeys: String, CodingKey {
        case email, phone
        case firstName = "first_name"
        case lastName = "last_name"
        case deviceID = "device_id"
        case accountID = "account_id"
        case preferredChannel = "preferred_channel"
        case wantsNews = "wants_news"
    }
}
