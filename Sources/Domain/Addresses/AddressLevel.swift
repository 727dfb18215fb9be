/// How near to the door an address was found, best first.
public enum AddressLevel: String, Sendable, Hashable, Codable, CaseIterable {
    /// The number itself is known.
    case exact
    /// The number lies between two known ones of its side of the street; the point is between theirs.
    case interpolated
    /// Only the street is known: its middle, or the nearest number that is known on it.
    case street
    /// Only the municipality or community is known.
    case municipality

    /// Whether the point is good enough to decide by.
    public var isAtTheDoor: Bool { self == .exact || self == .interpolated }
}
