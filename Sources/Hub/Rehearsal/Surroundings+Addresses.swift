import Addresses
import Domain

extension Surroundings {
    /// The addresses in force, for a rehearsal; nil while the hub has none.
    public var rehearsedAddresses: RehearsedAddresses? {
        let book = addresses.book
        guard book.count > 0 else { return nil }
        return RehearsedAddresses { each in
            try book.forEach { try each(RehearsedAddresses.Point(id: $0.text, place: $0.coordinate)) }
        }
    }
}
