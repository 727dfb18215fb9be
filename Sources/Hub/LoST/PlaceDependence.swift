import Domain

/// What the lead of a part of service depends on inside one municipality, read off the rules themselves.
///
/// Where it depends on nothing but the municipality, a mapping holds in the whole of it; where roads, other areas or anything not known here
/// decide, the boundary given out is smaller (<doc:WhereAMappingHolds>).
struct PlaceDependence: Sendable, Hashable {
    /// Whether the road at the place decides.
    var roads = false
    /// Layers of which the area at the place decides.
    var layers: Set<LayerName> = []
    /// Whether a rule names something that is not understood here.
    var somethingElse = false
    /// Whether the hour decides: the answer may be another in a minute.
    var hours = false
    /// Whether the day decides: season, first or last day of a rule.
    var days = false

    /// Whether the mapping holds in the whole municipality.
    var isWholeMunicipality: Bool { !roads && layers.isEmpty && !somethingElse }

    init(part: ServicePart, municipality: JurisdictionID?, rules: RuleSet) {
        let subject = rules.parts.first { $0.part == part }?.subject
        let isRoadPart = subject == .road || subject?.assetKind?.isPartOfRoad ?? false
        for rule in rules.everyRule {
            let conditions = rule.conditions
            guard conditions.parts.contains(where: { $0.covers(part) }) else { continue }
            if let municipality, !conditions.municipalities.isEmpty, !conditions.municipalities.contains(municipality) {
                continue
            }
            switch rule.lead {
            case .roadOwner, .roadOperator: roads = roads || isRoadPart
            case .assetOwner, .assetOperator: somethingElse = true
            case .areaOwner(let layer): layers.insert(layer)
            case .municipality, .jurisdiction, .partner: break
            }
            // Of a part that is about the place, roads are no part of any case.
            if !conditions.roads.isEmpty || !conditions.roadOwners.isEmpty || !conditions.roadClasses.isEmpty
                || conditions.speedLimit != nil
            {
                roads = roads || isRoadPart
            }
            layers.formUnion(conditions.areas.keys.compactMap(LayerName.init(rawValue:)))
            hours = hours || conditions.hours != nil
            days = days || conditions.season != nil || conditions.validFrom != nil || conditions.validUntil != nil
            somethingElse = somethingElse || Self.hasMore(conditions)
        }
        // An agreed change of a road's owner takes effect on its day.
        days = days || roads
    }

    /// Whether conditions say anything besides what is read above.
    private static func hasMore(_ conditions: RuleConditions) -> Bool {
        conditions
            != RuleConditions(
                parts: conditions.parts,
                municipalities: conditions.municipalities,
                roads: conditions.roads,
                roadOwners: conditions.roadOwners,
                roadClasses: conditions.roadClasses,
                speedLimit: conditions.speedLimit,
                answers: conditions.answers,
                propertyTypes: conditions.propertyTypes,
                areas: conditions.areas,
                hours: conditions.hours,
                season: conditions.season,
                validFrom: conditions.validFrom,
                validUntil: conditions.validUntil,
                everywhere: conditions.everywhere
            )
    }
}
