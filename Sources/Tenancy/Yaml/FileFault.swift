/// One thing wrong with one file, at one place.
///
/// Reads as one line: `tenants/lakeside/services.yml:12:5: unknown key "servce_code"; did you mean service_code?`
public struct FileFault: Error, Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file as its reader named it.
    public let file: String

    /// Line, from 1; 0 when the fault is the whole file's, such as its absence.
    public let line: Int

    /// Column, from 1, in characters; 0 when the fault is the whole line's or file's.
    public let column: Int

    /// What is wrong and what would be right.
    public let message: String

    /// All parts.
    public init(file: String, line: Int = 0, column: Int = 0, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// The form that editors and terminals jump to.
    public var description: String {
        let place = [line, column].prefix { $0 > 0 }.map { ":\($0)" }.joined()
        return "\(file)\(place): \(message)"
    }

    /// By file, then from top to bottom.
    public static func < (left: FileFault, right: FileFault) -> Bool {
        (left.file, left.line, left.column, left.message) < (right.file, right.line, right.column, right.message)
    }
}
