/// One value of a row as the server sent it, in binary form.
///
/// It points into the result it comes from and is valid only inside the initialiser it is handed to.
public struct PostgresCell {
    /// The type of the column (or of the array's element).
    public let type: PostgresType

    let bytes: UnsafeRawBufferPointer?

    /// True for NULL.
    public var isNull: Bool {
        bytes == nil
    }

    /// The bytes of the value, valid only while the value is being decoded.
    /// - Throws: `unexpectedNull` for NULL.
    public func required() throws(PostgresDecodingFault) -> UnsafeRawBufferPointer {
        guard let bytes else { throw .unexpectedNull }
        return bytes
    }

    /// Throws unless the type is one of `accepted`.
    public func expect(_ accepted: PostgresType..., for expected: String) throws(PostgresDecodingFault) {
        guard accepted.contains(type) else { throw .typeMismatch(expected: expected, actual: type) }
    }

    /// The whole value as one integer, most significant byte first.
    public func integer<Value: FixedWidthInteger>(
        _ kind: Value.Type
    ) throws(PostgresDecodingFault) -> Value {
        let bytes = try required()
        guard bytes.count == MemoryLayout<Value>.size else { throw .malformed("length \(bytes.count)") }
        return Value(bigEndian: bytes.loadUnaligned(as: Value.self))
    }

    func reader() throws(PostgresDecodingFault) -> CellReader {
        CellReader(bytes: try required())
    }
}

/// Reads a composed value from front to back and never past its end.
struct CellReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var remaining: Int {
        bytes.count - position
    }

    mutating func integer<Value: FixedWidthInteger>(
        _ kind: Value.Type
    ) throws(PostgresDecodingFault) -> Value {
        let size = MemoryLayout<Value>.size
        guard remaining >= size else { throw .malformed("value too short") }
        defer { position += size }
        return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Value.self))
    }

    mutating func bytes(_ count: Int) throws(PostgresDecodingFault) -> UnsafeRawBufferPointer {
        guard count <= remaining else { throw .malformed("value too short") }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }
}
