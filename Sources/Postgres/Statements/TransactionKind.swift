/// What a transaction is for, and how strictly it is kept apart from others.
public struct TransactionKind: Sendable, Hashable {
    let begin: StaticString

    /// False when COMMIT has nothing to write.
    let writes: Bool

    /// Reads and writes; each statement sees what was committed before it began.
    public static let readWrite = TransactionKind(begin: "BEGIN", writes: true)

    /// Reads only; every statement sees the same instant.
    public static let readOnly = TransactionKind(
        begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        writes: false
    )

    /// Reads and writes over one instant; a write over somebody else's later write fails with 40001.
    public static let repeatableRead = TransactionKind(begin: "BEGIN ISOLATION LEVEL REPEATABLE READ", writes: true)

    /// As if transactions ran one after the other; may fail with 40001 and is then tried again.
    public static let serializable = TransactionKind(begin: "BEGIN ISOLATION LEVEL SERIALIZABLE", writes: true)

    /// Two kinds are the same when they begin with the same words.
    public static func == (left: TransactionKind, right: TransactionKind) -> Bool {
        left.begin.description == right.begin.description
    }

    /// By the words it begins with.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(begin.description)
    }
}
