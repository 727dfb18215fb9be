/// Why a schema could not be brought up to date.
public enum MigrationError: Error, Sendable {
    /// A file's name does not begin with a number and an underscore.
    case badName(String)

    /// Two files have the same number.
    case duplicateNumber(String, String)

    /// A quote or comment is never closed.
    case unterminated(migration: String, what: String, line: Int)

    /// The schema has a migration newer than any the program knows: an older program meets a newer database.
    case databaseIsNewer(schema: String, applied: String, newestKnown: String)

    /// The schema has a migration the program does not know, older than its newest.
    case unknownMigration(schema: String, name: String)

    /// A file was edited after it had been applied.
    case checksumChanged(schema: String, name: String)

    /// Somebody else is migrating the same schema and did not finish in time.
    case busy(schema: String)

    /// A statement failed; `line` is where it begins in its file.
    case statementFailed(schema: String, migration: String, line: Int, error: PostgresError)

    /// The runner's own bookkeeping failed.
    case database(schema: String, error: PostgresError)
}

extension MigrationError: CustomStringConvertible, CustomDebugStringConvertible {
    /// One sentence for whoever starts the program; no SQL.
    public var description: String {
        switch self {
        case .badName(let name):
            "\(name) is no name of a migration: a number, an underscore and words are expected."
        case .duplicateNumber(let first, let second):
            "Migrations \(first) and \(second) have the same number."
        case .unterminated(let migration, let what, let line):
            "Migration \(migration), line \(line): \(what) is never closed."
        case .databaseIsNewer(let schema, let applied, let newest):
            """
            Schema \(schema) is newer than this program: it has migration \(applied), the program knows up to \
            \(newest). Start a newer program.
            """
        case .unknownMigration(let schema, let name):
            "Schema \(schema) has migration \(name), which this program does not know."
        case .checksumChanged(let schema, let name):
            "Migration \(name) was changed after it had been applied to schema \(schema)."
        case .busy(let schema):
            "Schema \(schema) is being migrated by somebody else."
        case .statementFailed(let schema, let migration, let line, let error):
            "Migration \(migration), line \(line), failed in schema \(schema): \(error.description)"
        case .database(let schema, let error):
            "The migrations of schema \(schema) could not be read or recorded: \(error.description)"
        }
    }

    /// The sentence with the server's own words.
    public var debugDescription: String {
        switch self {
        case .statementFailed(_, _, _, let error), .database(_, let error):
            "\(description) \(error.debugDescription)"
        default:
            description
        }
    }
}
