public import Domain
public import Foundation

/// A service request as everybody may read it.
///
/// Nothing of its requester is here, with or without extensions (rule P10).
public struct ServiceRequestMessage: ListMember, Hashable {
    /// Id; the reference people read aloud.
    public var serviceRequestID: String
    /// Open or closed.
    public var status: Open311Status
    /// Why it has that status.
    public var statusNotes: String?
    /// Name of its kind.
    public var serviceName: String?
    /// Code of its kind.
    public var serviceCode: String?
    /// What was reported; line ends are LF.
    public var description: String?
    /// Who is at it.
    public var agencyResponsible: String?
    /// What is expected to happen.
    public var serviceNotice: String?
    /// When it was made, in whole seconds.
    public var requestedAt: Date?
    /// When it last changed; for a closed one, when it was closed or changed later.
    public var updatedAt: Date?
    /// When it should be done.
    public var expectedAt: Date?
    /// Address as people write it.
    public var address: String?
    /// Id of the address in the jurisdiction's own register.
    public var addressID: String?
    /// Postal code.
    public var zipcode: String?
    /// Where it is.
    public var coordinate: Coordinate?
    /// First picture.
    public var mediaURL: String?
    /// What `extensions=true` adds; nil leaves all three fields out.
    public var extensions: ServiceRequestExtensions?

    /// A request; what is left out is sent as empty.
    public init(
        serviceRequestID: String,
        status: Open311Status,
        statusNotes: String? = nil,
        serviceName: String? = nil,
        serviceCode: String? = nil,
        description: String? = nil,
        agencyResponsible: String? = nil,
        serviceNotice: String? = nil,
        requestedAt: Date? = nil,
        updatedAt: Date? = nil,
        expectedAt: Date? = nil,
        address: String? = nil,
        addressID: String? = nil,
        zipcode: String? = nil,
        coordinate: Coordinate? = nil,
        mediaURL: String? = nil,
        extensions: ServiceRequestExtensions? = nil
    ) {
        self.serviceRequestID = serviceRequestID
        self.status = status
        self.statusNotes = statusNotes
        self.serviceName = serviceName
        self.serviceCode = serviceCode
        self.description = description
        self.agencyResponsible = agencyResponsible
        self.serviceNotice = serviceNotice
        self.requestedAt = requestedAt
        self.updatedAt = updatedAt
        self.expectedAt = expectedAt
        self.address = address
        self.addressID = addressID
        self.zipcode = zipcode
        self.coordinate = coordinate
        self.mediaURL = mediaURL
        self.extensions = extensions
    }

    /// `service_requests/request`.
    public static let list = ListName.requests

    /// Writes the fields in the order of the standard, extensions last.
    public func writeFields(to writer: inout MessageWriter) {
        writer.field("service_request_id", serviceRequestID)
        writer.field("status", status.rawValue)
        writer.field("status_notes", statusNotes)
        writer.field("service_name", serviceName)
        writer.field("service_code", serviceCode)
        writer.field("description", description)
        writer.field("agency_responsible", agencyResponsible)
        writer.field("service_notice", serviceNotice)
        writer.field("requested_datetime", requestedAt)
        writer.field("updated_datetime", updatedAt)
        writer.field("expected_datetime", expectedAt)
        writer.field("address", address)
        writer.field("address_id", addressID)
        writer.field("zipcode", zipcode)
        writer.field("lat", decimal: coordinate?.latitudeText)
        writer.field("long", decimal: coordinate?.longitudeText)
        writer.field("media_url", mediaURL)
        extensions?.writeFields(to: &writer)
    }
}
