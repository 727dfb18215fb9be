public import Domain

/// Every civic address of one set, compiled for look-up: immutable, shared freely, small.
public struct AddressBook: Sendable {
    /// A book without any address: it answers every question with ``AddressWarning/noAddresses``.
    public static let empty = AddressBook()

    /// How many addresses it holds.
    public var count: Int { 0 }

    init() {}

    /// Where an address in words may be.
    public func locate(_ text: String, municipality: String? = nil) -> AddressAnswer {
        locate(AddressQuery(street: text, municipality: municipality))
    }

    /// Where an address in fields may be.
    public func locate(_ query: AddressQuery) -> AddressAnswer {
        AddressAnswer(query: query, isCertain: false, candidates: [], warnings: [.noAddresses])
    }

    /// Addresses that may be meant by a text still being typed, best first.
    public func suggest(_ text: String, municipality: String? = nil, limit: Int = 8) -> [AddressCandidate] {
        []
    }
}
