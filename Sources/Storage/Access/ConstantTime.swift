import Foundation

/// Comparing secrets without telling by the time it takes how far they agree.
enum ConstantTime {
    /// Whether two byte strings are equal and not empty; takes the same time wherever they differ.
    static func equal(_ left: Data, _ right: Data) -> Bool {
        guard left.count == right.count, !left.isEmpty else { return false }
        return zip(left, right).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
