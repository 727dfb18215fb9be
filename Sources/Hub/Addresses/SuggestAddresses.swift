import Addresses
public import Domain

/// Offers addresses while somebody types: the last word may be unfinished, and small slips of spelling are forgiven.
public struct SuggestAddresses: Sendable {
    /// Most suggestions that are given.
    public static let most = 20

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Addresses that may be meant, best first.
    ///
    /// - Parameters:
    ///   - text: What was typed so far.
    ///   - municipality: Name or area id of the municipality when it is known; binding.
    ///   - limit: Most suggestions wanted, 1 to ``most``.
    public func callAsFunction(_ text: String, municipality: String? = nil, limit: Int = 8) -> [AddressCandidate] {
        surroundings.addresses.book.suggest(
            text,
            municipality: municipality,
            limit: min(max(limit, 1), Self.most)
        ).map { surroundings.settled($0) }
    }
}
