public import Domain
public import Foundation

/// What is sent to a system outside that speaks GeoReport v2.
public struct OutsideSubmission: Sendable {
    /// Where, how and under which key.
    public let target: ForwardingTarget
    /// The request as the sender has it.
    public let request: ServiceRequest
    /// The target's own code for the kind of matter.
    public let serviceCode: String
    /// Stays the same on every attempt.
    public let deliveryKey: UUID
    /// An earlier attempt may have arrived: ask before sending again.
    public let isDoubtful: Bool
    /// When it was put into the outbox: no attempt was earlier, so asking need not look further back.
    public let queuedAt: Date
}

/// What became of one attempt at a system outside.
public enum OutsideOutcome: Sendable, Hashable {
    /// It has it, under this id, or under an id that a token will give.
    case taken(remoteID: String?, token: String?)
    /// It surely has not got it; again after some seconds, or by the usual ladder. `asked`: it was asked and has nothing.
    case notArrived(String, retryAfter: TimeInterval?, asked: Bool)
    /// It will never take it; an operator looks at it.
    case refused(String)
    /// It may have it: the connection broke or the time ran out after everything was sent.
    case uncertain(String)
}

/// News of a request at a system outside.
public struct OutsideNews: Sendable, Hashable {
    /// The system's own id of the request.
    public let remoteID: String
    /// The system's id of the message; nil for a plain status.
    public let updateID: String?
    /// Where it stands there.
    public let status: ExtendedStatus
    /// When, as the system tells it; kept as told, our clocks do not move by it.
    public let at: Date
    /// What it says.
    public let text: String

    /// A piece of news.
    public init(remoteID: String, updateID: String?, status: ExtendedStatus, at: Date, text: String) {
        self.remoteID = remoteID
        self.updateID = updateID
        self.status = status
        self.at = at
        self.text = text
    }
}

/// The ways out of this hub, filled in by the executable: no HTTP is spoken in this module.
public struct OutsideDelivery: Sendable {
    /// Sends a request.
    public var submit: @Sendable (OutsideSubmission) async -> OutsideOutcome
    /// Exchanges a token for the id; nil while there is none.
    public var remoteID: @Sendable (ForwardingTarget, _ token: String) async throws -> String?
    /// Messages of a system since an instant; nil when it keeps no feed.
    public var updates: @Sendable (ForwardingTarget, _ since: Date, _ until: Date) async throws -> [OutsideNews]?
    /// Plain status of one request; nil when the system does not know it.
    public var status: @Sendable (ForwardingTarget, _ remoteID: String) async throws -> OutsideNews?
    /// Fetches a picture; at most `PhotoStore.largestUpload` bytes.
    public var picture: @Sendable (_ url: String) async -> FetchedPicture
    /// Posts a signed call to a department's own system.
    public var call: @Sendable (OutsideCall) async -> OutsideOutcome = { _ in .notConnected }
    /// Puts a file into a folder of a department's own system.
    public var drop: @Sendable (OutsideFile) async -> OutsideOutcome = { _ in .notConnected }
    /// Sends a letter to a department's mailbox.
    public var letter: @Sendable (DepartmentLetter, _ delivery: UUID) async -> OutsideOutcome = { _, _ in .notConnected
    }
    /// Requests that a GeoReport server shows as received between two instants, for the daily reconciliation.
    public var requests: @Sendable (ForwardingTarget, _ from: Date, _ to: Date) async throws -> [OutsideRequest] = {
        _,
        _,
        _ in throw NotConnected()
    }

    /// What a fetch gave.
    public enum FetchedPicture: Sendable {
        /// Its bytes.
        case bytes(Data)
        /// There is none, or it may not be fetched.
        case gone(String)
        /// Not now.
        case later(String, retryAfter: TimeInterval?)
    }

    /// Ways out.
    public init(
        submit: @escaping @Sendable (OutsideSubmission) async -> OutsideOutcome,
        remoteID: @escaping @Sendable (ForwardingTarget, String) async throws -> String?,
        updates: @escaping @Sendable (ForwardingTarget, Date, Date) async throws -> [OutsideNews]?,
        status: @escaping @Sendable (ForwardingTarget, String) async throws -> OutsideNews?,
        picture: @escaping @Sendable (String) async -> FetchedPicture
    ) {
        self.submit = submit
        self.remoteID = remoteID
        self.updates = updates
        self.status = status
        self.picture = picture
    }
}

/// A signed call to a department's own system; the same bytes under the same id on every attempt.
public struct OutsideCall: Sendable {
    /// Where to.
    public let url: String
    /// Headers besides those of HTTP itself; the signature is among them.
    public let headers: [(name: String, value: String)]
    /// JSON.
    public let body: [UInt8]
    /// Seconds it may take.
    public let seconds: Int
}

/// A file for a department's own system.
public struct OutsideFile: Sendable {
    /// Folder of all connectors.
    public let root: URL
    /// Folders below it, from the outside in; each is a plain name.
    public let folders: [String]
    /// Name of the file; a file of this name that is there already is this one.
    public let name: String
    /// What is in it.
    public let bytes: [UInt8]
}

/// A request as a system outside shows it.
public struct OutsideRequest: Sendable, Hashable {
    /// Its id there.
    public let remoteID: String
    /// Our reference, where its description bears our mark.
    public let reference: RequestReference?
    /// Where it stands there.
    public let status: Open311Status

    /// A request there.
    public init(remoteID: String, reference: RequestReference?, status: Open311Status) {
        self.remoteID = remoteID
        self.reference = reference
        self.status = status
    }
}

/// Nobody has connected this way out.
public struct NotConnected: Error, Sendable, CustomStringConvertible {
    /// What to do about it.
    public var description: String { "this way out is not set up in the deployment" }

    /// The one value there is.
    public init() {}
}

extension OutsideOutcome {
    /// Nothing left: this way out is not set up; looked for again after five minutes.
    static let notConnected = OutsideOutcome.notArrived("\(NotConnected())", retryAfter: 300, asked: false)
}
