public import Domain

/// All decided ground of a generation, compiled for look-up; asked only where several areas cover a place or none does.
public struct DecidedGrounds: Sendable {
    /// A place this near the ground, in metres, lies in it: what rounding moved.
    private static let hair = 0.01

    private let grounds: [DecidedGround]
    private let owners: [LayerName: [AreaID: CoveringArea]]
    /// On the heap, since an index holds its decisions and decisions hold an index.
    private let indices: [BoundaryIndex]
    private let layers: [LayerName]
    private let outlines: SegmentGrid
    private let sides: [SegmentGrid]

    /// No decision at all.
    public static let none = DecidedGrounds([], areas: [])

    /// Compiles decided ground.
    ///
    /// - Parameter areas: The generation's areas; a decision for one that is not among them decides nothing.
    public init(_ grounds: [DecidedGround], areas: [CoveringArea]) {
        self.grounds = grounds
        var owners: [LayerName: [AreaID: CoveringArea]] = [:]
        for area in areas { owners[area.layer, default: [:]][area.id] = area }
        self.owners = owners
        layers = Set(grounds.map(\.decision.layer)).sorted()
        indices =
            grounds.isEmpty
            ? []
            : [
                BoundaryIndex(
                    grounds.enumerated().map { number, ground in
                        BoundaryFeature(
                            id: AreaID(trusted: String(number)),
                            layer: ground.decision.layer,
                            name: ground.finding,
                            geometry: ground.ground
                        )
                    }
                )
            ]
        outlines = SegmentGrid(
            grounds.enumerated().lazy.flatMap { number, ground in
                ground.ground.polygons.lazy.flatMap(\.rings).map { (owner: UInt32(number), line: $0) }
            }
        )
        sides = grounds.map { ground in
            SegmentGrid(
                ground.sides.enumerated().lazy.flatMap { number, side in
                    side.places.lazy.map { (owner: UInt32(number), line: $0) }
                }
            )
        }
    }

    /// Whether there is anything to ask.
    public var isEmpty: Bool { grounds.isEmpty }

    /// Who answers at a place by decision, layer by layer; nil where nothing was decided.
    ///
    /// - Parameter covering: Every area that covers the place, ordered by layer.
    public func owners(at place: Coordinate, covering: [CoveringArea]) -> [DecidedOwner]? {
        guard !isEmpty else { return nil }
        let found = layers.compactMap { layer in
            owner(in: layer, at: place, covering: covering.filter { $0.layer == layer })
        }
        return found.isEmpty ? nil : found
    }

    /// Who answers at a place by decision; nil where nothing was decided, or that it be left open.
    ///
    /// - Parameter covering: The areas of the layer that cover the place: several, or none.
    public func owner(in layer: LayerName, at place: Coordinate, covering: [CoveringArea]) -> DecidedOwner? {
        guard let index = indices.first, covering.count != 1 else { return nil }
        let claims = Set(covering.map(\.id))
        let inside = index.areas(at: place).filter { $0.layer == layer }.compactMap { Int($0.id.rawValue) }
        let beside = outlines.within(Self.hair, of: place).map { Int($0.owner) }
        for number in inside + beside {
            let ground = grounds[number]
            guard ground.decision.layer == layer else { continue }
            // On an overlap's ground only the areas decided about may claim the place; in a gap none does.
            let isAboutThese =
                covering.isEmpty
                ? ground.decision.matter == .gap
                : ground.decision.matter == .overlap && claims.isSubset(of: Set(ground.decision.areas))
            guard isAboutThese, let id = owner(ground, number, at: place), let area = owners[layer]?[id] else {
                continue
            }
            return DecidedOwner(area: area, by: ground.decision)
        }
        return nil
    }

    private func owner(_ ground: DecidedGround, _ number: Int, at place: Coordinate) -> AreaID? {
        switch ground.decision.verdict {
        case .leave: return nil
        case .priority(let owner): return owner
        case .split(.line(let line, let left, let right)):
            return DividingLine(line).isLeft(place) ? left : right
        case .split(.middle):
            // Ties go to the area that comes first in the stated order.
            let nearest = sides[number].nearest(to: place, reach: 50_000, count: ground.sides.count)
            guard let least = nearest.map(\.metres).min() else { return nil }
            let first = nearest.filter { $0.metres == least }.map(\.owner).min()
            return first.map { ground.sides[Int($0)].owner }
        }
    }
}

/// A line that divides ground: every place lies left of it, or right.
struct DividingLine {
    private let line: [Coordinate]

    init(_ line: [Coordinate]) { self.line = line }

    /// Whether a place lies left of the line, seen along it, or on it; by the nearest stretch, whose ends are thought to go on.
    func isLeft(_ place: Coordinate) -> Bool {
        let scale = GroundScale(around: place)
        func flat(_ vertex: Coordinate) -> (x: Double, y: Double) {
            (
                Double(vertex.longitudeNano - place.longitudeNano) * scale.metresPerLongitudeNano,
                Double(vertex.latitudeNano - place.latitudeNano) * scale.metresPerLatitudeNano
            )
        }
        var best = (distance: Double.infinity, turn: 0.0)
        for (from, to) in zip(line, line.dropFirst()) where from != to {
            let (a, b) = (flat(from), flat(to))
            let (dx, dy) = (b.x - a.x, b.y - a.y)
            let length = (dx * dx + dy * dy).squareRoot()
            let share = min(max(-(a.x * dx + a.y * dy) / (length * length), 0), 1)
            let (x, y) = (a.x + share * dx, a.y + share * dy)
            let distance = (x * x + y * y).squareRoot()
            let turn = (-a.y * dx + a.x * dy) / length
            // At a bend two stretches are equally near; the one that sees the place more from the side knows better.
            if distance < best.distance - 1e-6 || (distance < best.distance + 1e-6 && abs(turn) > abs(best.turn)) {
                best = (distance, turn)
            }
        }
        return best.turn >= 0
    }
}
