import Domain

/// All cases of one part that its rules can tell apart: where no rule looks, one value stands for all.
///
/// Between two days on which something changes nothing changes, so the first day of each stretch stands for it; likewise for hours, speeds
/// and seasons.
struct CompletenessCells {
    let part: ServicePart
    let days: [CalendarDay]
    let towns: [Town]
    let roads: [NearbyRoad?]
    let answers: [Answers]
    let propertyTypes: [String?]
    let areas: [[CoveringArea]]
    let minutes: [Int]

    init(part: ServicePart, rules: CompiledRules, bodies: Bodies, from first: CalendarDay, to last: CalendarDay) {
        self.part = part
        let conditions = (rules.rules[part] ?? []).map(\.rule.conditions)
        days = Self.days(conditions, from: first, to: last)
        towns = Self.towns(bodies)
        roads = rules.definitions[part]?.subject == .road ? Self.roads(conditions, bodies) : [nil]
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
            for road in roads {
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
                                    body(routingCase.on(road))
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

    /// No road, and one road for every owner, class, speed and single road that rules can tell apart.
    private static func roads(_ conditions: [RuleConditions], _ bodies: Bodies) -> [NearbyRoad?] {
        let ids = [""] + Set(conditions.flatMap(\.roads)).sorted()
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
                        roads.append(
                            NearbyRoad(
                                id: id,
                                name: "?",
                                owner: owner,
                                ownerKind: kind,
                                roadClass: roadClass,
                                speedLimit: speed,
                                metres: 1,
                                alias: nil
                            )
                        )
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
