public import Domain
internal import Open311

/// A service request on its way to a GeoReport server outside.
public struct OutgoingRequest: Sendable, Hashable {
    /// Our reference; goes along in the description and as the attribute `hub_reference`.
    public let reference: RequestReference

    /// What the server calls the kind of matter.
    public let serviceCode: String

    /// The requester's words.
    public let description: String

    /// The point.
    public let coordinate: Coordinate?

    /// The address in words.
    public let address: String?

    /// Answers, by question code.
    public let answers: Answers

    /// Addresses of pictures.
    public let mediaURLs: [String]

    /// Who asks; nil when the body outside is not to know.
    public let contact: Requester?

    /// A request to be sent.
    public init(
        reference: RequestReference,
        serviceCode: String,
        description: String,
        coordinate: Coordinate?,
        address: String?,
        answers: Answers = Answers(),
        mediaURLs: [String] = [],
        contact: Requester? = nil
    ) {
        self.reference = reference
        self.serviceCode = serviceCode
        self.description = description
        self.coordinate = coordinate
        self.address = address
        self.answers = answers
        self.mediaURLs = mediaURLs
        self.contact = contact
    }

    /// A stored request, under the name the server has for its kind.
    ///
    /// - Parameter includesStaffOnly: Whether answers for the lead's staff alone go along; servers of the standard show attributes
    ///   to anybody.
    public init(
        _ request: ServiceRequest,
        serviceCode: String,
        contact: Requester? = nil,
        includesStaffOnly: Bool = false
    ) {
        self.init(
            reference: request.reference,
            serviceCode: serviceCode,
            description: request.description,
            coordinate: request.coordinate,
            address: request.address,
            answers: includesStaffOnly ? request.answers : request.publicAnswers(of: nil),
            mediaURLs: request.mediaURLs,
            contact: contact
        )
    }

    /// The form of the POST.
    func form(for endpoint: Open311Endpoint) -> [FormField] {
        let given = answers.values.sorted { $0.key < $1.key }.map { (code: $0.key, texts: $0.value) }
        let submission = RequestSubmission(
            coordinate: coordinate,
            address: address,
            description: HubReferenceMark.marked(description, reference: reference),
            mediaURLs: mediaURLs,
            attributes: SubmittedAttributes(given + [(code: "hub_reference", texts: [reference.rawValue])]),
            requester: RequesterFields(
                email: contact?.email,
                phone: contact?.phone,
                firstName: contact?.firstName,
                lastName: contact?.lastName,
                deviceID: contact?.deviceID,
                accountID: contact?.accountID
            )
        )
        return submission.form(
            serviceCode: serviceCode,
            jurisdictionID: endpoint.jurisdictionID,
            apiKey: endpoint.apiKey
        )
    }
}
