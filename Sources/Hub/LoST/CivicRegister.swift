import Domain
import LoST

/// What the register of addresses knows of a civic address below its municipality.
struct CivicRegister: Sendable, Hashable {
    /// Whether a register is in force.
    let isAvailable: Bool
    /// Elements that the register has as they were sent.
    let valid: [String]
    /// Elements that do not fit it.
    let invalid: [String]
    /// Where the address is, when the register has it to the door.
    let place: Coordinate?

    private static let streetElements = ["PRD", "RD", "A6", "STS", "POD"]

    /// Asks the register in force.
    init(_ address: CivicAddress, in towns: [CoveringArea], _ surroundings: Surroundings) {
        let number = Self.number(address)
        let words = [address["PRD"], address.street, address["STS"], address["POD"]].compactMap(\.self)
        let street = address.street == nil ? nil : words.joined(separator: " ")
        let answer = LocateAddress(surroundings)(
            AddressQuery(number: number, street: street, municipality: address["A3"], postalCode: address["PC"])
        )
        isAvailable = !answer.warnings.contains(.noAddresses)
        let candidate = answer.candidates.first { candidate in towns.contains { $0.id == candidate.municipalityID } }
        guard isAvailable, street != nil else {
            (valid, invalid, place) = ([], [], nil)
            return
        }
        let sentStreet = Self.streetElements.filter { address[$0] != nil }
        // A name that only resembles one in the register is not that one: an address is never corrected silently.
        guard let candidate, candidate.level != .municipality, !answer.warnings.contains(.corrected) else {
            (valid, invalid, place) = ([], sentStreet.filter { $0 == "RD" || $0 == "A6" }, nil)
            return
        }
        var valid = sentStreet
        var invalid: [String] = []
        switch candidate.level {
        case .exact: valid += ["HNO", "HNS"].filter { address[$0] != nil }
        case .interpolated: break
        case .street, .municipality: invalid += address["HNO"] == nil ? [] : ["HNO"]
        }
        if address["PC"] != nil, candidate.postalCode != nil || answer.warnings.contains(.postalCodeInvalid) {
            let isWrong = answer.warnings.contains(.postalCodeDiffers) || answer.warnings.contains(.postalCodeInvalid)
            if isWrong { invalid.append("PC") } else { valid.append("PC") }
        }
        self.valid = valid
        self.invalid = invalid
        place = candidate.level.isAtTheDoor && answer.candidates.count == 1 ? candidate.coordinate : nil
    }

    /// House number and its suffix: `HNO` 12 with `HNS` A, or `HNO` 12A.
    private static func number(_ address: CivicAddress) -> HouseNumber? {
        guard let text = address["HNO"] else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let value = Int(digits) else { return nil }
        let rest = text.dropFirst(digits.count).filter { !$0.isWhitespace }
        return HouseNumber(value, suffix: rest.isEmpty ? address["HNS"] ?? "" : String(rest))
    }
}
