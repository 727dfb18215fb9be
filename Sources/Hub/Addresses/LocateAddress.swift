import Addresses
public import Domain

/// Says where a civic address is: one place, several to be asked about, or nothing, always with what should be said beside it.
///
/// Looks only in memory; the same question gives the same answer until another set of addresses is activated.
public struct LocateAddress: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// An address as a person writes it.
    ///
    /// - Parameters:
    ///   - text: One line: number, street, unit, municipality, postal code, in any of the usual orders, English or French.
    ///   - municipality: Name or area id of the municipality when it is known beside the text; binding.
    public func callAsFunction(_ text: String, municipality: String? = nil) -> AddressAnswer {
        surroundings.settled(surroundings.addresses.book.locate(text, municipality: municipality))
    }

    /// An address in fields.
    public func callAsFunction(_ query: AddressQuery) -> AddressAnswer {
        surroundings.settled(surroundings.addresses.book.locate(query))
    }
}
