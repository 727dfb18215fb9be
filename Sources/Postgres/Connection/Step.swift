/// One statement of a pipeline, ready to be sent.
struct Step: Sendable {
    let shape: SQL.Shape
    let values: BoundValues

    /// True when the statement is worth preparing under a name; false for those used once.
    let isPrepared: Bool

    /// True for COMMIT: losing the connection after it leaves the outcome open.
    let isCommit: Bool

    /// True when the server answers only after it has written to disk, so that nobody need look for the answer at once.
    var isDurable = false

    /// A caller's statement.
    /// - Throws: what was wrong with a value interpolated into it.
    init(_ sql: SQL, isPrepared: Bool = true) throws(PostgresError) {
        if let fault = sql.fault { throw fault }
        // The number of values is a 16-bit field of the Bind message.
        guard sql.values.count <= 65_535 else { throw .encoding(reason: "\(sql.values.count) values in one statement") }
        shape = sql.shape
        values = sql.values
        self.isPrepared = isPrepared && !sql.shape.hasSecret
        isCommit = false
    }

    /// A command of the program's own.
    init(command: String, isCommit: Bool = false) {
        shape = SQL(programText: command).shape
        values = BoundValues()
        isPrepared = false
        self.isCommit = isCommit
    }

    private init(repeated words: StaticString, isCommit: Bool) {
        shape = SQL(stringLiteral: words).shape
        values = BoundValues()
        isPrepared = true
        self.isCommit = isCommit
    }

    /// The beginning of a transaction; prepared, for it is sent as often as everything else together.
    static func begin(_ kind: TransactionKind) -> Step {
        Step(repeated: kind.begin, isCommit: false)
    }

    /// The end of a transaction; prepared likewise.
    static func commit(isDurable: Bool) -> Step {
        var step = Step(repeated: "COMMIT", isCommit: true)
        step.isDurable = isDurable
        return step
    }

    /// The text with numbered places.
    var text: String { shape.text }

    /// The text for the log: without secrets.
    var logText: String { shape.logText }

    /// Bytes on their way to the server, nearly.
    var size: Int { shape.size + values.bytes.count }
}

/// The first statement of a pipeline that failed.
struct StepFailure: Error {
    /// Its place in the pipeline, from 0; nil when the connection itself failed.
    let index: Int?
    let error: PostgresError
}
