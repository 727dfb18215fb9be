import Domain

/// All cases of one part that its rules can tell apart: where no rule looks, one value stands for all.
///
/// Between two days on which something changes nothing changes, so the first day of each stretch stands for it; likewise for hours, speeds
/// and seasons.
struct CompletenessCells {
    let part: ServicePart
    let days: [CalendarDay]
    let towns: [Town]
    let spots: [Spot]
    let answers: [Answers]
    let propertyTypes: [String?]
    let areas: [[CoveringArea]]
    let minutes: [Int]

    init(part: ServicePart, rules: CompiledRules, bodies: Bodies, from first: CalendarDay, to last: CalendarDay) {
        self.part = part
        let conditions = (rules.rules[part] ?? []).map(\.rule.conditions)
        days = Self.days(conditions, from: first, to: last)
        towns = Self.towns(bodies)
        spots = Self.spots(rules.definitions[part]?.subject, conditions, bodies)
        answers = Self.answers(conditions)
        propertyTypes = [nil] + Set(conditions.flatMap(\.propertyTypes)).sorted()
        areas =
            [[]]
            + Set(conditions.flatMap { $0.areas.flatMap { layer, ids in ids.map { AreaKey(layer: layer, id: $0) } } })
            .map {
                [
                    CoveringArea(
                        id: $0.id,
                        layer: LayerName(trusted: $0.layer),
                        name: $0.id.rawValue,
                        jurisdictionID: nil
                    )
                ]
            }
        let times = conditions.compactMap(\.hours).flatMap { [$0.from.minutes % 1440, $0.to.minutes % 1440] }
        minutes = times.isEmpty ? [720] : Set(times + [720]).sorted()
    }

    private struct AreaKey: Hashable {
        let layer: String
        let id: AreaID
    }

    /// Calls once for every case.
    func forEach(_ body: (RoutingCase) -> Void) {
        for day in days {
            for spot in spots {
                for town in towns {
                    for propertyType in propertyTypes {
                        for answers in answers {
                            for areas in areas {
                                for minute in minutes {
                                    let routingCase = RoutingCase(
                                        part: part,
                                        municipality: town.id,
                                        isMember: town.isMember,
                                        answers: answers,
                                        propertyType: propertyType,
                                        areas: areas,
                                        day: day,
                                        minute: minute
                                    )
                                    body(routingCase.at(spot))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func days(
        _ conditions: [RuleConditions],
        from first: CalendarDay,
        to last: CalendarDay
    ) -> [CalendarDay] {
        var days: Set<CalendarDay> = [first, last]
        for condition in conditions {
            if let from = condition.validFrom { days.insert(from) }
            if let until = condition.validUntil { days.insert(until.adding(days: 1)) }
        }
        for season in conditions.compactMap(\.season) {
            for year in Set(days.map(\.year)) {
                for edge in [season.from, season.to] {
                    guard let day = try? CalendarDay(year: year, month: edge.month, day: min(edge.day, 28)) else {
                        continue
                    }
                    days.formUnion([day, day.adding(days: 4)])
                }
            }
        }
        return days.filter { $0 >= first && $0 <= last }.sorted()
    }

    private static func towns(_ bodies: Bodies) -> [Town] {
        let members = bodies.tenants.values.filter(\.isMunicipality).map {
            Town(id: $0.id, isMember: true, metres: nil)
        }
        let others = bodies.partners.values.filter { $0.kind == .municipality }.map {
            Town(id: JurisdictionID(trusted: $0.id.rawValue), isMember: false, metres: nil)
        }
        return (members + others).sorted { ($0.id?.rawValue ?? "") < ($1.id?.rawValue ?? "") }
            + [Town(id: nil, isMember: false, metres: nil)]
    }

    /// Roads where the part is about roads; roads, and each with an asset on it, where it is about an asset.
    private static func spots(
        _ subject: PartDefinition.Subject?,
        _ conditions: [RuleConditions],
        _ bodies: Bodies
    ) -> [Spot] {
        switch subject {
        case nil, .place: return [.none]
        case .road: return roads(conditions, bodies).map { Spot(road: $0) }
        case .asset(let kind):
            let roads = kind.isPartOfRoad ? roads(conditions, bodies) : [nil]
            let assets = assets(kind, conditions, bodies)
            return roads.flatMap { road in [Spot(road: road)] + assets.map { Spot(road: road, asset: $0) } }
        }
    }

    /// One asset for every id, owner, operator, class and component that rules can tell apart.
    private static func assets(
        _ kind: AssetKind,
        _ conditions: [RuleConditions],
        _ bodies: Bodies
    ) -> [NearbyAsset] {
        let asked = conditions.compactMap(\.asset)
        guard !asked.isEmpty else { return [] }
        func values(_ list: (RuleAsset) -> [String]) -> [String?] {
            [nil] + Set(asked.flatMap(list)).sorted().map(Optional.some)
        }
        let usual = bodies.members.first?.id?.rawValue ?? "?"
        var assets: [NearbyAsset] = []
        for id in values(\.ids) {
            for owner in values(\.owners) {
                for operatorID in values(\.operators) + (asked.contains { $0.operated != nil } ? ["other"] : []) {
                    for assetClass in values(\.classes) {
                        for component in values(\.components) {
                            assets.append(
                                NearbyAsset(
                                    id: id ?? "?",
                                    kind: kind,
                                    owner: owner ?? usual,
                                    operatorID: operatorID,
                                    assetClass: assetClass,
                                    component: component,
                                    metres: 1
                                )
                            )
                        }
                    }
                }
            }
        }
        return assets
    }

    /// Every single road that rules name, and for those with stretches the first kilometre of each.
    private static func places(_ conditions: [RuleConditions]) -> [(id: String, km: Double?)] {
        [("", nil)]
            + Set(conditions.flatMap(\.roads)).sorted().flatMap { id -> [(id: String, km: Double?)] in
                let stretches = conditions.filter { $0.roads.contains(id) }.compactMap(\.kilometres)
                return [(id, nil)] + Set(stretches.map(\.from)).sorted().map { (id, $0) }
            }
    }

    /// No road, and one road for every owner, operator, class, speed, single road and stretch that rules can tell apart.
    private static func roads(_ conditions: [RuleConditions], _ bodies: Bodies) -> [NearbyRoad?] {
        let ids = places(conditions)
        let operators: [String?] = conditions.contains { $0.roadOperator != nil } ? [nil, "other"] : [nil]
        let classes = ["?"] + Set(conditions.flatMap(\.roadClasses)).sorted()
        let edges = conditions.compactMap(\.speedLimit).flatMap {
            [$0.from, $0.to, $0.from.map { $0 - 1 }, $0.to.map { $0 + 1 }]
        }
        let speeds = [nil] + Set(edges.compactMap(\.self)).sorted().map(Optional.some)
        let members = bodies.tenants.values.filter(\.isMunicipality).map(\.id.rawValue).sorted()
        let upper = bodies.tenants.values.filter { $0.tier == .upper }.map(\.id.rawValue).sorted()
        let others = bodies.partners.values.filter { $0.kind == .municipality }.map(\.id.rawValue).sorted()
        var roads: [NearbyRoad?] = [nil]
        for kind in RoadOwnerKind.allCases {
            let owner: String? =
                switch kind {
                case .local: members.first
                case .upper: upper.first
                case .outside: others.first
                default: "?"
                }
            // A hub without a region has no regional roads, one without neighbours no roads of theirs.
            guard let owner else { continue }
            for id in ids {
                for roadClass in classes {
                    for speed in speeds {
                        for operatorID in operators {
                            roads.append(
                                NearbyRoad(
                                    id: id.id,
                                    name: "?",
                                    owner: owner,
                                    ownerKind: kind,
                                    roadClass: roadClass,
                                    speedLimit: speed,
                                    metres: 1,
                                    alias: nil,
                                    operatorID: operatorID,
                                    km: id.km
                                )
                            )
                        }
                    }
                }
            }
        }
        return roads
    }

    /// No answers, and for every rule each of its keys once.
    private static func answers(_ conditions: [RuleConditions]) -> [Answers] {
        var all: Set<Answers> = [Answers()]
        for condition in conditions where !condition.answers.isEmpty {
            let first = condition.answers.compactMapValues { $0.first.map { [$0] } }
            for (question, keys) in condition.answers {
                for key in keys {
                    var values = first
                    values[question] = [key]
                    all.insert(Answers(values))
                }
            }
        }
        return all.sorted { "\($0.values.sorted { $0.key < $1.key })" < "\($1.values.sorted { $0.key < $1.key })" }
    }
}
