public import Domain
import Foundation

extension Coordinate {
    /// Metres to another place over a sphere, good to half a per cent at any distance: to tell a neighbour from another continent.
    public func metresOnSphere(to other: Coordinate) -> Double {
        let radians = Double.pi / 180
        let up = sin((latitude - other.latitude) * radians / 2)
        let across = sin((longitude - other.longitude) * radians / 2)
        let chord = up * up + cos(latitude * radians) * cos(other.latitude * radians) * across * across
        return 2 * 6_371_007 * asin(min(chord.squareRoot(), 1))
    }
}
