/// What an ``AddressBook`` holds, column by column: no object for a row, nothing that changes.
///
/// Streets are ordered by name, type, direction and municipality; addresses by street, number and suffix.
struct BookArrays: Sendable {
    /// Stands for "none" in columns of positions.
    static let none16 = UInt16.max
    static let none32 = UInt32.max
    static let noDay = Int32.min

    var places: [AddressPlace] = []
    var suffixes: [String] = [""]
    var names = NameIndex(sorted: [])
    /// For each name where its streets begin; one more than names.
    var nameStreets: [UInt32] = [0]

    var displayBytes: [UInt8] = []
    var displayStarts: [UInt32] = [0]

    var streetType: [UInt8] = []
    var streetDirection: [UInt8] = []
    var streetDisplay: [UInt32] = []
    /// Place whose polygon covers the addresses, or else the stated one.
    var streetMunicipality: [UInt16] = []
    /// Place that the register states, where it is another.
    var streetStated: [UInt16] = []
    var streetCommunity: [UInt16] = []
    /// The street that a former or other name stands for.
    var streetTarget: [UInt32] = []
    /// Last day of a former name, days since 1970.
    var streetUntil: [Int32] = []
    /// For each street where its addresses begin; one more than streets.
    var streetFirst: [UInt32] = [0]

    /// Number in the upper 24 bits, position of the suffix in the lower 8.
    var numbers: [UInt32] = []
    /// In 1e-7 degree, some 11 mm.
    var latitudes: [Int32] = []
    var longitudes: [Int32] = []
    /// Packed postal codes; empty when the register has none.
    var postalCodes: [UInt32] = []

    var streetCount: Int { streetType.count }

    func display(_ street: Int) -> String {
        let text = Int(streetDisplay[street])
        return String(decoding: displayBytes[Int(displayStarts[text])..<Int(displayStarts[text + 1])], as: UTF8.self)
    }

    /// Positions of a street's addresses.
    func addresses(_ street: Int) -> Range<Int> { Int(streetFirst[street])..<Int(streetFirst[street + 1]) }

    /// Bytes of all columns.
    var byteCount: Int {
        numbers.count * 12 + postalCodes.count * 4 + streetCount * 28 + displayBytes.count + displayStarts.count * 4
            + nameStreets.count * 4 + names.bytes.count + names.starts.count * 4 + names.formHashes.count * 8
            + names.gramStarts.count * 4 + names.gramNames.count * 4
    }
}
