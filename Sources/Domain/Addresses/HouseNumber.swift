/// A civic number with what follows it: `12`, `12A`, `12 1/2`.
public struct HouseNumber: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Largest number that is taken for a civic one.
    public static let largest = 9_999_999

    /// The number itself, 0 to ``largest``.
    public let value: Int

    /// A letter in upper case, or a fraction such as `1/2`; empty when there is none.
    public let suffix: String

    /// A number from its parts; nil when it is no civic number.
    public init?(_ value: Int, suffix: String = "") {
        guard (0...Self.largest).contains(value), suffix.utf8.count <= 3 else { return nil }
        self.value = value
        self.suffix = suffix.uppercased()
    }

    /// Number 0: a civic number in some registers.
    public static let zero = HouseNumber(trusted: 0)

    private init(trusted value: Int) {
        self.value = value
        suffix = ""
    }

    /// Which side of the street it usually stands on: even numbers face odd ones.
    public var isEven: Bool { value.isMultiple(of: 2) }

    /// As it is written on a door: `12A`, `12 1/2`.
    public var description: String { suffix.first?.isNumber == true ? "\(value) \(suffix)" : "\(value)\(suffix)" }

    /// By number, then by suffix.
    public static func < (left: HouseNumber, right: HouseNumber) -> Bool {
        (left.value, left.suffix) < (right.value, right.suffix)
    }
}
