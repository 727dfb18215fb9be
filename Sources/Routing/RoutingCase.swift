import Domain

/// One fully stated case: one municipality, at most one road and one asset, one moment.
///
/// What is ambiguous becomes several cases.
struct RoutingCase {
    let part: ServicePart

    /// The municipality; nil outside every one that is known.
    var municipality: JurisdictionID?

    /// Whether the municipality is a tenant here; only rules marked `everywhere` reach beyond members.
    var isMember: Bool

    var road: NearbyRoad?

    /// Owner and kind of owner on the day, agreed changes taken into account.
    var roadOwner: String?
    var roadOwnerKind: RoadOwnerKind?

    /// The asset that is meant, when the matter is about one.
    var asset: NearbyAsset?

    var answers: Answers
    var propertyType: String?
    let areas: [CoveringArea]
    let day: CalendarDay

    /// Minute of the local day, 0 to 1439.
    let minute: Int

    /// Whether every condition holds; the days of validity may be left out of account to find what the law was or will be.
    func meets(_ conditions: RuleConditions, onAnyDay: Bool = false) -> Bool {
        guard isMember || conditions.everywhere || municipality.map(conditions.municipalities.contains) ?? false else {
            return false
        }
        if !onAnyDay {
            if let from = conditions.validFrom, day < from { return false }
            if let until = conditions.validUntil, day > until { return false }
        }
        if !conditions.municipalities.isEmpty {
            guard let municipality, conditions.municipalities.contains(municipality) else { return false }
        }
        if !conditions.roadOwners.isEmpty {
            guard let roadOwnerKind, conditions.roadOwners.contains(roadOwnerKind) else { return false }
        }
        if !conditions.roads.isEmpty {
            guard let road, conditions.roads.contains(where: road.isMeant) else { return false }
        }
        if let stretch = conditions.kilometres, !stretch.contains(road?.km) { return false }
        if let kind = conditions.roadOperator {
            guard let road, kind.holds(for: road, owner: roadOwner) else { return false }
        }
        if let facts = conditions.asset {
            guard let asset, facts.holds(for: asset) else { return false }
        }
        if !conditions.roadClasses.isEmpty {
            guard let road, conditions.roadClasses.contains(road.roadClass) else { return false }
        }
        if let speed = conditions.speedLimit, !speed.contains(road?.speedLimit) { return false }
        if !conditions.propertyTypes.isEmpty {
            guard let propertyType, conditions.propertyTypes.contains(propertyType) else { return false }
        }
        for (question, keys) in conditions.answers {
            guard answers[question].contains(where: keys.contains) else { return false }
        }
        for (layer, ids) in conditions.areas {
            let isAny = ids.contains(RuleConditions.anyArea)
            guard areas.contains(where: { $0.layer.rawValue == layer && (isAny || ids.contains($0.id)) }) else {
                return false
            }
        }
        if let hours = conditions.hours, !hours.contains(minute: minute) { return false }
        if let season = conditions.season, !season.contains(day) { return false }
        return true
    }

    /// The same case at another road and asset.
    func at(_ spot: Spot) -> RoutingCase {
        guard let asset = spot.asset else { return on(spot.road) }
        var changed = on(spot.road)
        changed.asset = asset
        return changed
    }

    /// The same case on another road.
    func on(_ road: NearbyRoad?) -> RoutingCase {
        var changed = self
        changed.road = road
        let ownership = road?.ownership(onISODate: day.description)
        changed.roadOwner = ownership?.owner
        changed.roadOwnerKind = ownership?.kind
        return changed
    }
}
