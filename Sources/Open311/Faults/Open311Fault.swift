public import Domain

/// One thing wrong with what a client sent: an entry of the errors body.
///
/// `description` names the field, what is wrong with it and what would be right; it never shows internals.
public struct Open311Fault: Error, Sendable, Hashable {
    /// HTTP status the fault calls for.
    public let status: Int

    /// The HTTP status, or a finer number whose first three digits are the HTTP status (4003).
    public let code: Int

    /// Field at fault, as its sender spelled it; nil when it is no field.
    public let field: String?

    /// A sentence for a human.
    public let description: String

    /// A fault with its sentence.
    public init(status: Int, code: Int? = nil, field: String? = nil, _ description: String) {
        self.status = status
        self.code = code ?? status
        self.field = field
        self.description = description
    }

    /// Any fault of the request: 400, the sentence begins with the field.
    public static func bad(_ field: String, _ predicate: String) -> Open311Fault {
        Open311Fault(status: 400, field: field, "\(shown(field)) \(predicate)")
    }

    /// A required field is absent or empty.
    public static func missing(_ field: String) -> Open311Fault { bad(field, "is required") }

    /// `jurisdiction_id` is missing where several tenants answer.
    public static let jurisdictionMissing = missing("jurisdiction_id")

    /// `jurisdiction_id` names no tenant.
    public static let jurisdictionUnknown = Open311Fault(
        status: 404,
        field: "jurisdiction_id",
        "jurisdiction_id names no jurisdiction of this server"
    )

    /// `api_key` is missing, unknown, or has no right here; one answer for all of them.
    public static let keyRefused = Open311Fault(
        status: 403,
        field: "api_key",
        "api_key is missing, unknown, or has no right for this jurisdiction"
    )

    /// `service_code` is missing.
    public static let serviceCodeMissing = missing("service_code")

    /// `service_code` names no service of the jurisdiction.
    public static let serviceCodeUnknown = Open311Fault(
        status: 404,
        field: "service_code",
        "service_code names no service of this jurisdiction"
    )

    /// `service_request_id` names no request of the jurisdiction; the same for one of another jurisdiction.
    public static let requestUnknown = Open311Fault(
        status: 404,
        field: "service_request_id",
        "service_request_id names no service request of this jurisdiction"
    )

    /// `token` was never given out by the jurisdiction.
    public static let tokenUnknown = Open311Fault(status: 404, field: "token", "token is unknown in this jurisdiction")

    /// The path leads nowhere.
    public static let pathUnknown = Open311Fault(status: 404, "there is nothing at this path")

    /// The path exists, the method does not.
    public static func methodNotAllowed(allowed: [String]) -> Open311Fault {
        Open311Fault(status: 405, "this path answers only \(allowed.joined(separator: ", "))")
    }

    /// The body has more bytes than this address takes.
    public static func bodyTooLarge(limit: Int) -> Open311Fault {
        Open311Fault(status: 413, "the body has more than \(limit) bytes")
    }

    /// A fault found further inside, worded in English.
    public init(_ fault: FieldFault, status: Int = 400) {
        self.init(status: status, field: fault.field, fault.message(.english))
    }

    /// A name or value of the sender as it may stand in a sentence: without control characters, at most 40 characters.
    public static func shown(_ text: String) -> String { FieldFault.excerpt(text) }
}

/// Everything wrong with a request, in the order found; never empty.
public struct Open311Faults: Error, Sendable, Hashable {
    /// The faults, one or more.
    public let list: [Open311Fault]

    /// One fault.
    public init(_ fault: Open311Fault) {
        list = [fault]
    }

    /// Several faults; nil when there is none.
    public init?(_ list: [Open311Fault]) {
        guard !list.isEmpty else { return nil }
        self.list = list
    }

    /// HTTP status of the answer: that of the first fault, which was checked first.
    public var status: Int { list.first?.status ?? 400 }

    /// The body of the answer.
    public var message: ErrorsMessage { ErrorsMessage(list) }
}
