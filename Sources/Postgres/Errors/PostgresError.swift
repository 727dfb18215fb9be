/// Everything that can go wrong between this program and PostgreSQL.
///
/// `description` may be shown to a stranger: it has no SQL, no names, no values. `debugDescription` is for the log.
public enum PostgresError: Error, Sendable {
    /// The server refused a statement.
    case server(ServerError)

    /// No connection could be opened; nothing was sent.
    case connectionFailed(reason: String)

    /// The connection broke. What was sent in an open transaction is rolled back by the server; a single statement
    /// outside a transaction may or may not have happened.
    case connectionLost(reason: String)

    /// COMMIT was sent and the connection broke before the answer: the transaction may or may not have happened.
    case commitOutcomeUnknown(reason: String)

    /// The task was cancelled; the statement did not take effect.
    case cancelled

    /// No connection came free within the pool's time limit.
    case poolTimeout

    /// The pool has been closed.
    case poolClosed

    /// The connection has been closed.
    case connectionClosed

    /// A transaction was used after its closure had ended.
    case transactionOver

    /// An earlier statement of the transaction failed and only the end of the transaction is possible now.
    case transactionFailed

    /// A column could not be read as the type asked for.
    case decoding(column: String, fault: PostgresDecodingFault)

    /// A value could not be written in the form PostgreSQL takes.
    case encoding(reason: String)

    /// A name interpolated with `\(identifier:)` is none.
    case invalidIdentifier(String)

    /// The server answered in a way this program does not expect at this place.
    case unexpectedAnswer(String)
}

extension PostgresError {
    /// The server's code, when the server said one.
    public var sqlState: SQLState? {
        guard case .server(let error) = self else { return nil }
        return error.sqlState
    }

    /// What the server said, when the error comes from the server.
    public var serverError: ServerError? {
        guard case .server(let error) = self else { return nil }
        return error
    }

    /// True when the same transaction, tried again, may well succeed (serialisation failure, deadlock).
    public var isWorthRetrying: Bool {
        sqlState == .serializationFailure || sqlState == .deadlockDetected
    }

    /// True when the fault lies with the connection or the server's state, not with the statement: the caller answers
    /// "not now" rather than "wrong".
    public var isUnavailability: Bool {
        switch self {
        case .connectionFailed, .connectionLost, .connectionClosed, .poolTimeout, .poolClosed, .commitOutcomeUnknown:
            true
        case .server(let error):
            // 08 connection, 53 out of something, 57P shutdown or still starting
            error.sqlState.family == "08" || error.sqlState.family == "53" || error.sqlState.rawValue.hasPrefix("57P")
        default:
            false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    /// One sentence fit for a stranger.
    public var description: String {
        switch self {
        case .server(let error): "The database refused the operation (\(error.sqlState))."
        case .connectionFailed: "The database cannot be reached."
        case .connectionLost: "The connection to the database was lost."
        case .commitOutcomeUnknown:
            "The connection to the database was lost while saving; it is not known whether it was saved."
        case .cancelled: "The operation was cancelled."
        case .poolTimeout: "The database is busy."
        case .poolClosed, .connectionClosed: "The database connection is closed."
        case .transactionOver: "A transaction was used after its end."
        case .transactionFailed: "An earlier part of the operation failed."
        case .decoding: "A stored value could not be read."
        case .encoding: "A value could not be stored."
        case .invalidIdentifier: "A name is not allowed."
        case .unexpectedAnswer: "The database gave an unexpected answer."
        }
    }
}

extension PostgresError: CustomDebugStringConvertible {
    /// One line for the log: what was done and what came back, without the values bound and without the detail.
    public var debugDescription: String {
        switch self {
        case .server(let error):
            """
            \(error.severity) \(error.sqlState): \(error.message)\
            \(error.table.map { " table=\($0)" } ?? "")\
            \(error.constraint.map { " constraint=\($0)" } ?? "")\
            \(error.hint.map { " hint=\($0)" } ?? "")\
             statement=\(error.statement.split(whereSeparator: \.isWhitespace).joined(separator: " "))
            """
        case .connectionFailed(let reason): "connection failed: \(reason)"
        case .connectionLost(let reason): "connection lost: \(reason)"
        case .commitOutcomeUnknown(let reason): "outcome of COMMIT unknown: \(reason)"
        case .decoding(let column, let fault): "column \(column): \(fault)"
        case .encoding(let reason): "encoding: \(reason)"
        case .invalidIdentifier(let name): "not an identifier: \(name.debugDescription)"
        case .unexpectedAnswer(let what): "unexpected answer: \(what)"
        case .cancelled, .poolTimeout, .poolClosed, .connectionClosed, .transactionOver, .transactionFailed:
            description
        }
    }
}
