import Domain

/// The sentence for staff: the same story with ids, distances and versions.
struct StaffText {
    let outcome: Outcome
    let deliberation: Deliberation
    let flags: [String]

    var text: LocalizedText {
        LocalizedText(english: sentences(.english), french: sentences(.french))
    }

    private func sentences(_ language: Language) -> String {
        let english = language == .english
        let bodies = deliberation.bodies
        var parts: [String] = []

        let name = bodies.name(outcome.lead)?.plain[language] ?? outcome.lead.bodyID ?? "?"
        let department = outcome.rule?.rule.department.map { code in
            outcome.lead.tenantID.flatMap { bodies.tenants[$0]?.departments[code]?[language] } ?? code
        }
        parts.append((english ? "Lead: " : "Responsable : ") + name + (department.map { ", \($0)" } ?? "") + ".")

        if let rule = outcome.rule {
            let levels = rule.rank.levels.map { $0.name[language] }.joined(separator: ", ")
            parts.append(
                english
                    ? "Row \(rule.rule.id) of agreement \(deliberation.rules.set.version), which names \(levels)."
                    : "Ligne \(rule.rule.id) de l’entente \(deliberation.rules.set.version), qui précise : \(levels)."
            )
        } else {
            parts.append(
                english ? "No row of the agreement: the place decides." : "Aucune ligne de l’entente : le lieu décide."
            )
        }
        if let asset = outcome.routingCase.asset {
            parts.append(Self.asset(asset, language))
        }
        if let road = outcome.routingCase.road {
            parts.append(Self.road(road, outcome.routingCase, language))
        }
        parts.append(Self.place(deliberation, municipality: outcome.routingCase.municipality, language))
        if !flags.isEmpty {
            parts.append((english ? "Marked: " : "Mentions : ") + flags.withoutRepeats.joined(separator: ", ") + ".")
        }
        return parts.joined(separator: " ")
    }

    private static func road(_ road: NearbyRoad, _ routingCase: RoutingCase, _ language: Language) -> String {
        let owner = routingCase.roadOwner ?? road.owner
        let kind = (routingCase.roadOwnerKind ?? road.ownerKind).rawValue
        let english = language == .english
        let operatorID = road.operatorID.map { english ? ", operator \($0)" : ", exploitant \($0)" } ?? ""
        let km = road.km.map { ", km \(kilometres($0, language))" } ?? ""
        return english
            ? "Road: \(road.name) (\(road.id)\(km)), \(kind), owner \(owner)\(operatorID), "
                + "\(metres(road.metres, language)) m away."
            : "Route : \(road.name) (\(road.id)\(km)), \(kind), propriétaire \(owner)\(operatorID), "
                + "à \(metres(road.metres, language)) m."
    }

    /// Id, owner and operator of an asset, and how far it is.
    private static func asset(_ asset: NearbyAsset, _ language: Language) -> String {
        let english = language == .english
        let operatorID = asset.operatorID.map { english ? ", operator \($0)" : ", exploitant \($0)" } ?? ""
        return english
            ? "Asset: \(asset.label.english) (\(asset.id)), owner \(asset.owner)\(operatorID), "
                + "\(metres(asset.metres, language)) m away."
            : "Élément : \(asset.label.french) (\(asset.id)), propriétaire \(asset.owner)\(operatorID), "
                + "à \(metres(asset.metres, language)) m."
    }

    private static func place(_ deliberation: Deliberation, municipality: JurisdictionID?, _ language: Language)
        -> String
    {
        let place = deliberation.query.place
        let english = language == .english
        let municipality = municipality?.rawValue ?? (english ? "none known" : "aucune connue")
        let generation = place.generation.map { english ? ", generation \($0)" : ", génération \($0)" } ?? ""
        let rung = deliberation.query.rung.rawValue
        return english
            ? "Place: \(municipality) (\(place.municipality.word)), known by \(rung)\(generation)."
            : "Lieu : \(municipality) (\(place.municipality.word)), connu par \(rung)\(generation)."
    }

    /// Kilometres to ten metres, with a comma in French.
    static func kilometres(_ value: Double, _ language: Language) -> String {
        let hundredths = Int((min(max(value, 0), 1e9) * 100).rounded())
        let part = hundredths % 100
        return "\(hundredths / 100)\(language == .english ? "." : ",")\(part < 10 ? "0" : "")\(part)"
    }

    /// One decimal, with a comma in French; whole arithmetic, so no locale plays in.
    static func metres(_ value: Double, _ language: Language) -> String {
        let tenths = Int((min(max(value, 0), 1e9) * 10).rounded())
        return "\(tenths / 10)\(language == .english ? "." : ",")\(tenths % 10)"
    }

    static func undecided(
        deliberation: Deliberation,
        question: ResponsibilityQuestion?,
        flags: [String]
    ) -> LocalizedText {
        func sentences(_ language: Language) -> String {
            let english = language == .english
            var parts: [String] = []
            if let question {
                let choices = question.choices.map { choice in
                    let away = choice.metres.map { ", \(metres($0, language)) m" } ?? ""
                    return "\(choice.key) → \(choice.lead.bodyID ?? "?")\(away)"
                }
                parts.append(
                    (english ? "Not decided, ask: " : "Non décidé, à demander : ") + question.text[language]
                        + " " + choices.joined(separator: "; ") + "."
                )
            } else {
                parts.append(english ? "Not decided: for triage." : "Non décidé : au triage.")
            }
            parts.append(place(deliberation, municipality: nil, language))
            if !flags.isEmpty {
                parts.append((english ? "Marked: " : "Mentions : ") + flags.joined(separator: ", ") + ".")
            }
            return parts.joined(separator: " ")
        }
        return LocalizedText(english: sentences(.english), french: sentences(.french))
    }
}
