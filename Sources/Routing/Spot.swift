import Domain

/// What a case is about at its place: a road, an asset with the road it stands on, or neither.
struct Spot {
    let road: NearbyRoad?
    var asset: NearbyAsset?

    /// Neither.
    static let none = Spot(road: nil)
}

/// The roads or assets that come into question for one query, nearest first, and those that an answer has ruled out.
struct Spots {
    /// At least one.
    private(set) var considered: [Spot] = [.none]
    private(set) var ruledOut: [Spot] = []
    private(set) var flags: [String] = []

    /// - Parameter day: the local day; an asset counts while it is in service, a name while it is understood.
    init(_ query: DecisionQuery, subject: PartDefinition.Subject?, day: CalendarDay) {
        switch subject {
        case nil, .place: return
        case .road: takeRoads(query, day: day)
        case .asset(let kind):
            if !takeAssets(query, kind: kind, day: day), kind.isPartOfRoad { takeRoads(query, day: day) }
        }
    }

    private mutating func take(_ considered: [Spot], without others: [Spot]) {
        self.considered = considered
        ruledOut = others
    }

    // MARK: Roads

    private mutating func takeRoads(_ query: DecisionQuery, day: CalendarDay) {
        var near = query.place.roads
        guard !near.isEmpty else {
            if query.roadName != nil { flags.append(Decision.Flag.roadNameUnknown) }
            return
        }
        var unsaid: [NearbyRoad] = []
        if let name = query.roadName {
            let key = RoadNameKey(name)
            let date = day.description
            let called = near.filter { $0.isCalled(key, onISODate: date) }
            if called.isEmpty {
                flags.append(Decision.Flag.roadNameUnknown)
            } else {
                flags.append(Decision.Flag.roadByName)
                unsaid = near.filter { road in !called.contains { $0.id == road.id } }
                near = called
            }
        }
        let rest = unsaid.map { Spot(road: $0) }
        switch query.chosenRoad {
        case nil: take(near.map { Spot(road: $0) }, without: rest)
        case DecisionQuery.doNotKnow:
            flags.append(Decision.Flag.notKnown)
            take([Spot(road: near[0])], without: near.dropFirst().map { Spot(road: $0) } + rest)
        case let id?:
            let all = near + unsaid
            guard let chosen = all.first(where: { $0.id == id }) else {
                flags.append(Decision.Flag.choiceIgnored)
                return take(near.map { Spot(road: $0) }, without: rest)
            }
            take([Spot(road: chosen)], without: all.filter { $0.id != id }.map { Spot(road: $0) })
        }
    }

    // MARK: Assets

    /// - Returns: Whether any asset of the kind is near, in service on the day.
    private mutating func takeAssets(_ query: DecisionQuery, kind: AssetKind, day: CalendarDay) -> Bool {
        guard !query.place.assets.isEmpty else {
            if query.chosenAsset.map({ $0 != DecisionQuery.doNotKnow }) ?? false {
                flags.append(Decision.Flag.choiceIgnored)
            }
            return false
        }
        let date = day.description
        let near = query.place.assets.filter { $0.kind == kind && $0.isInService(onISODate: date) }
        func spot(_ asset: NearbyAsset) -> Spot {
            let roads = query.place.roads
            let own = roads.first { $0.id == asset.road }
            return Spot(road: own ?? (kind.isPartOfRoad ? roads.first : nil), asset: asset)
        }
        guard let nearest = near.first else {
            if query.chosenAsset != nil { flags.append(Decision.Flag.choiceIgnored) }
            return false
        }
        // One that only the answer brought here, from beyond the tolerance, is no candidate of its own.
        let inReach = near.filter { $0.metres <= kind.toleranceMetres }
        switch query.chosenAsset {
        case nil:
            take((inReach.isEmpty ? [nearest] : inReach).map(spot), without: [])
        case DecisionQuery.doNotKnow:
            flags.append(Decision.Flag.notKnown)
            take([spot(nearest)], without: near.dropFirst().map(spot))
        case let name?:
            guard let chosen = near.first(where: { $0.isCalled(name) }) else {
                flags.append(Decision.Flag.choiceIgnored)
                guard !inReach.isEmpty else { return false }
                take(inReach.map(spot), without: [])
                return true
            }
            take([spot(chosen)], without: near.filter { $0.id != chosen.id }.map(spot))
        }
        return true
    }
}
