import Domain
import Foundation

/// One decision in the making: every case the place allows is judged; where all agree it is settled, where they differ one question is asked.
///
/// Asking only when the answer matters is the point: at a crossing of a regional and a town road a pothole needs the question "which
/// road?", a sidewalk does not, because both roads give the town.
struct Deliberation {
    let rules: CompiledRules
    let bodies: Bodies
    let query: DecisionQuery
    let places: PlaceCandidates

    /// Roads that come into question, nearest first; one nil when none does.
    let roads: [NearbyRoad?]

    /// Roads near the place that an answer has ruled out.
    let otherRoads: [NearbyRoad]

    let flags: [String]
    let day: CalendarDay
    private let minute: Int

    init(rules: CompiledRules, bodies: Bodies, query: DecisionQuery) {
        self.rules = rules
        self.bodies = bodies
        self.query = query
        let local = LocalTime(query.at, in: rules.zone)
        day = local.day
        minute = min(Int(local.seconds / 60), 1439)
        places = PlaceCandidates(query, bodies: bodies)
        var flags = places.flags
        (roads, otherRoads) = Self.roads(of: query, rules: rules, flags: &flags)
        self.flags = flags
    }

    private static func roads(
        of query: DecisionQuery,
        rules: CompiledRules,
        flags: inout [String]
    ) -> (considered: [NearbyRoad?], ruledOut: [NearbyRoad]) {
        let near = query.place.roads
        guard rules.definitions[query.part]?.subject == .road, let nearest = near.first else { return ([nil], []) }
        switch query.chosenRoad {
        case nil:
            return (near, [])
        case DecisionQuery.doNotKnow:
            flags.append(Decision.Flag.notKnown)
            return ([nearest], Array(near.dropFirst()))
        case let id:
            guard let chosen = near.first(where: { $0.id == id }) else {
                flags.append(Decision.Flag.choiceIgnored)
                return (near, [])
            }
            return ([chosen], near.filter { $0.id != id })
        }
    }

    func decision() -> Decision {
        guard rules.definitions[query.part] != nil else {
            return nobody(flags: [Decision.Flag.unknownPart])
        }
        // One row per municipality, one column per road; the first row and column are the stated preference.
        let outcomes = places.towns.map { town in roads.map { judge(town, $0) } }
        guard let first = outcomes.first?.first else { return nobody(flags: [Decision.Flag.noRule]) }
        let leads = Set(outcomes.joined().map(\.lead))
        if leads.count == 1 { return settled(first) }
        if roads.count > 1, let row = outcomes.first(where: { Set($0.map(\.lead)).count > 1 }) {
            return asking(row)
        }
        return asking(municipality: outcomes.compactMap(\.first))
    }

    func judge(_ town: Town, _ road: NearbyRoad?) -> Outcome {
        rules.judge(routingCase(town).on(road), bodies: bodies)
    }

    func routingCase(_ town: Town) -> RoutingCase {
        RoutingCase(
            part: query.part,
            municipality: town.id,
            isMember: town.isMember,
            answers: query.answers,
            propertyType: query.propertyType,
            areas: query.place.areas,
            day: day,
            minute: minute
        )
    }

    /// Bodies told besides whoever leads.
    func alsoTold(in routingCase: RoutingCase, lead: Lead) -> [AlsoTold] {
        (rules.alsoTold[query.part] ?? []).compactMap { rule in
            guard routingCase.meets(rule.conditions), let body = bodies.resolve(rule.body, in: routingCase) else {
                return nil
            }
            // The lead itself is told only of a second piece of work of its own.
            guard body != lead || rule.publicType != nil else { return nil }
            let blanks = Blanks(lead: body, routingCase: routingCase, bodies: bodies)
            return AlsoTold(
                lead: body,
                part: rule.part,
                publicType: rule.publicType,
                first: rule.first,
                ruleID: rule.id,
                reason: blanks.fill(rule.explanation)
            )
        }
    }
}
