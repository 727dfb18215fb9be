public import Domain
import Foundation

/// A decision told to a person: what was found, who leads, why, who does not, what to ask; for `hub311 route explain`.
///
/// The other form is the decision's own JSON (``json(_:)``), the same as in the database and the API.
public struct RouteStory: Sendable {
    private let table: RoutingTable
    private let query: DecisionQuery
    private let decision: Decision

    /// The story of one decision, told with the names the table knows.
    public init(_ decision: Decision, of query: DecisionQuery, table: RoutingTable) {
        self.decision = decision
        self.query = query
        self.table = table
    }

    /// The decision as JSON with sorted keys, so that two runs can be compared.
    public static func json(_ decision: Decision) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(decision), as: UTF8.self)
    }

    /// The story as lines of plain text.
    public func text(_ language: Language) -> String {
        lines(language).joined(separator: "\n") + "\n"
    }

    private func lines(_ language: Language) -> [String] {
        var lines: [String] = []
        func line(_ english: String, _ french: String, _ value: String) {
            let label = language == .english ? english : french
            let padding = String(repeating: " ", count: max(1, 17 - label.count))
            lines.append(label + padding + value)
        }
        lines.append(decision.residentText[language])
        lines.append("")
        line("Responsible", "Responsable", lead(decision.lead, language))
        if let department = decision.department { line("Department", "Service", department) }
        line("Front desk", "Accueil", mode(language))
        line("Certainty", "Certitude", confidence(language))
        line("Matter", "Objet", matter(language))
        line("Place", "Lieu", place(language))
        for asset in query.place.assets {
            let isMeant = asset.id == decision.asset?.id
            line(
                isMeant ? "Asset (meant)" : "Asset near",
                isMeant ? "Élément (visé)" : "Élément proche",
                self.asset(asset, language)
            )
        }
        if let name = query.roadName { line("Road as named", "Route nommée", name) }
        for road in query.place.roads {
            let isMeant = road.id == decision.road?.id
            line(
                isMeant ? "Road (meant)" : "Road near",
                isMeant ? "Route (visée)" : "Route proche",
                self.road(road, language)
            )
        }
        line("Rule", "Règle", rule(language))
        line("As of", "En date du", decision.asOf.formatted(.iso8601))
        for told in decision.alsoTold {
            line(
                told.first ? "Told first" : "Also told",
                told.first ? "Avisé d’abord" : "Aussi avisé",
                self.told(told, language)
            )
        }
        for other in decision.rejected {
            line("Not", "Pas", "\(lead(other.lead, language)): \(other.reason[language])")
        }
        if let question = decision.question { lines += self.question(question, language) }
        if !decision.flags.isEmpty { line("Marked", "Mentions", decision.flags.joined(separator: ", ")) }
        lines.append("")
        lines.append((language == .english ? "For staff: " : "Pour le personnel : ") + decision.staffText[language])
        return lines
    }

    private func lead(_ lead: Lead, _ language: Language) -> String {
        guard let id = lead.bodyID else {
            return language == .english ? "not decided yet" : "pas encore décidé"
        }
        let kind =
            switch (lead.tenantID != nil, language) {
            case (true, .english): "tenant"
            case (true, .french): "locataire"
            case (false, .english): "partner"
            case (false, .french): "partenaire"
            }
        let name = table.name(of: lead, at: query.at)?.plain[language]
        return name.map { "\($0) (\(kind) \(id))" } ?? "\(kind) \(id)"
    }

    private func mode(_ language: Language) -> String {
        switch (decision.mode, language) {
        case (.answer, .english): "answer it; nothing is stored"
        case (.answer, .french): "répondre; rien n’est consigné"
        case (.take, .english): "take the request"
        case (.take, .french): "prendre la demande"
        case (.warmTransfer, .english): "transfer the caller and stay until somebody answers"
        case (.warmTransfer, .french): "transférer l’appel et attendre qu’on réponde"
        case (.refer, .english): "refer; nothing is sent"
        case (.refer, .french): "diriger ailleurs; rien n’est envoyé"
        }
    }

    private func confidence(_ language: Language) -> String {
        switch (decision.confidence, language) {
        case (.certain, .english): "certain"
        case (.certain, .french): "certain"
        case (.likely, .english): "likely"
        case (.likely, .french): "probable"
        case (.ask, .english): "a person must answer or find out first"
        case (.ask, .french): "une personne doit d’abord répondre ou se renseigner"
        }
    }

    private func matter(_ language: Language) -> String {
        let definition = table.ruleSet(at: query.at)?.parts.first { $0.part == decision.part }
        let type = decision.publicType.map { " · \($0)" } ?? ""
        return (definition.map { "\($0.name[language]) (\(decision.part))" } ?? "\(decision.part)") + type
    }

    private func place(_ language: Language) -> String {
        var words: [String] = []
        if let coordinate = query.place.coordinate { words.append("\(coordinate)") }
        if let address = query.place.address { words.append(address) }
        let verdict = query.place.municipality
        let areas =
            verdict.covering.map(\.name)
            + verdict.nearest.map { near in
                "\(near.area.name) (\(StaffText.metres(near.metres, language)) m)"
            }
        words.append(([self.verdict(verdict, language)] + areas).joined(separator: " "))
        words.append((language == .english ? "known by " : "connu par ") + decision.rung.rawValue)
        if let generation = decision.generation {
            words.append((language == .english ? "generation " : "génération ") + "\(generation)")
        }
        return words.joined(separator: ", ")
    }

    private func verdict(_ verdict: PlaceVerdict, _ language: Language) -> String {
        guard language == .french else { return verdict.word }
        return switch verdict {
        case .inside: "dans"
        case .contested: "à la limite de"
        case .gap: "entre deux relevés, près de"
        case .outside: "hors de"
        case .unknown: "lieu inconnu"
        }
    }

    private func road(_ road: NearbyRoad, _ language: Language) -> String {
        let limit = road.speedLimit.map { ", \($0) km/h" } ?? ""
        let km = road.km.map { ", km \(StaffText.kilometres($0, language))" } ?? ""
        let names = road.aliases.map(\.name).joined(separator: ", ")
        let called = names.isEmpty ? "" : (language == .english ? ", called " : ", dite ") + names
        let owner = owner(road.owner, road.operatorID, language)
        return "\(road.name) (\(road.id)\(km), \(road.ownerKind.rawValue), \(owner)\(limit)\(called), "
            + "\(StaffText.metres(road.metres, language)) m)"
    }

    private func asset(_ asset: NearbyAsset, _ language: Language) -> String {
        let facts = [asset.assetClass, asset.component].compactMap(\.self).map { ", \($0)" }.joined()
        let until = asset.until.map { language == .english ? ", until \($0)" : ", jusqu’au \($0)" } ?? ""
        let owner = owner(asset.owner, asset.operatorID, language)
        return "\(asset.label[language]) (\(asset.id), \(owner)\(facts)\(until), "
            + "\(StaffText.metres(asset.metres, language)) m)"
    }

    /// The owner; with the operator where that is somebody else.
    private func owner(_ owner: String, _ operatorID: String?, _ language: Language) -> String {
        guard let operatorID, operatorID != owner else { return owner }
        return "\(owner), " + (language == .english ? "looked after by " : "confié à ") + operatorID
    }

    private func rule(_ language: Language) -> String {
        guard let id = decision.ruleID else {
            return language == .english ? "none; the place decides" : "aucune; le lieu décide"
        }
        let rule = table.ruleSet(at: query.at)?.everyRule.first { $0.id == id }
        let row = rule?.row.map { ", \($0)" } ?? ""
        let source = rule.map { " · \($0.source)" } ?? ""
        return "\(id) (\(decision.ruleVersion)\(row))\(source)"
    }

    private func told(_ told: AlsoTold, _ language: Language) -> String {
        let type = told.publicType.map { " · \($0)" } ?? ""
        return "\(lead(told.lead, language)), \(told.part)\(type): \(told.reason[language])"
    }

    private func question(_ question: ResponsibilityQuestion, _ language: Language) -> [String] {
        var lines = ["", (language == .english ? "To ask: " : "À demander : ") + question.text[language]]
        for choice in question.choices {
            let away = choice.metres.map { ", \(StaffText.metres($0, language)) m" } ?? ""
            let mark = choice.key == question.preselected ? "*" : " "
            lines.append("  \(mark) \(choice.key): \(choice.label[language])\(away) → \(lead(choice.lead, language))")
        }
        if question.allowsDoNotKnow {
            lines.append("    \(DecisionQuery.doNotKnow): \(FixedTexts.doNotKnow[language])")
        }
        return lines
    }
}
