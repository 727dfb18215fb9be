import Addresses

/// What became of the rows of an import.
public struct AddressImportReport: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Number of the set.
    public var set = 0
    /// The same files were imported before, as this set; nothing was done.
    public var wasThere = false
    /// Rows read, headers not counted.
    public var rows = 0
    /// Addresses stored, units counted.
    public var addresses = 0
    /// Doors that can be found: buildings, not units.
    public var doors = 0
    /// Streets, one of two towns counted twice.
    public var streets = 0
    /// Rows that meant an address that was there already.
    public var merged = 0
    /// Rows that were not taken.
    public var rejected = 0
    /// Rejected rows by field.
    public var rejectedByField: [String: Int] = [:]
    /// Of those, rows whose latitude and longitude are swapped.
    public var swapped = 0
    /// Fields that were read as Windows-1252 because they were no UTF-8.
    public var recodedFields = 0
    /// Addresses whose point lies in another municipality than the register states; both are kept.
    public var overTheBorder = 0
    /// Addresses whose point lies in no municipality.
    public var outside = 0
    /// Addresses by municipality.
    public var byMunicipality: [String: Int] = [:]
    /// Other names whose street was not found.
    public var aliasesWithoutStreet: [String] = []
    /// Whether the set may be activated.
    public var passed = false

    private enum CodingKeys: String, CodingKey {
        case set, rows, addresses, doors, streets, merged, rejected, swapped, outside, passed
        case wasThere = "was_there"
        case rejectedByField = "rejected_by_field"
        case recodedFields = "recoded_fields"
        case overTheBorder = "over_the_border"
        case byMunicipality = "by_municipality"
        case aliasesWithoutStreet = "aliases_without_street"
    }

    /// Some lines for a person.
    public var description: String {
        if wasThere { return "set \(set): the same files were imported before" }
        var lines = [
            "set \(set): \(rows) rows, \(addresses) addresses at \(doors) doors on \(streets) streets; \(merged) merged, \(rejected) rejected"
        ]
        for (field, count) in rejectedByField.sorted(by: { $0.key < $1.key }) {
            lines.append("  rejected for \(field): \(count)")
        }
        if swapped > 0 { lines.append("  latitude and longitude swapped: \(swapped)") }
        if recodedFields > 0 { lines.append("  fields read as Latin-1 (Windows-1252): \(recodedFields)") }
        if overTheBorder > 0 { lines.append("  point in another municipality than stated: \(overTheBorder)") }
        if outside > 0 { lines.append("  point in no municipality: \(outside)") }
        for (name, count) in byMunicipality.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(20) {
            lines.append("  \(name): \(count)")
        }
        for name in aliasesWithoutStreet.prefix(20) { lines.append("  no street for the other name \(name)") }
        if !passed { lines.append("  it may not be activated: too few of its rows were taken") }
        return lines.joined(separator: "\n")
    }
}
