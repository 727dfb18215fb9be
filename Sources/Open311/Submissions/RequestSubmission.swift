public import Domain

/// A POST of a service request, read; its attributes still to be held against the definition.
public struct RequestSubmission: Sendable, Hashable {
    /// Where it is, when coordinates were given.
    public var coordinate: Coordinate?
    /// Address as people write it.
    public var address: String?
    /// Id of the address in the jurisdiction's register.
    public var addressID: String?
    /// What is reported; at most 4000 code points, line ends LF.
    public var description: String?
    /// Addresses of pictures, http, https or `data:`.
    public var mediaURLs: [String]
    /// Answers to the questions of the definition.
    public var attributes: SubmittedAttributes
    /// The person; never shown by a public GET.
    public var requester: RequesterFields

    /// Most code points of `description`.
    public static let longestDescription = 4000

    /// A request made here, for a POST of ours.
    public init(
        coordinate: Coordinate? = nil,
        address: String? = nil,
        addressID: String? = nil,
        description: String? = nil,
        mediaURLs: [String] = [],
        attributes: SubmittedAttributes = SubmittedAttributes(),
        requester: RequesterFields = RequesterFields()
    ) {
        self.coordinate = coordinate
        self.address = address
        self.addressID = addressID
        self.description = description
        self.mediaURLs = mediaURLs
        self.attributes = attributes
        self.requester = requester
    }

    /// Reads the body of a POST; jurisdiction, key and service code are the caller's to check before.
    ///
    /// - Throws: ``Open311Faults`` with one 400 for each field at fault.
    public init(_ parameters: ParameterSet) throws(Open311Faults) {
        var reader = FieldReader(parameters)
        coordinate = reader.coordinate()
        address = reader.word("address_string", atMost: 1000)
        addressID = reader.word("address_id", atMost: 255)
        if ["lat", "long", "address_string", "address_id"].allSatisfy({ parameters.word($0) == nil }) {
            reader.fail(
                Open311Fault(status: 400, "a location is required: lat and long, or address_string, or address_id")
            )
        }
        description = reader.text("description", atMost: Self.longestDescription)
        mediaURLs = reader.mediaURLs()
        requester = RequesterFields(&reader)
        attributes = SubmittedAttributes(parameters)
        try reader.check()
    }
}

/// What a sender says of the person behind a request or update.
public struct RequesterFields: Sendable, Hashable {
    /// E-mail address.
    public var email: String?
    /// Telephone number.
    public var phone: String?
    /// Given name.
    public var firstName: String?
    /// Family name.
    public var lastName: String?
    /// Id of the device it was sent from; FixMyStreet spells the field `deviceid`.
    public var deviceID: String?
    /// Account at the jurisdiction.
    public var accountID: String?
    /// Form of address; only with updates.
    public var title: String?

    /// A person; everything may be unknown.
    public init(
        email: String? = nil,
        phone: String? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        deviceID: String? = nil,
        accountID: String? = nil,
        title: String? = nil
    ) {
        self.email = email
        self.phone = phone
        self.firstName = firstName
        self.lastName = lastName
        self.deviceID = deviceID
        self.accountID = accountID
        self.title = title
    }

    init(_ reader: inout FieldReader) {
        email = reader.word("email", atMost: 254)
        phone = reader.word("phone", atMost: 64)
        firstName = reader.word("first_name", atMost: 200)
        lastName = reader.word("last_name", atMost: 200)
        deviceID = reader.word("device_id", atMost: 255) ?? reader.word("deviceid", atMost: 255)
        accountID = reader.word("account_id", atMost: 255)
        title = reader.word("title", atMost: 100)
    }

    /// The fields that are known, for a POST of ours.
    var fields: [FormField] {
        let named = [
            ("email", email), ("phone", phone), ("first_name", firstName), ("last_name", lastName),
            ("device_id", deviceID), ("account_id", accountID), ("title", title),
        ]
        return named.compactMap { name, value in value.map { FormField(name, $0) } }
    }
}
