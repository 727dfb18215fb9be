/// One statement: text written in the source code, with the values apart from it.
///
/// ```swift
/// let statement: SQL = "SELECT due_at FROM service_request WHERE service_request_id = \(id)"
/// ```
/// A `String` variable cannot become part of the text: literals are `StaticString`, and everything interpolated
/// becomes a bound value (`$1`, `$2`, …), a checked and quoted identifier, or another `SQL`.
public struct SQL: Sendable {
    /// The words, without the values.
    var shape = Shape()

    /// The values, in the order of their places.
    var values = BoundValues()

    /// The first thing wrong with what was interpolated; thrown when the statement is sent.
    var fault: PostgresError?

    init() {}

    /// A statement from a file of the program: the runner of migrations and the connection's own commands only.
    init(programText text: String) {
        shape.append(text: text)
    }

    /// Two fragments one after the other.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    /// Adds a fragment, whose values are numbered on.
    mutating func append(_ fragment: SQL) {
        shape.append(fragment.shape)
        values.append(fragment.values)
        fault = fault ?? fragment.fault
    }
}

extension Sequence<SQL> {
    /// The fragments one after the other with a separator between, for lists of conditions or columns.
    public func joined(separator: SQL) -> SQL {
        var result = SQL()
        for (index, fragment) in enumerated() {
            if index > 0 { result.append(separator) }
            result.append(fragment)
        }
        return result
    }
}
