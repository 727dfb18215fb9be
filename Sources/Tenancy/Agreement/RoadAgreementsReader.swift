import Domain

/// Reads `boundary-roads.yml`: who keeps which kilometres of a road that municipalities share.
struct RoadAgreementsReader {
    let faults: FaultList
    let names: AgreementNames

    /// File name without folder, for the rows' own places (`boundary-roads.yml:12`).
    let fileName: String

    func read(_ node: YamlNode) -> [RoadAgreement] {
        guard let map = YamlMapping(node, in: node.file, faults) else { return [] }
        _ = map.required("agreements")
        var lines: [String: Int] = [:]
        let agreements = map.list("agreements").compactMap { agreement($0, lines: &lines) }
        map.finish()
        return agreements
    }

    private func agreement(_ node: YamlNode, lines: inout [String: Int]) -> RoadAgreement? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let rows = RuleRowReader(faults: faults, names: names, fileName: fileName)
        let id = rows.id(map)
        let road = map.requiredText("road", atMost: 100)
        _ = map.required("length_km")
        let kilometres = map.decimal("length_km")
        if let kilometres, kilometres <= 0 { map.fault("length_km", "\"length_km\" must be more than 0") }
        let parts = RuleConditionsReader(faults: faults, names: names).parts(map)
        _ = map.required("parts")
        let explanation = rows.explanation(map)
        let source = map.requiredText("source", atMost: 300)
        _ = map.required("stretches")
        var stretches: [Placed] = []
        for item in map.list("stretches") {
            guard let stretch = stretch(item, of: kilometres, rows: rows) else { continue }
            if let first = lines[stretch.id] {
                faults.add(item.file, item.mark, "the row \(stretch.id) is already on line \(first)")
                continue
            }
            lines[stretch.id] = item.mark.line
            stretches.append(Placed(stretch: stretch, mark: item.mark))
        }
        map.finish()
        guard let id, let road, let kilometres, kilometres > 0, let explanation, let source else { return nil }
        overlaps(stretches, on: road, map)
        gaps(stretches, on: road, kilometres: kilometres, map)
        return RoadAgreement(
            id: id,
            road: road,
            kilometres: kilometres,
            parts: parts,
            stretches: stretches.map(\.stretch),
            explanation: explanation,
            source: source
        )
    }

    private func stretch(_ node: YamlNode, of length: Double?, rows: RuleRowReader) -> RoadAgreement.Stretch? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let id = rows.id(map)
        _ = map.required("from_km")
        _ = map.required("to_km")
        let from = map.decimal("from_km")
        let to = map.decimal("to_km")
        let body = rows.lead("body", map)
        let department = rows.department(map, lead: body)
        let isWhole = map.flag("whole_width", default: true)
        let side = side(map, isWhole: isWhole)
        let cost = map.localized("cost", atMost: 300)
        let validFrom = map.day("valid_from")
        let validUntil = map.day("valid_until")
        map.finish()
        if let validFrom, let validUntil, validUntil < validFrom {
            map.fault("valid_until", "the row ends on \(validUntil), before it begins on \(validFrom)")
        }
        guard let id, let from, let to, let body else { return nil }
        guard from >= 0, to > from else {
            map.fault("to_km", "no kilometre is from \(from) to \(to)")
            return nil
        }
        if let length, to > length {
            map.fault("to_km", "the road is \(length) km long, so no stretch ends at km \(to)")
        }
        return RoadAgreement.Stretch(
            id: id,
            from: from,
            to: to,
            body: body,
            department: department,
            side: side,
            cost: cost,
            validFrom: validFrom,
            validUntil: validUntil,
            row: "\(fileName):\(node.mark.line)"
        )
    }

    private func side(_ map: YamlMapping, isWhole: Bool) -> JurisdictionID? {
        let text = map.text("side", atMost: 60)
        guard let text else {
            if !isWhole { map.fault("whole_width", "half the width needs \"side\": the municipality on that side") }
            return nil
        }
        if isWhole {
            map.fault("side", "a side needs \"whole_width: false\"; the whole width has none")
        }
        guard names.municipalities.contains(text) else {
            let hint = NearMiss.hint(text, among: names.municipalities)
            map.fault(
                "side",
                "\"\(FaultText.shown(text))\" is neither a tenant nor a municipality among the partners\(hint)"
            )
            return nil
        }
        return JurisdictionID(trusted: text)
    }

    // MARK: Stretches against each other

    private struct Placed {
        let stretch: RoadAgreement.Stretch
        let mark: YamlMark
    }

    private func overlaps(_ stretches: [Placed], on road: String, _ map: YamlMapping) {
        for (index, right) in stretches.enumerated() {
            for left in stretches[..<index] {
                let (one, two) = (left.stretch, right.stretch)
                let (from, to) = (max(one.from, two.from), min(one.to, two.to))
                let sharesASide = one.side == nil || two.side == nil || one.side == two.side
                guard from < to, sharesASide, one.sharesADay(with: two) else { continue }
                map.fault(
                    at: right.mark,
                    "km \(Self.text(from)) to \(Self.text(to)) of \(road) is in \(one.id) (line \(left.mark.line)) too; "
                        + "end one where the other begins, or give them days that do not meet"
                )
            }
        }
    }

    /// A kilometre that nobody keeps, on a day on which others are kept.
    private func gaps(_ stretches: [Placed], on road: String, kilometres: Double, _ map: YamlMapping) {
        let rows = stretches.map(\.stretch)
        let sides = Set(rows.compactMap(\.side)).sorted().map(Optional.some)
        var told: Set<String> = []
        for day in Self.edges(rows) {
            let inForce = rows.filter { day.map($0.isInForce) ?? ($0.validFrom == nil) }
            guard !inForce.isEmpty else { continue }
            for side in sides.isEmpty ? [nil] : sides {
                let kept = inForce.filter { $0.side == nil || $0.side == side }.sorted { $0.from < $1.from }
                var reached = 0.0
                for (from, to) in kept.map({ ($0.from, $0.to) }) + [(kilometres, kilometres)] {
                    if from > reached {
                        let gap = "km \(Self.text(reached)) to \(Self.text(from)) of \(road)"
                        guard told.insert(gap).inserted else { continue }
                        let when = day.map { " on \($0)" } ?? ""
                        let whose = side.map { " on the side of \($0)" } ?? ""
                        map.fault(
                            "stretches",
                            "nobody keeps \(gap)\(whose)\(when); add a stretch, with body: road_owner where the "
                                + "usual rules shall hold"
                        )
                    }
                    reached = max(reached, to)
                }
            }
        }
    }

    /// The days on which something changes; nil stands for the time before all of them.
    private static func edges(_ rows: [RoadAgreement.Stretch]) -> [CalendarDay?] {
        let days = rows.compactMap(\.validFrom) + rows.compactMap { $0.validUntil?.adding(days: 1) }
        return [nil] + Set(days).sorted().map(Optional.some)
    }

    /// `4`, `4.35`.
    private static func text(_ kilometre: Double) -> String {
        kilometre == kilometre.rounded() ? String(Int(kilometre)) : String(kilometre)
    }
}
