import Addresses
import Domain
import Geo

/// Says which municipality's polygon an address point lies in.
struct MunicipalityOfPoint {
    /// What was found.
    enum Finding {
        /// One municipality, or the stated one of several.
        case inside(CoveringArea)
        /// None, but one is near.
        case outside
        /// The two halves of the point are swapped: turned round it lies in a municipality.
        case swapped
        /// Nowhere near.
        case far
        /// There are no boundaries to say.
        case unknown
    }

    private let index: BoundaryIndex
    private let isMunicipality: [Bool]
    private let hasMunicipalities: Bool
    private var found: [UInt32] = []

    init(_ index: BoundaryIndex) {
        self.index = index
        isMunicipality = index.areas.map { $0.layer == .municipality }
        hasMunicipalities = isMunicipality.contains(true)
    }

    /// The municipalities themselves.
    var municipalities: [CoveringArea] { index.areas.filter { $0.layer == .municipality } }

    mutating func callAsFunction(_ point: Coordinate, stated: String?) -> Finding {
        guard hasMunicipalities else { return .unknown }
        if let area = area(at: point, stated: stated) { return .inside(area) }
        if let turned = try? Coordinate(latitudeNano: point.longitudeNano, longitudeNano: point.latitudeNano),
            area(at: turned, stated: stated) != nil
        {
            return .swapped
        }
        return index.facts(at: point).municipality.nearest.isEmpty ? .far : .outside
    }

    private mutating func area(at point: Coordinate, stated: String?) -> CoveringArea? {
        index.find(point, into: &found)
        var first: CoveringArea?
        for position in found where isMunicipality[Int(position)] {
            let area = index.areas[Int(position)]
            if let stated, found.count > 1, AddressPlace.isSame(stated, area.name) { return area }
            first = first ?? area
        }
        return first
    }
}
