public import Domain
public import Geo

/// Holds an agreement against the map it is applied to: every road and asset it names is there, its kilometres fit, and every owner is a
/// body that somebody can be told of.
///
/// ``CompletenessCheck`` needs no map; this needs one, so it runs where a generation and a version meet.
public struct MapCheck: Sendable {
    private let set: RuleSet
    private let bodies: Set<String>

    /// How much the surveyed length of a road may differ from the agreed one: kilometres.
    public static let toleratedKilometres = 0.1

    /// A check of one version of an agreement for the tenants of this hub.
    public init(_ set: RuleSet, tenants: [JurisdictionID]) {
        self.set = set
        bodies = Set(tenants.map(\.rawValue)).union(set.partners.map(\.id.rawValue))
    }

    /// Everything that does not fit; empty when all does.
    public func findings(on index: BoundaryIndex) -> [CompletenessFinding] {
        namedRoads(index) + namedAssets(index) + set.roadAgreements.flatMap { agreement($0, index) } + owners(index)
    }

    private func finding(
        _ kind: CompletenessFinding.Kind,
        rows: [String] = [],
        cases: Int = 1,
        _ english: String,
        _ french: String
    ) -> CompletenessFinding {
        CompletenessFinding(
            kind: kind,
            version: set.version,
            rows: rows,
            cases: cases,
            message: LocalizedText(english: english, french: french)
        )
    }

    // MARK: What rows name

    private func namedRoads(_ index: BoundaryIndex) -> [CompletenessFinding] {
        let known = Set(index.roads.map(\.id)).union(index.roads.compactMap(\.route))
        return set.rules.flatMap { rule in
            rule.conditions.roads.filter { !known.contains($0) }.map { road in
                finding(
                    .unknownPlace,
                    rows: [rule.row ?? rule.id],
                    "row \(rule.id) names the road \(road), which the roads file does not have",
                    "la ligne \(rule.id) nomme la route \(road), absente du fichier des routes"
                )
            }
        }
    }

    private func namedAssets(_ index: BoundaryIndex) -> [CompletenessFinding] {
        let known = Set(index.assets.assets.map(\.id))
        return set.rules.flatMap { rule in
            (rule.conditions.asset?.ids ?? []).filter { !known.contains($0) }.map { asset in
                finding(
                    .unknownPlace,
                    rows: [rule.row ?? rule.id],
                    "row \(rule.id) names the asset \(asset), which the assets file does not have",
                    "la ligne \(rule.id) nomme l’élément \(asset), absent du fichier des éléments"
                )
            }
        }
    }

    // MARK: Kilometres

    private func agreement(_ agreement: RoadAgreement, _ index: BoundaryIndex) -> [CompletenessFinding] {
        let pieces = index.pieces(ofRoad: agreement.road)
        let rows = agreement.stretches.compactMap(\.row)
        guard let first = pieces.first, let last = pieces.last else {
            return [
                finding(
                    .roadAgreement,
                    rows: rows,
                    "agreement \(agreement.id) is about the road \(agreement.road), which the roads file does not have",
                    "l’entente \(agreement.id) porte sur la route \(agreement.road), absente du fichier des routes"
                )
            ]
        }
        var found: [CompletenessFinding] = []
        func add(_ english: String, _ french: String) {
            found.append(finding(.roadAgreement, rows: rows, english, french))
        }
        let off = Self.toleratedKilometres
        if first.from > off {
            add(
                "\(agreement.road) begins at km \(Self.text(first.from)) in the roads file, the agreement at km 0",
                "\(agreement.road) commence au km \(Self.text(first.from)) dans le fichier des routes, l’entente au km 0"
            )
        }
        for (one, next) in zip(pieces, pieces.dropFirst()) where abs(next.from - one.to) > off {
            add(
                "\(one.id) ends at km \(Self.text(one.to)) and \(next.id) begins at km \(Self.text(next.from)): "
                    + "check from_km",
                "\(one.id) finit au km \(Self.text(one.to)) et \(next.id) commence au km \(Self.text(next.from)) : "
                    + "vérifiez from_km"
            )
        }
        if abs(last.to - agreement.kilometres) > off {
            add(
                "\(agreement.road) ends at km \(Self.text(last.to)) in the roads file, the agreement at km "
                    + "\(Self.text(agreement.kilometres))",
                "\(agreement.road) finit au km \(Self.text(last.to)) dans le fichier des routes, l’entente au km "
                    + "\(Self.text(agreement.kilometres))"
            )
        }
        return found
    }

    private static func text(_ kilometre: Double) -> String { StaffText.kilometres(kilometre, .english) }

    // MARK: Owners

    /// Owners and operators that are neither tenant nor partner, each once with the number of things it has.
    private func owners(_ index: BoundaryIndex) -> [CompletenessFinding] {
        var unknown: [String: (example: String, count: Int)] = [:]
        func note(_ body: String?, _ thing: @autoclosure () -> String) {
            guard let body, !bodies.contains(body) else { return }
            unknown[body, default: (thing(), 0)].count += 1
        }
        for road in index.roads {
            // The owner of a private or federal road is named by the rule for its kind, whoever it is.
            if [.local, .upper, .outside].contains(road.ownerKind) { note(road.owner, "road \(road.id)") }
            note(road.operatorID, "road \(road.id)")
        }
        for asset in index.assets.assets {
            note(asset.owner, "\(asset.kind.rawValue) \(asset.id)")
            note(asset.operatorID, "\(asset.kind.rawValue) \(asset.id)")
        }
        return unknown.sorted { $0.key < $1.key }.map { body, what in
            finding(
                .unknownOwner,
                cases: what.count,
                "\"\(body)\" owns or operates \(what.count) roads or assets (\(what.example) first) and is neither tenant "
                    + "nor partner",
                "« \(body) » possède ou exploite \(what.count) routes ou éléments (d’abord \(what.example)) et n’est ni "
                    + "locataire ni partenaire"
            )
        }
    }
}
