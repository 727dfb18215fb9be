public import Domain

/// What must hold before an agreement is published: every case has exactly one lead or a referral, no row is dead, no two rows are equal.
///
/// A case is service part × municipality × road owner, class and speed × kind of property × answers × hour × day, from the first day of the
/// version to a year from today; where no row looks, one value stands for all, so the check is exhaustive and still takes a moment.
public struct CompletenessCheck: Sendable {
    private let table: RoutingTable

    /// A check of versions of an agreement for the tenants of this hub.
    public init(_ ruleSets: [RuleSet], jurisdictions: [RoutingBody]) {
        table = RoutingTable(ruleSets, jurisdictions: jurisdictions)
    }

    /// Everything that stands against publication; empty when nothing does.
    ///
    /// - Parameters:
    ///   - today: the day of the check.
    ///   - days: how far ahead the agreement must hold, a year unless told.
    public func findings(today: CalendarDay, days: Int = 366) -> [CompletenessFinding] {
        var findings: [CompletenessFinding] = []
        for (index, rules) in table.versions.enumerated() {
            let next = index + 1 < table.versions.count ? table.versions[index + 1].set.validFrom : nil
            let end = max(today, rules.set.validFrom).adding(days: days)
            let last = next.map { min($0.adding(days: -1), end) } ?? end
            findings += equalRanks(rules)
            findings += cases(rules, from: rules.set.validFrom, to: max(last, rules.set.validFrom))
        }
        if table.versions.first.map({ $0.set.validFrom > today }) ?? true {
            findings.append(
                CompletenessFinding(
                    kind: .noLead,
                    version: "",
                    rows: [],
                    message: LocalizedText(
                        english: "no version of the agreement is in force on \(today), so nobody leads anywhere",
                        french: "aucune version de l’entente n’est en vigueur le \(today) : personne n’est responsable"
                    )
                )
            )
        }
        return findings
    }

    // MARK: Equal rank

    private func equalRanks(_ rules: CompiledRules) -> [CompletenessFinding] {
        var found: [[String]: (part: ServicePart, count: Int)] = [:]
        for part in rules.definitions.keys.sorted() {
            let ranked = rules.rules[part] ?? []
            for (index, left) in ranked.enumerated() {
                for right in ranked[(index + 1)...].prefix(while: { $0.rank == left.rank })
                where RuleOverlap.exists(left.rule.conditions, right.rule.conditions) {
                    let rows = [Self.named(left.rule), Self.named(right.rule)]
                    found[rows, default: (part, 0)].count += 1
                }
            }
        }
        return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { rows, what in
            CompletenessFinding(
                kind: .equalRank,
                version: rules.set.version,
                rows: rows,
                part: what.part,
                cases: what.count,
                message: LocalizedText(
                    english: "rows \(rows[0]) and \(rows[1]) have equal rank for \(what.part) and can hold in the same "
                        + "case; make one of them more specific",
                    french:
                        "les lignes \(rows[0]) et \(rows[1]) ont le même rang pour \(what.part) et peuvent s’appliquer "
                        + "au même cas; précisez l’une d’elles"
                )
            )
        }
    }

    // MARK: Cases

    private struct Gap: Hashable {
        let kind: CompletenessFinding.Kind
        let part: ServicePart
        let row: String?
    }

    private func cases(_ rules: CompiledRules, from first: CalendarDay, to last: CalendarDay) -> [CompletenessFinding] {
        let bodies = rules.bodies
        var gaps: [Gap: (example: String, count: Int)] = [:]
        var deciding: Set<String> = []
        for part in rules.definitions.keys.sorted() {
            let cells = CompletenessCells(part: part, rules: rules, bodies: bodies, from: first, to: last)
            cells.forEach { routingCase in
                let outcome = rules.judge(routingCase, bodies: bodies)
                if let rule = outcome.rule?.rule { deciding.insert(rule.id) }
                for tied in outcome.tied { deciding.insert(tied.rule.id) }
                guard outcome.lead == .undecided, let gap = gap(outcome, part) else { return }
                gaps[gap, default: (Self.words(routingCase), 0)].count += 1
            }
        }
        var findings = gaps.sorted { ($0.key.part, $0.key.row ?? "") < ($1.key.part, $1.key.row ?? "") }.map {
            finding($0.key, $0.value.example, $0.value.count, rules)
        }
        for rule in rules.set.everyRule where !deciding.contains(rule.id) {
            let row = Self.named(rule)
            findings.append(
                CompletenessFinding(
                    kind: .unreachable,
                    version: rules.set.version,
                    rows: [row],
                    message: LocalizedText(
                        english: "row \(row) never decides anything: more specific rows cover all its cases, "
                            + "or its conditions contradict each other",
                        french:
                            "la ligne \(row) ne décide jamais rien : des lignes plus précises couvrent tous ses cas, "
                            + "ou ses conditions se contredisent"
                    )
                )
            )
        }
        return findings
    }

    /// Nil where only the place can name the body: an area's owner, or the owner of a road that is neither town's nor region's.
    private func gap(_ outcome: Outcome, _ part: ServicePart) -> Gap? {
        guard let rule = outcome.rule?.rule else {
            let kind: CompletenessFinding.Kind = outcome.routingCase.municipality == nil ? .noElsewhere : .noLead
            return Gap(kind: kind, part: part, row: nil)
        }
        switch rule.lead {
        case .areaOwner, .roadOwner, .roadOperator, .assetOwner, .assetOperator: return nil
        case .municipality where outcome.routingCase.municipality == nil:
            return Gap(kind: .noLead, part: part, row: Self.named(rule))
        case .municipality, .jurisdiction, .partner: return Gap(kind: .unknownBody, part: part, row: Self.named(rule))
        }
    }

    private func finding(_ gap: Gap, _ example: String, _ count: Int, _ rules: CompiledRules) -> CompletenessFinding {
        let row = gap.row ?? ""
        let message: LocalizedText =
            switch gap.kind {
            case .noElsewhere:
                LocalizedText(
                    english: "no partner is of the kind elsewhere, so \(gap.part) outside the region leads nowhere",
                    french:
                        "aucun partenaire n’est du genre elsewhere : hors de la région, \(gap.part) ne mène nulle part"
                )
            case .unknownBody:
                LocalizedText(
                    english: "row \(row) names a body that is neither tenant nor partner: \(example)",
                    french: "la ligne \(row) nomme un organisme qui n’est ni locataire ni partenaire : \(example)"
                )
            default:
                LocalizedText(
                    english: "nobody leads: \(example); add a row, or a referral, that covers it",
                    french: "personne n’est responsable : \(example); ajoutez une ligne ou un renvoi qui couvre ce cas"
                )
            }
        return CompletenessFinding(
            kind: gap.kind,
            version: rules.set.version,
            rows: gap.row.map { [$0] } ?? [],
            part: gap.part,
            cases: count,
            message: message
        )
    }

    private static func named(_ rule: ResponsibilityRule) -> String {
        rule.row.map { "\(rule.id) (\($0))" } ?? rule.id
    }

    /// One case in words that need no translation.
    private static func words(_ routingCase: RoutingCase) -> String {
        var words = ["\(routingCase.part)", routingCase.municipality?.rawValue ?? "-", "\(routingCase.day)"]
        if let kind = routingCase.roadOwnerKind { words.append("road \(kind.rawValue)") }
        if let speed = routingCase.road?.speedLimit { words.append("\(speed) km/h") }
        if let type = routingCase.propertyType { words.append("property \(type)") }
        for (question, keys) in routingCase.answers.values.sorted(by: { $0.key < $1.key }) {
            words.append("\(question)=\(keys.joined(separator: ","))")
        }
        return words.joined(separator: ", ")
    }
}
