/// Why a column could not be read as a Swift value.
public enum PostgresDecodingFault: Error, Sendable, Hashable {
    /// The result has no column of that name or number.
    case noSuchColumn

    /// The value is NULL and the type asked for is not optional.
    case unexpectedNull

    /// The column's type cannot be read as the type asked for.
    case typeMismatch(expected: String, actual: PostgresType)

    /// The value is of the right type but not one the Swift type can hold.
    case outOfRange(String)

    /// The bytes are not what the column's type promises.
    case malformed(String)
}
