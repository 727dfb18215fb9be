import Postgres

/// What can go wrong with stored data, in the terms of those who store.
///
/// `description` is fit for a stranger; `debugDescription` is for the log.
public enum StorageError: Error, Sendable {
    /// A row with the same key is there already: a taken reference, a used idempotency key, an update sent twice.
    case alreadyThere(detail: String)

    /// Two transactions were in each other's way; the same again may well succeed.
    case conflict

    /// Something referred to is not there.
    case missing(detail: String)

    /// No connection came free in time: answer "busy, try again".
    case overloaded

    /// The database cannot be reached or is starting: answer "not now".
    case unavailable(detail: String)

    /// The connection broke at COMMIT: it may or may not be stored. A repetition under the same idempotency key finds
    /// out.
    case outcomeUnknown

    /// A statement took longer than it may.
    case timedOut

    /// The database has no space left.
    case full

    /// The role may not do that; a fault of the program or an attack.
    case refused(detail: String)

    /// A value that a text column cannot hold, such as a zero byte.
    case unstorable(detail: String)

    /// A value breaks a rule of its table; a fault of the program.
    case invalid(detail: String)

    /// A stored value is none the program knows.
    case unreadable(what: String)

    /// The task was cancelled; nothing was stored.
    case cancelled

    /// Anything else; a fault of the program.
    case other(detail: String)
}

extension StorageError {
    /// The error of the database in the terms of storage.
    init(_ error: PostgresError) {
        let detail = error.debugDescription
        switch error {
        case .poolTimeout: self = .overloaded
        case .commitOutcomeUnknown: self = .outcomeUnknown
        case .cancelled: self = .cancelled
        case .connectionFailed, .connectionLost, .connectionClosed, .poolClosed: self = .unavailable(detail: detail)
        case .decoding: self = .unreadable(what: detail)
        case .encoding: self = .unstorable(detail: detail)
        case .server(let answer): self.init(answer.sqlState, detail: detail)
        case .transactionOver, .transactionFailed, .invalidIdentifier, .unexpectedAnswer: self = .other(detail: detail)
        }
    }

    private init(_ state: SQLState, detail: String) {
        switch state {
        case .uniqueViolation: self = .alreadyThere(detail: detail)
        case .foreignKeyViolation: self = .missing(detail: detail)
        case .serializationFailure, .deadlockDetected, .lockNotAvailable: self = .conflict
        case .queryCanceled: self = .timedOut
        case .diskFull: self = .full
        case .tooManyConnections: self = .overloaded
        case .insufficientPrivilege: self = .refused(detail: detail)
        case .checkViolation, .notNullViolation: self = .invalid(detail: detail)
        default:
            switch state.family {
            case "08", "53", "57": self = .unavailable(detail: detail)
            // 22021 and 22P05: characters that cannot be stored
            case "22": self = .unstorable(detail: detail)
            default: self = .other(detail: detail)
            }
        }
    }

    /// Whether the fault lies with the state of the database, not with what was asked: answer 503 and "try again".
    public var isUnavailability: Bool {
        switch self {
        case .overloaded, .unavailable, .outcomeUnknown, .full, .timedOut: true
        case .alreadyThere, .conflict, .missing, .refused, .unstorable, .invalid, .unreadable, .cancelled, .other: false
        }
    }

    /// Whether a row with the same key is there already.
    public var isAlreadyThere: Bool {
        if case .alreadyThere = self { true } else { false }
    }
}

extension StorageError: CustomStringConvertible, CustomDebugStringConvertible {
    /// One sentence fit for a stranger.
    public var description: String {
        switch self {
        case .alreadyThere: "This is stored already."
        case .conflict: "Somebody else changed the same thing at the same time."
        case .missing: "Something this refers to does not exist."
        case .overloaded: "The service is busy."
        case .unavailable, .timedOut: "The service cannot reach its data now."
        case .outcomeUnknown: "It is not known whether this was stored."
        case .full: "The service has no space left."
        case .refused, .invalid, .other: "The operation failed."
        case .unstorable: "A text contains a character that cannot be stored."
        case .unreadable: "A stored value could not be read."
        case .cancelled: "The operation was cancelled."
        }
    }

    /// One line for the log; without the values bound.
    public var debugDescription: String {
        switch self {
        case .alreadyThere(let detail), .missing(let detail), .unavailable(let detail),
            .refused(let detail), .unstorable(let detail), .invalid(let detail), .other(let detail):
            "\(description) \(detail)"
        case .unreadable(let what): "unreadable: \(what)"
        case .conflict, .overloaded, .outcomeUnknown, .timedOut, .full, .cancelled: description
        }
    }
}

/// Runs a closure and gives the database's errors in the terms of storage; all others pass unchanged.
func inStorageTerms<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as PostgresError {
        throw StorageError(error)
    }
}
