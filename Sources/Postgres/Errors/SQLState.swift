/// Five-character code by which PostgreSQL names what went wrong.
///
/// Decisions are taken by this code, never by the text of a message or the name of a constraint.
/// Source: PostgreSQL documentation, appendix A "PostgreSQL Error Codes".
public struct SQLState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The five characters, for example `23505`.
    public let rawValue: String

    /// Wraps a code as the server sent it.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The first two characters, which name the family of the error.
    public var family: String {
        String(rawValue.prefix(2))
    }

    /// The five characters.
    public var description: String {
        rawValue
    }
}

extension SQLState {
    /// 23505: a row with the same key is there already.
    public static let uniqueViolation = SQLState(rawValue: "23505")

    /// 23503: the row referred to is not there, or is still referred to.
    public static let foreignKeyViolation = SQLState(rawValue: "23503")

    /// 23502: a value is missing.
    public static let notNullViolation = SQLState(rawValue: "23502")

    /// 23514: a CHECK constraint says no.
    public static let checkViolation = SQLState(rawValue: "23514")

    /// 23P01: an exclusion constraint says no.
    public static let exclusionViolation = SQLState(rawValue: "23P01")

    /// 40001: the transaction could not be serialised; trying again is right.
    public static let serializationFailure = SQLState(rawValue: "40001")

    /// 40P01: chosen as the victim of a deadlock; trying again is right.
    public static let deadlockDetected = SQLState(rawValue: "40P01")

    /// 55P03: the lock was not to be had within `lock_timeout`.
    public static let lockNotAvailable = SQLState(rawValue: "55P03")

    /// 57014: cancelled on request or by `statement_timeout`.
    public static let queryCanceled = SQLState(rawValue: "57014")

    /// 57P01: the server's administrator ended this connection.
    public static let adminShutdown = SQLState(rawValue: "57P01")

    /// 53100: the data disk is full.
    public static let diskFull = SQLState(rawValue: "53100")

    /// 53300: the server has no connection left to give.
    public static let tooManyConnections = SQLState(rawValue: "53300")

    /// 42501: the role may not do that.
    public static let insufficientPrivilege = SQLState(rawValue: "42501")

    /// 42601: the text is no SQL.
    public static let syntaxError = SQLState(rawValue: "42601")

    /// 42P01: there is no such table.
    public static let undefinedTable = SQLState(rawValue: "42P01")

    /// 42P04: a database of this name is there already.
    public static let duplicateDatabase = SQLState(rawValue: "42P04")

    /// 42P06: a schema of this name is there already.
    public static let duplicateSchema = SQLState(rawValue: "42P06")

    /// 42710: an object (a role, an extension) of this name is there already.
    public static let duplicateObject = SQLState(rawValue: "42710")

    /// 25P02: an earlier statement of the transaction failed.
    public static let inFailedTransaction = SQLState(rawValue: "25P02")

    /// 0A000: not supported; also a prepared statement whose columns have changed since.
    public static let featureNotSupported = SQLState(rawValue: "0A000")

    /// 26000: the server knows no prepared statement of that name.
    public static let invalidStatementName = SQLState(rawValue: "26000")
}
