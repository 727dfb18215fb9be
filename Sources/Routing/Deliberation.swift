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

    /// Roads or assets that come into question, and those that an answer has ruled out.
    let spots: Spots

    let flags: [String]
    let day: CalendarDay

    /// The areas that count on the day.
    let areas: [CoveringArea]

    private let minute: Int

    init(rules: CompiledRules, bodies: Bodies, query: DecisionQuery) {
        self.rules = rules
        self.bodies = bodies
        self.query = query
        let local = LocalTime(query.at, in: rules.zone)
        day = local.day
        minute = min(Int(local.seconds / 60), 1439)
        places = PlaceCandidates(query, bodies: bodies)
        spots = Spots(query, subject: rules.definitions[query.part]?.subject, day: day)
        flags = places.flags + spots.flags
        let all = query.place.areas
        let date = all.contains(where: \.isDated) ? day.description : nil
        areas = date.map { date in all.filter { $0.counts(onISODate: date) } } ?? all
    }

    func decision() -> Decision {
        guard rules.definitions[query.part] != nil else {
            return nobody(flags: [Decision.Flag.unknownPart])
        }
        // One row per municipality, one column per road or asset; the first row and column are the stated preference.
        let outcomes = places.towns.map { town in spots.considered.map { judge(town, $0) } }
        guard let first = outcomes.first?.first else { return nobody(flags: [Decision.Flag.noRule]) }
        let leads = Set(outcomes.joined().map(\.lead))
        if leads.count == 1 { return settled(first) }
        if spots.considered.count > 1, let row = outcomes.first(where: { Set($0.map(\.lead)).count > 1 }) {
            return asking(row)
        }
        return asking(municipality: outcomes.compactMap(\.first))
    }

    func judge(_ town: Town, _ spot: Spot) -> Outcome {
        rules.judge(routingCase(town).at(spot), bodies: bodies)
    }

    func routingCase(_ town: Town) -> RoutingCase {
        RoutingCase(
            part: query.part,
            municipality: town.id,
            isMember: town.isMember,
            answers: query.answers,
            propertyType: query.propertyType,
            areas: areas,
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
