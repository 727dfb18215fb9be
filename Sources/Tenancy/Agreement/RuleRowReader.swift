import Domain

/// Reads one row of a rules file.
struct RuleRowReader {
    let faults: FaultList
    let names: AgreementNames

    /// File name without folder, for the row's own place (`rules.yml:41`).
    let fileName: String

    /// A row that says who leads.
    func rule(_ node: YamlNode) -> ResponsibilityRule? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let id = id(map)
        let conditions = RuleConditionsReader(faults: faults, names: names).conditions(map)
        let lead = lead("lead", map)
        let department = department(map, lead: lead)
        let mode = map.choice("mode", as: HandlingMode.self, called: "handling mode")
        let question = map.mapping("question").flatMap { self.question($0) }
        let explanation = explanation(map)
        let source = map.requiredText("source", atMost: 300)
        map.finish()
        guard let id, let conditions, let lead, let explanation, let source else { return nil }
        return ResponsibilityRule(
            id: id,
            conditions: conditions,
            lead: lead,
            department: department,
            mode: mode,
            question: question,
            explanation: explanation,
            source: source,
            row: "\(fileName):\(node.mark.line)"
        )
    }

    /// A row that says who is told besides.
    func alsoTold(_ node: YamlNode) -> AlsoToldRule? {
        guard let map = YamlMapping(node, in: node.file, faults) else { return nil }
        let id = id(map)
        let conditions = RuleConditionsReader(faults: faults, names: names).conditions(map)
        let body = lead("body", map)
        let part = map.requiredChecked("service_part", as: ServicePart.self)
        if let part, !names.parts.contains(part) {
            map.fault("service_part", unknownPart(part.rawValue))
        }
        let publicType = map.checked("public_type", as: ServiceCode.self)
        let first = map.flag("first", default: false)
        let explanation = explanation(map)
        let source = map.requiredText("source", atMost: 300)
        map.finish()
        guard let id, let conditions, let body, let part, let explanation, let source else { return nil }
        return AlsoToldRule(
            id: id,
            conditions: conditions,
            body: body,
            part: part,
            publicType: publicType,
            first: first,
            explanation: explanation,
            source: source,
            row: "\(fileName):\(node.mark.line)"
        )
    }

    func id(_ map: YamlMapping) -> String? {
        guard let id = map.requiredText("id", atMost: 60) else { return nil }
        let isPlain = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard isPlain else {
            map.fault("id", "\"id\" is \"\(FaultText.shown(id))\"; must be of a-z, 0-9 and hyphen, such as road-upper")
            return nil
        }
        return id
    }

    func lead(_ key: String, _ map: YamlMapping) -> LeadExpression? {
        guard let text = map.requiredText(key, atMost: 100) else { return nil }
        guard let lead = LeadExpression(rawValue: text) else {
            let near = NearMiss.of(text, among: LeadExpression.roles).map { "; did you mean \($0)?" } ?? ""
            let shown = FaultText.shown(text)
            map.fault(
                key,
                "\"\(key)\" is \"\(shown)\"; must be \(LeadExpression.roles.joined(separator: ", ")), tenant:<id>, "
                    + "partner:<id> or area_owner:<layer>\(near)"
            )
            return nil
        }
        switch lead {
        case .jurisdiction(let id) where names.tenants[id] == nil:
            let hint =
                names.partners[PartnerID(trusted: id.rawValue)] == nil
                ? NearMiss.hint(id.rawValue, among: names.tenants.keys.map(\.rawValue))
                : "; it is a partner, write partner:\(id)"
            map.fault(key, "\"\(id)\" is no tenant of the hub\(hint)")
        case .partner(let id) where names.partners[id] == nil:
            let hint =
                names.tenants[JurisdictionID(trusted: id.rawValue)] == nil
                ? NearMiss.hint(id.rawValue, among: names.partners.keys.map(\.rawValue))
                : "; it is a tenant, write tenant:\(id)"
            map.fault(key, "\"\(id)\" is no partner of partners.yml\(hint)")
        default: break
        }
        return lead
    }

    func department(_ map: YamlMapping, lead: LeadExpression?) -> String? {
        guard let code = map.text("department", atMost: 40) else { return nil }
        guard case .jurisdiction(let id) = lead else {
            if let lead { map.fault("department", "a department needs a lead of one tenant, not \(lead)") }
            return code
        }
        if let known = names.tenants[id], !known.isEmpty, !known.contains(code) {
            let hint = NearMiss.hint(code, among: known)
            map.fault("department", "\"\(FaultText.shown(code))\" is no department of \(id)\(hint)")
        }
        return code
    }

    func explanation(_ map: YamlMapping) -> LocalizedText? {
        let text = map.requiredLocalized("explanation", atMost: 600)
        guard let text else { return nil }
        for name in SentenceBlank.names(in: text.english) + SentenceBlank.names(in: text.french)
        where SentenceBlank(rawValue: name) == nil {
            let known = SentenceBlank.allCases.map(\.rawValue)
            let sameCase = known.filter { $0.first?.isUppercase == name.first?.isUppercase }
            let hint = NearMiss.hint(name, among: NearMiss.of(name, among: sameCase) == nil ? known : sameCase)
            map.fault("explanation", "\"{\(FaultText.shown(name))}\" is no blank that can be filled\(hint)")
        }
        return text
    }

    private func question(_ map: YamlMapping) -> RuleQuestion? {
        let about = map.requiredText("about", atMost: 60)
        let text = map.requiredLocalized("text", atMost: 200)
        let choices = map.list("choices").compactMap { node -> RuleQuestion.Choice? in
            guard let choice = YamlMapping(node, in: node.file, faults) else { return nil }
            let key = choice.requiredText("key", atMost: 60)
            let label = choice.requiredLocalized("name", atMost: 120)
            choice.finish()
            guard let key, let label else { return nil }
            return RuleQuestion.Choice(key: key, label: label)
        }
        if choices.count < 2 {
            faults.add(map.file, map.mark, "a question needs at least two choices")
        }
        map.finish()
        guard let about, let text else { return nil }
        if about == "property_type" { return RuleQuestion(about: .propertyType, text: text, choices: choices) }
        guard about.hasPrefix("answer:"), about.utf8.count > 7 else {
            map.fault(
                "about",
                "\"about\" is \"\(FaultText.shown(about))\"; must be property_type or answer:<question code>"
            )
            return nil
        }
        return RuleQuestion(about: .answer(String(about.dropFirst(7))), text: text, choices: choices)
    }

    private func unknownPart(_ part: String) -> String {
        "\(part) is no part of taxonomy.yml\(NearMiss.hint(part, among: names.parts.map(\.rawValue)))"
    }
}
