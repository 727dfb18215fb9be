/// Repair and clearing times of a road by its class: Ontario Regulation 239/02, "Minimum Maintenance Standards".
///
/// A day is 24 hours, so nothing here knows of business hours. The clock starts when the road authority becomes aware;
/// the snow clock starts when the snow has ended and the authority knows. Class 6 has no standard: the tenant's own
/// target holds there. Figures for potholes of classes 2 to 5 are taken from the regulation; the others are the tenant's to verify.
public struct RoadClassTargets: Sendable, Hashable, Codable {
    /// What is wrong with the road.
    public enum Defect: String, Sendable, Hashable, Codable, CaseIterable {
        /// A hole in a paved surface.
        case pothole
        /// Snow deeper than the class allows.
        case snow
    }

    /// One row: the smallest defect the standard speaks of, and the time to put it right.
    public struct Standard: Sendable, Hashable, Codable {
        /// Smallest surface of a pothole, square centimetres; nil for snow.
        public let minimumAreaSquareCentimetres: Int?

        /// Smallest depth of a pothole, or depth of snow, in millimetres.
        public let minimumDepthMillimetres: Int

        /// Elapsed hours to put it right.
        public let target: SLATarget

        /// One row of the table.
        public init(minimumAreaSquareCentimetres: Int?, minimumDepthMillimetres: Int, target: SLATarget) {
            self.minimumAreaSquareCentimetres = minimumAreaSquareCentimetres
            self.minimumDepthMillimetres = minimumDepthMillimetres
            self.target = target
        }
    }

    /// Rows by road class 1 to 6; a class without a standard has no row.
    public let pothole: [Int: Standard]

    /// Rows by road class 1 to 6; a class without a standard has no row.
    public let snow: [Int: Standard]

    /// A table, such as a tenant's that is stricter than the regulation.
    public init(pothole: [Int: Standard], snow: [Int: Standard]) {
        self.pothole = pothole
        self.snow = snow
    }

    /// The row for a defect on a road of a class; nil where there is no standard.
    ///
    /// The class comes as road data spell it: `3`, `class 3`, `MMS 3`.
    public func standard(for defect: Defect, roadClass: String) -> Standard? {
        guard let number = Self.number(ofClass: roadClass) else { return nil }
        return switch defect {
        case .pothole: pothole[number]
        case .snow: snow[number]
        }
    }

    /// Which row a service part asks for: snow for winter parts, potholes for the rest of the road.
    public static func defect(ofPart part: ServicePart) -> Defect {
        part.rawValue.hasPrefix("winter") ? .snow : .pothole
    }

    /// The regulation's table.
    public static let ontario = RoadClassTargets(
        pothole: [
            1: row(600, 80, hours: 4 * 24),
            2: row(800, 80, hours: 4 * 24),
            3: row(1000, 80, hours: 7 * 24),
            4: row(1000, 80, hours: 14 * 24),
            5: row(1000, 80, hours: 30 * 24),
        ].compactMapValues(\.self),
        snow: [
            1: row(nil, 25, hours: 4),
            2: row(nil, 50, hours: 6),
            3: row(nil, 80, hours: 12),
            4: row(nil, 80, hours: 16),
            5: row(nil, 100, hours: 24),
        ].compactMapValues(\.self)
    )

    private static func row(_ area: Int?, _ depth: Int, hours: Int) -> Standard? {
        guard let target = try? SLATarget(amount: hours, .hours) else { return nil }
        return Standard(
            minimumAreaSquareCentimetres: area,
            minimumDepthMillimetres: depth,
            target: target
        )
    }

    static func number(ofClass text: String) -> Int? {
        let digits = text.filter { ("0"..."9").contains($0) }
        return digits.count == 1 ? Int(digits) : nil
    }
}
