public import Domain

/// A GeoReport server outside, as one tenant's file describes it, with its key at hand.
public struct Open311Endpoint: Sendable, Hashable {
    /// Root of the server's resources; `services.xml` lies below it.
    public let root: OutboundAddress

    /// `jurisdiction_id` it wants; nil when it has one jurisdiction only.
    public let jurisdictionID: String?

    /// Key for sending; nil when it wants none.
    ///
    /// Never written to a log.
    public let apiKey: String?

    /// Format asked for.
    public let format: ForwardingTarget.Format

    /// Time for one exchange.
    public let timeLimit: Duration

    /// Longest time for one exchange in seconds, whatever a file says: asking, a last question and sending fit into one lease.
    static let longestSeconds = 15

    /// Names a server.
    public init(
        root: OutboundAddress,
        jurisdictionID: String? = nil,
        apiKey: String? = nil,
        format: ForwardingTarget.Format = .xml,
        timeLimit: Duration = .seconds(10)
    ) {
        self.root = root
        self.jurisdictionID = jurisdictionID
        self.apiKey = apiKey
        self.format = format
        self.timeLimit = timeLimit
    }

    /// Takes a target of a tenant's file.
    ///
    /// - Parameters:
    ///   - apiKey: Value of the variable the file names.
    ///   - policy: Where the hub may send to.
    /// - Throws: ``AddressPolicy/Refusal`` when the address is not one the hub sends to.
    public init(
        _ target: ForwardingTarget,
        apiKey: String?,
        policy: AddressPolicy
    ) throws(AddressPolicy.Refusal) {
        self.init(
            root: try policy.check(target.endpoint),
            jurisdictionID: target.jurisdictionID,
            apiKey: apiKey,
            format: target.format,
            timeLimit: .seconds(min(max(target.timeoutSeconds, 1), Self.longestSeconds))
        )
    }
}
