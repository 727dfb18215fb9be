public import Foundation

/// A set of civic addresses, without its rows.
public struct StoredAddressSet: Sendable, Hashable, Identifiable {
    /// Its number; counts up from 1.
    public let id: Int

    /// How far it has come.
    public let state: State

    /// What whoever imported it wrote.
    public let note: String

    /// Digest of what it was imported from; the same files give the same digest.
    public let digest: String

    /// The boundary generation that told the municipality of each point; nil when there was none.
    public let generation: Int?

    /// How many addresses it has, units counted.
    public let count: Int

    /// What the import found.
    public let report: StoredJSON?

    /// When it was imported.
    public let importedAt: Date

    /// States of a set; in force is none of them, that is a matter of time.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Rows are coming in; one that stays so was cut off and is removed by the next import.
        case importing
        /// Good to be switched on.
        case checked
        /// Not good; never switched on.
        case refused
    }
}

/// One address of a set as it is stored.
public struct StoredAddress: Sendable, Hashable {
    /// Position in the set, by street and number.
    public var position: Int
    /// The civic number.
    public var number: Int
    /// Letter or fraction after it; empty when there is none.
    public var suffix: String
    /// The unit; nil for the building.
    public var unit: String?
    /// Street with type and direction.
    public var street: String
    /// Id of the municipality whose polygon covers the point.
    public var municipalityID: String?
    /// Its name.
    public var municipality: String?
    /// The municipality that the register states, where it is another.
    public var statedMunicipality: String?
    /// Community, when the register names one.
    public var community: String?
    /// Postal code.
    public var postalCode: String?
    /// Latitude in billionths of a degree.
    public var latitudeNano: Int64
    /// Longitude in billionths of a degree.
    public var longitudeNano: Int64

    /// An address from its parts.
    public init(
        position: Int,
        number: Int,
        suffix: String,
        unit: String?,
        street: String,
        municipalityID: String?,
        municipality: String?,
        statedMunicipality: String?,
        community: String?,
        postalCode: String?,
        latitudeNano: Int64,
        longitudeNano: Int64
    ) {
        self.position = position
        self.number = number
        self.suffix = suffix
        self.unit = unit
        self.street = street
        self.municipalityID = municipalityID
        self.municipality = municipality
        self.statedMunicipality = statedMunicipality
        self.community = community
        self.postalCode = postalCode
        self.latitudeNano = latitudeNano
        self.longitudeNano = longitudeNano
    }
}
