/// Number of a boundary generation: one dated set of boundaries and roads, loaded, checked and activated as a whole.
public struct GenerationID: RawRepresentable, Sendable, Hashable {
    /// Counts up from 1 in the order the generations were imported.
    public let rawValue: Int

    /// A generation by its number.
    public init(_ number: Int) { rawValue = number }

    /// A generation by its number.
    public init(rawValue: Int) { self.rawValue = rawValue }
}

extension GenerationID: Comparable, CustomStringConvertible {
    /// Earlier imports first.
    public static func < (left: GenerationID, right: GenerationID) -> Bool { left.rawValue < right.rawValue }

    /// The number.
    public var description: String { String(rawValue) }
}

extension GenerationID: Codable {
    /// Reads a plain number.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int.self)
    }

    /// Writes a plain number.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(rawValue)
    }
}
