/// What a POST of a service request answers, and what the outside server answered to one of ours.
public struct PostedRequestMessage: ListMember, Hashable {
    /// What the type of the service gives back.
    public enum Receipt: Sendable, Hashable {
        /// realtime: the id.
        case id(String)
        /// batch: a token to ask for the id with.
        case token(String)
        /// blackbox: nothing.
        case nothing
    }

    /// Id, token or neither.
    public var receipt: Receipt

    /// Something the sender should read: advice, what comes next.
    public var serviceNotice: String?

    /// Account of the sender, when one is known.
    public var accountID: String?

    /// A receipt.
    public init(_ receipt: Receipt, serviceNotice: String? = nil, accountID: String? = nil) {
        self.receipt = receipt
        self.serviceNotice = serviceNotice
        self.accountID = accountID
    }

    /// `service_requests/request`.
    public static let list = ListName.requests

    /// Writes id or token, when there is one, then notice and account, always.
    public func writeFields(to writer: inout MessageWriter) {
        switch receipt {
        case .id(let id): writer.field("service_request_id", id)
        case .token(let token): writer.field("token", token)
        case .nothing: break
        }
        writer.field("service_notice", serviceNotice)
        writer.field("account_id", accountID)
    }
}

/// What a token stands for by now.
public struct TokenMessage: ListMember, Hashable {
    /// The id; nil, with status 200, until there is one.
    public var serviceRequestID: String?

    /// The token asked about.
    public var token: String

    /// A token and what it stands for.
    public init(serviceRequestID: String?, token: String) {
        self.serviceRequestID = serviceRequestID
        self.token = token
    }

    /// `service_requests/request`.
    public static let list = ListName.requests

    /// Writes both fields.
    public func writeFields(to writer: inout MessageWriter) {
        writer.field("service_request_id", serviceRequestID)
        writer.field("token", token)
    }
}
