/// Takes the data of COPY FROM STDIN; valid inside the closure it is handed to and nowhere else.
public final class CopyWriter {
    /// Data is sent on in pieces of this size.
    private static let pieceSize = 64 * 1024

    private let connection: PostgresConnection
    private var buffer: [UInt8] = []
    private var isOver = false

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Adds data in the format the COPY command names.
    /// - Throws: ``PostgresError/connectionLost(reason:)``; what the server thinks of the data shows at the end.
    public func write(_ bytes: some Sequence<UInt8>) async throws(PostgresError) {
        guard !isOver else { throw .transactionOver }
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.pieceSize { try await sendOn() }
    }

    func finish() async throws(PostgresError) {
        isOver = true
        if !buffer.isEmpty { try await sendOn() }
    }

    func invalidate() {
        isOver = true
    }

    private func sendOn() async throws(PostgresError) {
        let piece = buffer
        buffer = []
        try await connection.putCopyData(piece)
    }
}

/// Takes the rows of COPY FROM STDIN in binary form; valid inside the closure it is handed to and nowhere else.
public final class CopyRowWriter {
    /// Signature, flags and length of the header's extension (PostgreSQL documentation, COPY, "Binary Format").
    private static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [0, 0, 0, 0, 0, 0, 0, 0]

    private let writer: CopyWriter

    init(_ writer: CopyWriter) async throws(PostgresError) {
        self.writer = writer
        try await writer.write(Self.header)
    }

    /// Adds a row.
    ///
    /// Nothing is cast on this way: each value's type must be the column's (`Int32` for `integer`, `Int` for `bigint`).
    public func write<each Value: PostgresEncodable>(_ values: repeat each Value) async throws(PostgresError) {
        var bytes: [UInt8] = [0, 0]
        var count: Int16 = 0
        for value in repeat each values {
            count += 1
            guard let encoded = value.postgresBytes else {
                bytes.appendBigEndian(Int32(-1))
                continue
            }
            bytes.appendBigEndian(Int32(encoded.count))
            bytes += encoded
        }
        bytes[0] = UInt8(truncatingIfNeeded: count >> 8)
        bytes[1] = UInt8(truncatingIfNeeded: count)
        try await writer.write(bytes)
    }

    func finish() async throws(PostgresError) {
        try await writer.write([0xFF, 0xFF])
    }
}
