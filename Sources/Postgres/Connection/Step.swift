/// One statement of a pipeline, ready to be sent.
struct Step: Sendable {
    let text: String
    let binds: [PostgresBind]
    let logText: String

    /// True when the statement is worth preparing under a name; false for those used once and for utility commands.
    let isPrepared: Bool

    /// True for COMMIT: losing the connection after it leaves the outcome open.
    let isCommit: Bool

    /// A caller's statement.
    /// - Throws: what was wrong with a value interpolated into it.
    init(_ sql: SQL, isPrepared: Bool = true) throws(PostgresError) {
        if let fault = sql.fault { throw fault }
        let (text, binds, logText) = sql.rendered()
        // The number of values is a 16-bit field of the Bind message.
        guard binds.count <= 65_535 else { throw .encoding(reason: "\(binds.count) values in one statement") }
        self.text = text
        self.binds = binds
        self.logText = logText
        self.isPrepared = isPrepared && logText == text
        self.isCommit = false
    }

    /// A command of the program's own.
    init(command: String, isCommit: Bool = false) {
        self.text = command
        self.binds = []
        self.logText = command
        self.isPrepared = false
        self.isCommit = isCommit
    }

    var size: Int {
        binds.reduce(text.utf8.count) { $0 + ($1.bytes?.count ?? 0) }
    }

    var key: StatementCache.Key {
        StatementCache.Key(text: text, types: binds.map(\.type.rawValue))
    }
}

/// The first statement of a pipeline that failed.
struct StepFailure: Error {
    /// Its place in the pipeline, from 0; nil when the connection itself failed.
    let index: Int?
    let error: PostgresError
}
