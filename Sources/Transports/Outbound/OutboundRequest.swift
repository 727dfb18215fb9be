/// One thing to send to a server outside.
public struct OutboundRequest: Sendable, Hashable {
    /// Methods used.
    public enum Method: String, Sendable, Hashable {
        /// Asks; may be repeated.
        case get = "GET"
        /// Gives; may not be repeated without asking first.
        case post = "POST"
    }

    /// Method.
    public var method: Method

    /// Where to.
    public var address: OutboundAddress

    /// Headers besides those of HTTP itself.
    public var headers: [Header]

    /// Body; empty for none.
    public var body: [UInt8]

    /// Most bytes of the answer that are read.
    public var largestAnswer: Int

    /// Time for everything: finding the address, connecting, sending, reading.
    public var timeLimit: Duration

    /// One header.
    public struct Header: Sendable, Hashable {
        /// Name.
        public let name: String
        /// Value.
        public let value: String

        /// One header.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A request; an answer of up to 1 MiB within 10 seconds unless said otherwise.
    public init(
        _ method: Method,
        _ address: OutboundAddress,
        headers: [Header] = [],
        body: [UInt8] = [],
        largestAnswer: Int = 1 << 20,
        timeLimit: Duration = .seconds(10)
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.largestAnswer = largestAnswer
        self.timeLimit = timeLimit
    }
}

/// What a server answered.
public struct OutboundAnswer: Sendable, Hashable {
    /// HTTP status.
    public let status: Int

    /// Value of `Content-Type`; nil when there is none.
    public let contentType: String?

    /// Body, as far as it was read.
    public let body: [UInt8]

    /// Why the body was not read to its end; nil when it was.
    public let cutShort: String?

    /// Seconds that `Retry-After` asks for, at most a day; nil when it is absent or makes no sense.
    public let retryAfter: Double?

    /// Whether the body was not read to its end because it is larger than was asked for.
    public let isTooLarge: Bool

    /// Whether the status is one of success.
    public var isSuccess: Bool { (200...299).contains(status) }

    /// An answer.
    public init(
        status: Int,
        contentType: String? = nil,
        body: [UInt8] = [],
        cutShort: String? = nil,
        isTooLarge: Bool = false,
        retryAfter: Double? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.cutShort = cutShort
        self.isTooLarge = isTooLarge
        self.retryAfter = retryAfter
    }
}

/// Why there is no answer.
public enum OutboundFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The address is not one we send to; nothing left.
    case refused(AddressPolicy.Refusal)
    /// Nothing of the body left: no address, no connection, no TLS.
    case notSent(String)
    /// The body left, wholly or partly, and no answer came: it may have been carried out.
    case uncertain(String)

    /// The reason, for an operator.
    public var description: String {
        switch self {
        case .refused(let refusal): refusal.description
        case .notSent(let reason): "not sent: \(reason)"
        case .uncertain(let reason): "sent, but no answer: \(reason)"
        }
    }
}
