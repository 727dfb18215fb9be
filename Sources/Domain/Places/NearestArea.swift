/// An area that does not cover the place, and how far away its border is.
public struct NearestArea: Sendable, Hashable, Codable {
    /// The area.
    public let area: CoveringArea

    /// Metres over the ground from the place to the nearest point of the area's border.
    public let metres: Double

    /// An area at a distance.
    public init(area: CoveringArea, metres: Double) {
        self.area = area
        self.metres = metres
    }
}
