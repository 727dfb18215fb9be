/// Where calls go, as the municipalities agreed: data of the region, never of the program.
public struct TelephoneSettings: Sendable, Hashable, Codable {
    /// The desk that answers for everybody, and what is not clear.
    public let contactCentre: CallAddress

    /// Bodies that answer calls of their own at a desk of their own.
    public let desks: [JurisdictionID: CallAddress]

    /// Where numbers of the telephone network are reached: host and port of a gateway; nil: as `tel:` addresses.
    public let gateway: String?

    /// Settings.
    public init(contactCentre: CallAddress, desks: [JurisdictionID: CallAddress] = [:], gateway: String? = nil) {
        self.contactCentre = contactCentre
        self.desks = desks
        self.gateway = gateway
    }

    /// The address of a number of the telephone network.
    public func address(of number: NationalNumber) -> CallAddress {
        guard let gateway, let address = CallAddress(rawValue: "sip:\(number.e164)@\(gateway)") else {
            return CallAddress(number: number)
        }
        return address
    }

    private enum CodingKeys: String, CodingKey {
        case contactCentre = "contact_centre"
        case desks, gateway
    }
}
