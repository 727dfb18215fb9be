public import Foundation

/// A later message on a service request, in the feed of updates.
///
/// Source: the extension "Service Request Updates" of mySociety.
public struct ServiceRequestUpdateMessage: ListMember, Hashable {
    /// Id of the update; the same that its POST answered (rule U1).
    public var updateID: String
    /// Request it belongs to.
    public var serviceRequestID: String
    /// Extended state after it, lower case: `in_progress`.
    public var status: String
    /// When it was made, in whole seconds.
    public var updatedAt: Date?
    /// What it says.
    public var description: String?
    /// A picture.
    public var mediaURL: String?
    /// State in the words of the system it came from; left out when nil.
    public var externalStatusCode: String?
    /// Number of the customer there; left out when nil.
    public var customerReference: String?
    /// More fields; left out when there are none.
    public var extras: [ExtraField]

    /// An update.
    public init(
        updateID: String,
        serviceRequestID: String,
        status: String,
        updatedAt: Date?,
        description: String? = nil,
        mediaURL: String? = nil,
        externalStatusCode: String? = nil,
        customerReference: String? = nil,
        extras: [ExtraField] = []
    ) {
        self.updateID = updateID
        self.serviceRequestID = serviceRequestID
        self.status = status
        self.updatedAt = updatedAt
        self.description = description
        self.mediaURL = mediaURL
        self.externalStatusCode = externalStatusCode
        self.customerReference = customerReference
        self.extras = extras
    }

    /// `service_request_updates/request_update`.
    public static let list = ListName.updates

    /// Writes six fields always, three when they hold something.
    public func writeFields(to writer: inout MessageWriter) {
        writer.field("update_id", updateID)
        writer.field("service_request_id", serviceRequestID)
        writer.field("status", status)
        writer.field("updated_datetime", updatedAt)
        writer.field("description", description)
        writer.field("media_url", mediaURL)
        if let externalStatusCode { writer.field("external_status_code", externalStatusCode) }
        if let customerReference { writer.field("customer_reference", customerReference) }
        if !extras.isEmpty {
            writer.beginObject("extras")
            for extra in extras { writer.field(extra.name, extra.value) }
            writer.endObject()
        }
    }
}

/// What a POST of an update answers.
public struct PostedUpdateMessage: ListMember, Hashable {
    /// Id of the update here.
    public var updateID: String

    /// A receipt.
    public init(updateID: String) {
        self.updateID = updateID
    }

    /// `service_request_updates/request_update`.
    public static let list = ListName.updates

    /// Writes the id.
    public func writeFields(to writer: inout MessageWriter) {
        writer.field("update_id", updateID)
    }
}
