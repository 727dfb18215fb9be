/// One numbered step of a schema: a file `0012_add_due_at_to_service_request.sql`.
///
/// Forward only and never edited once merged. A line `-- no transaction` among the comments at the top makes its
/// statements run one by one outside a transaction (`CREATE INDEX CONCURRENTLY`); they must then bear being repeated.
public struct Migration: Sendable, Hashable {
    /// The digits the name begins with; the order of application.
    public let number: Int

    /// File name without `.sql`.
    public let name: String

    /// The file's content.
    public let text: String

    /// True without the header `-- no transaction`.
    public let isTransactional: Bool

    let statements: [StatementSplitter.Statement]

    /// Reads a migration.
    /// - Throws: ``MigrationError/badName(_:)``, ``MigrationError/unterminated(migration:what:line:)``.
    public init(name: String, text: String) throws(MigrationError) {
        let bare = name.hasSuffix(".sql") ? String(name.dropLast(4)) : name
        let digits = bare.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), bare.dropFirst(digits.count).first == "_" else {
            throw .badName(name)
        }
        self.number = number
        self.name = bare
        self.text = text
        self.isTransactional = !text.split(separator: "\n").prefix { $0.hasPrefix("--") }
            .contains { $0.dropFirst(2).filter { !$0.isWhitespace }.lowercased() == "notransaction" }
        do {
            self.statements = try StatementSplitter.split(text)
        } catch {
            throw .unterminated(migration: bare, what: error.what, line: error.line)
        }
    }
}

/// A migration that has been applied.
public struct AppliedMigration: Sendable, Hashable {
    /// Name of the file, without `.sql`.
    public let name: String

    /// SHA-256 of the file's content, in hexadecimal.
    public let checksum: String
}

/// How a schema stands towards the program.
public struct MigrationStatus: Sendable, Hashable {
    /// Applied already, in order.
    public let applied: [AppliedMigration]

    /// Known to the program and not applied yet, in order.
    public let pending: [String]

    /// Number of the newest one applied; 0 when none is.
    public var version: Int {
        applied.compactMap { Int($0.name.prefix { $0.isNumber }) }.max() ?? 0
    }
}
