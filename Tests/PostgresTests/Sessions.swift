import Postgres
import TestSupport

/// A session with an empty database of its own, removed afterwards.
func withSession<Value>(_ body: (PostgresConnection) async throws -> Value) async throws -> Value {
    let cluster = try await TestCluster.shared()
    return try await cluster.withDatabase { database in
        let connection = try await PostgresConnection.connect(cluster.settings(database: database))
        let value = try await body(connection)
        await connection.close()
        return value
    }
}

/// A session in the common database, for tests that make nothing.
func withCommonSession<Value>(_ body: (PostgresConnection) async throws -> Value) async throws -> Value {
    let connection = try await PostgresConnection.connect(try await TestCluster.shared().settings())
    let value = try await body(connection)
    await connection.close()
    return value
}
