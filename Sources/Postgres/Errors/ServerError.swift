/// What the server said about a statement it refused.
public struct ServerError: Sendable, Hashable {
    /// The code decisions are taken by.
    public let sqlState: SQLState

    /// `ERROR`, `FATAL` or `PANIC`.
    public let severity: String

    /// The primary message, in the server's language; may quote a value.
    public let message: String

    /// The secondary message; often quotes values of the row, so it never goes into a log.
    public let detail: String?

    /// What the server advises.
    public let hint: String?

    /// Schema of the table concerned, where the server names one.
    public let schema: String?

    /// Table concerned, where the server names one.
    public let table: String?

    /// Column concerned, where the server names one.
    public let column: String?

    /// Constraint concerned, where the server names one; good for a log, not for decisions.
    public let constraint: String?

    /// Text of the statement with `$1` in the place of each value and secrets blanked.
    public let statement: String
}
