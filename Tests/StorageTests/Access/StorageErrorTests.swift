import Testing

@testable import Postgres
@testable import Storage

@Suite("Errors of the database in the terms of storage")
struct StorageErrorTests {
    @Test(
        "follow the SQLSTATE, never a message or a name",
        arguments: [
            // state, case, whether to answer "not now"
            ("23505", "alreadyThere", false),
            ("23503", "missing", false),
            ("23514", "invalid", false),
            ("40001", "conflict", false),
            ("40P01", "conflict", false),
            ("55P03", "conflict", false),
            ("57014", "timedOut", true),
            ("53100", "full", true),
            ("53300", "overloaded", true),
            ("57P01", "unavailable", true),
            ("57P03", "unavailable", true),
            ("08006", "unavailable", true),
            ("42501", "refused", false),
            ("22021", "unstorable", false),
            ("22P05", "unstorable", false),
            ("42P01", "other", false),
            ("XX000", "other", false),
        ]
    )
    func states(state: String, name: String, isUnavailability: Bool) {
        let error = StorageError(.server(answer(state)))
        #expect(String(describing: Mirror(reflecting: error).children.first?.label ?? caseName(error)) == name)
        #expect(error.isUnavailability == isUnavailability)
    }

    @Test("say nothing of the database to a stranger")
    func words() {
        let error = StorageError(.server(answer("23505")))
        #expect(!error.description.contains("requester"))
        #expect(error.debugDescription.contains("23505"))
        #expect(!error.debugDescription.contains("kim@example.org"))
    }

    @Test("tell a lost COMMIT from one that never began")
    func commit() {
        guard case .outcomeUnknown = StorageError(.commitOutcomeUnknown(reason: "")) else {
            Issue.record("a lost COMMIT")
            return
        }
        guard case .unavailable = StorageError(.connectionLost(reason: "")) else {
            Issue.record("a lost connection")
            return
        }
        guard case .overloaded = StorageError(.poolTimeout) else {
            Issue.record("a full pool")
            return
        }
    }

    private func answer(_ state: String) -> ServerError {
        ServerError(
            sqlState: SQLState(rawValue: state),
            severity: "ERROR",
            message: "duplicate key value",
            detail: "Key (email)=(kim@example.org) already exists.",
            hint: nil,
            schema: "t_bb",
            table: "requester",
            column: nil,
            constraint: "x",
            statement: "INSERT"
        )
    }

    private func caseName(_ error: StorageError) -> String {
        switch error {
        case .conflict: "conflict"
        case .overloaded: "overloaded"
        case .timedOut: "timedOut"
        case .full: "full"
        default: "?"
        }
    }
}
