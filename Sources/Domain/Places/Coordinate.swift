/// A place on the earth in WGS 84, held exactly: whole billionths of a degree, never a rounded double.
///
/// One unit is 1e-9 degree, about 0.1 mm. Whole numbers make the border rule the same on every machine and after every rebuild.
public struct Coordinate: Sendable, Hashable {
    /// Units of one degree.
    public static let unitsPerDegree: Int64 = 1_000_000_000

    /// Latitude in billionths of a degree, -90e9 (south) to 90e9 (north).
    public let latitudeNano: Int64

    /// Longitude in billionths of a degree, -180e9 (west) to 180e9 (east).
    public let longitudeNano: Int64

    /// A place from whole billionths of a degree.
    ///
    /// - Throws: ``Invalid`` when a value lies outside the earth.
    public init(latitudeNano: Int64, longitudeNano: Int64) throws(Invalid) {
        guard latitudeNano.magnitude <= 90_000_000_000 else {
            throw Invalid(.latitude, value: DecimalDegrees.text(of: latitudeNano), .outOfRange)
        }
        guard longitudeNano.magnitude <= 180_000_000_000 else {
            throw Invalid(.longitude, value: DecimalDegrees.text(of: longitudeNano), .outOfRange)
        }
        self.latitudeNano = latitudeNano
        self.longitudeNano = longitudeNano
    }

    /// A place that was checked before, such as a vertex of a stored boundary.
    @inlinable
    public init(trustedLatitudeNano latitude: Int64, longitudeNano longitude: Int64) {
        latitudeNano = latitude
        longitudeNano = longitude
    }

    /// A place from degrees, rounded to the nearest billionth.
    ///
    /// - Throws: ``Invalid`` when a value is not finite or lies outside the earth.
    public init(latitude: Double, longitude: Double) throws(Invalid) {
        guard latitude.isFinite else { throw Invalid(.latitude, value: "\(latitude)", .notDecimal) }
        guard longitude.isFinite else { throw Invalid(.longitude, value: "\(longitude)", .notDecimal) }
        guard latitude.magnitude <= 90 else { throw Invalid(.latitude, value: "\(latitude)", .outOfRange) }
        guard longitude.magnitude <= 180 else { throw Invalid(.longitude, value: "\(longitude)", .outOfRange) }
        latitudeNano = Int64((latitude * 1e9).rounded())
        longitudeNano = Int64((longitude * 1e9).rounded())
    }

    /// A place from plain decimal text, `44.20517` and `-79.3`, read exactly; digits past the ninth are rounded.
    ///
    /// - Throws: ``Invalid`` for anything else: a comma, an exponent, `0x10`, `NaN`, blanks, or a value outside the earth.
    public init(latitudeText: String, longitudeText: String) throws(Invalid) {
        guard let latitude = DecimalDegrees.nano(of: latitudeText) else {
            throw Invalid(.latitude, value: latitudeText, .notDecimal)
        }
        guard let longitude = DecimalDegrees.nano(of: longitudeText) else {
            throw Invalid(.longitude, value: longitudeText, .notDecimal)
        }
        guard latitude.magnitude <= 90_000_000_000 else {
            throw Invalid(.latitude, value: latitudeText, .outOfRange)
        }
        guard longitude.magnitude <= 180_000_000_000 else {
            throw Invalid(.longitude, value: longitudeText, .outOfRange)
        }
        latitudeNano = latitude
        longitudeNano = longitude
    }

    /// Latitude in degrees; exact enough to round back to ``latitudeNano``.
    public var latitude: Double { Double(latitudeNano) / 1e9 }

    /// Longitude in degrees; exact enough to round back to ``longitudeNano``.
    public var longitude: Double { Double(longitudeNano) / 1e9 }

    /// Latitude as a plain decimal without exponent or trailing zeros.
    public var latitudeText: String { DecimalDegrees.text(of: latitudeNano) }

    /// Longitude as a plain decimal without exponent or trailing zeros.
    public var longitudeText: String { DecimalDegrees.text(of: longitudeNano) }
}

extension Coordinate: CustomStringConvertible {
    /// Latitude, a comma, longitude: `44.2051,-79.3`.
    public var description: String { "\(latitudeText),\(longitudeText)" }
}

extension Coordinate: Codable {
    private enum CodingKeys: String, CodingKey {
        case latitude, longitude
    }

    /// Reads `{"latitude": 44.2051, "longitude": -79.3}`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            latitude: values.decode(Double.self, forKey: .latitude),
            longitude: values.decode(Double.self, forKey: .longitude)
        )
    }

    /// Writes `{"latitude": 44.2051, "longitude": -79.3}`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(latitude, forKey: .latitude)
        try values.encode(longitude, forKey: .longitude)
    }
}

extension Coordinate {
    /// Why two values are no place on the earth: which one, what it was, what would be right.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// The half of the coordinate at fault.
        public enum Axis: String, Sendable, Hashable {
            /// North and south.
            case latitude
            /// East and west.
            case longitude
        }

        /// What is wrong with the value.
        public enum Fault: Sendable, Hashable {
            /// Not a plain decimal number.
            case notDecimal
            /// Not on the earth.
            case outOfRange
        }

        /// The half of the coordinate at fault.
        public let axis: Axis

        /// The value as given, cut to 40 characters.
        public let value: String

        /// What is wrong with it.
        public let fault: Fault

        init(_ axis: Axis, value: String, _ fault: Fault) {
            self.axis = axis
            self.value = String(value.prefix(40))
            self.fault = fault
        }

        /// What would have been right.
        public var expected: String {
            switch axis {
            case .latitude: "degrees as a plain decimal between -90 and 90, for example 44.2051"
            case .longitude: "degrees as a plain decimal between -180 and 180, for example -79.3"
            }
        }

        /// One sentence naming the field and the remedy.
        public var description: String {
            switch fault {
            case .notDecimal: "\(axis.rawValue) is not a plain decimal number; expected \(expected)"
            case .outOfRange: "\(axis.rawValue) is outside the earth; expected \(expected)"
            }
        }
    }
}
