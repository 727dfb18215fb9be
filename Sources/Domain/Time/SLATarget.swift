/// Time a tenant allows itself for one clock (review or completion) of one kind of service request.
///
/// Half units are allowed where the unit is an hour (`0.5` business hours); elsewhere the amount is whole.
public struct SLATarget: Sendable, Hashable, Codable, CustomStringConvertible {
    /// How the amount is counted.
    ///
    /// The raw value ends the key in YAML: `complete_within_business_days`.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        /// Elapsed minutes on the absolute time line.
        case minutes
        /// Elapsed hours on the absolute time line.
        case hours
        /// Open minutes of the tenant's calendar, sixty to the hour.
        case businessHours = "business_hours"
        /// Business days; due at closing time.
        case businessDays = "business_days"
        /// Calendar days; due at the same local time.
        case days
        /// Seven calendar days each; due at the same local time.
        case weeks

        /// Largest amount that is still a service standard and no slip of the pen: about ten years.
        public var largestAmount: Int {
            switch self {
            case .minutes: 5_256_000
            case .hours: 87_600
            case .businessHours: 30_000
            case .businessDays, .days: 3_650
            case .weeks: 520
            }
        }

        /// Whether half a unit may be asked for.
        public var allowsHalves: Bool { self == .hours || self == .businessHours }
    }

    /// Twice the number of units; greater than zero, even unless the unit is an hour.
    public let halfUnits: Int

    /// How the amount is counted.
    public let unit: Unit

    /// An amount that cannot be a target.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// The amount given.
        public let amount: Double
        /// Its unit.
        public let unit: Unit

        /// The fault and what would be right.
        public var description: String {
            let step = unit.allowsHalves ? "halves are allowed" : "whole numbers only"
            return
                "\(amount) \(unit.rawValue) is no target; from above 0 to \(unit.largestAmount), \(step)"
        }
    }

    /// Makes a target.
    /// - Throws: ``Invalid`` when the amount is zero or less, too large, or no (half) number of units.
    public init(amount: Double, _ unit: Unit) throws(Invalid) {
        guard amount > 0, amount <= Double(unit.largestAmount), amount * 2 == (amount * 2).rounded()
        else {
            throw Invalid(amount: amount, unit: unit)
        }
        let halfUnits = Int(amount * 2)
        guard unit.allowsHalves || halfUnits.isMultiple(of: 2) else {
            throw Invalid(amount: amount, unit: unit)
        }
        self.halfUnits = halfUnits
        self.unit = unit
    }

    /// Makes a target of whole units.
    /// - Throws: ``Invalid`` when the amount is zero or less or too large.
    public init(amount: Int, _ unit: Unit) throws(Invalid) {
        try self.init(amount: Double(amount), unit)
    }

    /// Number of units.
    public var amount: Double { Double(halfUnits) / 2 }

    /// `4 business_days`.
    public var description: String {
        "\(halfUnits.isMultiple(of: 2) ? String(halfUnits / 2) : String(amount)) \(unit.rawValue)"
    }

    private enum CodingKeys: String, CodingKey {
        case amount, unit
    }

    /// Reads `{"amount": 4, "unit": "business_days"}` and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            amount: try container.decode(Double.self, forKey: .amount),
            try container.decode(Unit.self, forKey: .unit)
        )
    }

    /// Writes `{"amount": 4, "unit": "business_days"}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(amount, forKey: .amount)
        try container.encode(unit, forKey: .unit)
    }
}
