public import Domain
import Geo

/// What is added to the facts of a place when the matter is about an asset, or when the person called the road by a name.
extension Geography {
    /// How far the asset that a person picked may lie from the place they gave, in metres: the wrong end of a block, not of the town.
    static let farthestPickedAsset = 500.0

    /// How far a road that a person named may lie from the place they gave, in metres.
    static let farthestNamedRoad = 150.0

    /// The facts with the assets of a kind in reach, and with the one a person picked although it lies further off.
    func adding(_ kind: AssetKind, chosen: String?, to facts: PlaceFacts, at place: Coordinate) -> PlaceFacts {
        let index = index.assets
        var near = index.near(place, kind: kind)
        if let chosen, chosen != DecisionQuery.doNotKnow, !near.contains(where: { $0.isCalled(chosen) }) {
            let picked = index.called(chosen, kind: kind, from: place).map(\.asset)
                .filter { $0.metres <= Self.farthestPickedAsset }
                .min { ($0.metres, $0.id) < ($1.metres, $1.id) }
            if let picked { near.append(picked) }
        }
        return near.isEmpty ? facts : facts.with(assets: near)
    }

    /// The facts with the roads of a name that lie just beyond the tolerance, when none within it is called so.
    func adding(roadCalled name: String, to facts: PlaceFacts, at place: Coordinate) -> PlaceFacts {
        let key = RoadNameKey(name)
        func isCalled(_ road: NearbyRoad) -> Bool {
            RoadNameKey(road.name) == key || road.aliases.contains { RoadNameKey($0.name) == key }
        }
        guard !facts.roads.contains(where: isCalled) else { return facts }
        let further = index.roads(within: Self.farthestNamedRoad, of: place).filter(isCalled)
        return further.isEmpty ? facts : facts.with(roads: facts.roads + further)
    }

    /// The facts of the place where an asset stands, when a person gave its id or number and no place; nil when it is none or several.
    ///
    /// - Parameter municipality: The municipality they named, which settles it where two towns paint one number.
    func facts(ofAsset name: String, kind: AssetKind, in municipality: String?) -> PlaceFacts? {
        guard name != DecisionQuery.doNotKnow else { return nil }
        let found = index.assets.called(name, kind: kind).map { (asset: $0.asset, facts: facts(at: $0.position)) }
        let fitting = found.filter { found in
            municipality == nil
                || found.facts.municipality.covering.contains {
                    ($0.jurisdictionID?.rawValue ?? $0.id.rawValue) == municipality
                }
        }
        guard fitting.count == 1, let only = fitting.first else { return nil }
        return only.facts.with(assets: [only.asset])
    }
}
