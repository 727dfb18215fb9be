public import Domain
public import Foundation

/// A POST of a service request update, read.
public struct UpdateSubmission: Sendable, Hashable {
    /// Request it belongs to.
    public var serviceRequestID: String
    /// Id the client gives it; the same one again is the same update (rule U5).
    public var updateID: String
    /// State after it.
    public var status: ExtendedStatus
    /// When it was made there, in whole seconds.
    public var updatedAt: Date
    /// What it says; may be empty, at most 4000 code points.
    public var description: String
    /// Addresses of pictures.
    public var mediaURLs: [String]
    /// Code of the service, when the kind is changed.
    public var serviceCode: String?
    /// The person who wrote it.
    public var author: RequesterFields
    /// Answers that came with it.
    public var attributes: SubmittedAttributes

    /// An update made here, for a POST of ours.
    public init(
        serviceRequestID: String,
        updateID: String,
        status: ExtendedStatus,
        updatedAt: Date,
        description: String,
        mediaURLs: [String] = [],
        serviceCode: String? = nil,
        author: RequesterFields = RequesterFields(),
        attributes: SubmittedAttributes = SubmittedAttributes()
    ) {
        self.serviceRequestID = serviceRequestID
        self.updateID = updateID
        self.status = status
        self.updatedAt = updatedAt
        self.description = description
        self.mediaURLs = mediaURLs
        self.serviceCode = serviceCode
        self.author = author
        self.attributes = attributes
    }

    /// Reads the body of a POST; jurisdiction and key are the caller's to check before, the request's existence after.
    ///
    /// - Throws: ``Open311Faults`` with one 400 for each field missing or at fault.
    public init(_ parameters: ParameterSet) throws(Open311Faults) {
        var reader = FieldReader(parameters)
        for name in ["service_request_id", "update_id", "status", "updated_datetime"]
        where parameters.word(name) == nil {
            reader.fail(.missing(name))
        }
        let id = reader.word("service_request_id", atMost: 255)
        let updateID = reader.word("update_id", atMost: 255)
        var status: ExtendedStatus?
        if let text = parameters.word("status") {
            status = ExtendedStatus(wire: text)
            if status == nil {
                let known = ExtendedStatus.allCases.map { $0.wireText.uppercased() }.joined(separator: ", ")
                reader.fail(.bad("status", "\(FieldReader.quoted(text)) is unknown; expected one of \(known)"))
            }
        }
        let updatedAt = reader.date("updated_datetime")
        description = reader.text("description", atMost: RequestSubmission.longestDescription) ?? ""
        mediaURLs = reader.mediaURLs()
        serviceCode = reader.word("service_code", atMost: 255)
        author = RequesterFields(&reader)
        attributes = SubmittedAttributes(parameters)
        try reader.check()
        guard let id, let updateID, let status, let updatedAt else {
            throw Open311Faults(.bad("update_id", "could not be read"))
        }
        serviceRequestID = id
        self.updateID = updateID
        self.status = status
        self.updatedAt = updatedAt
    }
}
