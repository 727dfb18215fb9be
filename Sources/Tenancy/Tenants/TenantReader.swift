import Domain
import Foundation

/// Reads `tenant.yml`: who a tenant is and what it has decided about its service.
struct TenantReader {
    /// The tenant; nil, with faults, when the file cannot be one.
    func read(_ map: YamlMapping, folder: String) -> Tenant? {
        let before = map.faults.count
        let id = map.requiredChecked("jurisdiction_id", as: JurisdictionID.self)
        let code = map.requiredChecked("code", as: TenantCode.self)
        let tier = map.requiredChoice("tier", as: Tier.self, called: "tier")
        let body = BodyNameReader.name(map)
        let zone = timeZone(map)
        let languages = languages(map)
        let contact = map.requiredMapping("contact").flatMap(contact)
        let callNumber = callNumber(map)
        let hosts = hosts(map)
        let brand = map.mapping("brand").flatMap(brand)
        let departments = departments(map)
        let policies = map.mapping("policies").map(policies) ?? TenantPolicies()
        let succeeds = map.texts("succeeds", orOne: true, atMost: 40).compactMap { text, mark -> JurisdictionID? in
            guard let merged = JurisdictionID(rawValue: text), merged != id else {
                map.fault(at: mark, "\"\(FaultText.shown(text))\" is no id of a jurisdiction merged into this one")
                return nil
            }
            return merged
        }
        let signIn = SignInReader(departments: departments.map(\.code.rawValue), isHub: tier == .hub || tier == .single)
            .read(map)
        map.finish()
        if let id, id.rawValue != folder {
            map.fault(
                "jurisdiction_id",
                "jurisdiction_id is \(id) but the folder is \(FaultText.shown(folder)); both must be the same"
            )
        }
        guard map.faults.count == before, let id, let code, let tier, let body, let zone, let contact, let callNumber
        else { return nil }
        return Tenant(
            id: id,
            code: code,
            tier: tier,
            name: body,
            timeZone: zone,
            languages: languages,
            contact: contact,
            callNumber: callNumber,
            hosts: hosts,
            brand: brand ?? .neutral,
            departments: departments,
            policies: policies,
            succeeds: succeeds.isEmpty ? nil : succeeds,
            signIn: signIn.isEmpty ? nil : signIn
        )
    }

    private func timeZone(_ map: YamlMapping) -> String? {
        guard let zone = map.requiredText("time_zone", atMost: 60) else { return nil }
        let isRegional = zone == "UTC" || (zone.contains("/") && !zone.hasPrefix("/") && !zone.contains(".."))
        guard isRegional, TimeZone(identifier: zone) != nil else {
            let hint = NearMiss.of(zone, among: TimeZone.knownTimeZoneIdentifiers).map { "; did you mean \($0)?" } ?? ""
            map.fault("time_zone", "\"\(FaultText.shown(zone))\" is no time zone of the IANA database\(hint)")
            return nil
        }
        return zone
    }

    private func languages(_ map: YamlMapping) -> [Language] {
        _ = map.required("languages")
        return map.list("languages", orOne: true).reduce(into: []) { found, node in
            guard let language = map.choice(node, called: "a language", as: Language.self, what: "language") else {
                return
            }
            guard !found.contains(language) else {
                map.fault(at: node.mark, "the language \(language.rawValue) is listed twice")
                return
            }
            found.append(language)
        }
    }

    private func contact(_ map: YamlMapping) -> TenantContact? {
        let phone = map.requiredText("phone", atMost: 40).flatMap { ContactForms.phone($0, "phone", in: map) }
        let email = map.requiredText("email", atMost: 254).flatMap { ContactForms.email($0, "email", in: map) }
        let website = map.text("website", atMost: 200).flatMap { ContactForms.website($0, "website", in: map) }
        let hours = map.requiredLocalized("hours", atMost: 300)
        map.finish()
        guard let phone, let email, let hours else { return nil }
        return TenantContact(phone: phone, email: email, website: website, hours: hours)
    }

    private func callNumber(_ map: YamlMapping) -> String? {
        guard let text = map.requiredText("call_number", atMost: 40) else { return nil }
        if text.utf8.count == 3, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            return text
        }
        return ContactForms.phone(text, "call_number", in: map)
    }

    private func hosts(_ map: YamlMapping) -> [String] {
        map.texts("hosts", orOne: true, atMost: 253).compactMap { host, mark in
            guard ContactForms.isHost(host) else {
                map.fault(
                    at: mark,
                    "\"\(FaultText.shown(host))\" is no host name; write it as 311.example.org, lower case, without port"
                )
                return nil
            }
            return host
        }
    }

    private func brand(_ map: YamlMapping) -> Brand? {
        let colour = hex(map, "colour")
        let accent = hex(map, "accent")
        map.finish()
        guard let colour, let accent else { return nil }
        let brand = Brand(colour: colour, accent: accent)
        if brand.contrastWithWhite < 4.5 {
            let ratio = (brand.contrastWithWhite * 10).rounded(.down) / 10
            map.fault(
                "colour",
                "white text on \(colour) has a contrast of \(ratio) to 1; it must have 4.5 (WCAG 2.2, 1.4.3)"
            )
        }
        return brand
    }

    private func hex(_ map: YamlMapping, _ key: String) -> String? {
        guard let text = map.requiredText(key, atMost: 40) else { return nil }
        guard Brand.isWellFormed(colour: text) else {
            map.fault(key, "\"\(FaultText.shown(text))\" is no colour; write it as \"#1f4e79\", in quotes")
            return nil
        }
        return text.lowercased()
    }

    private func departments(_ map: YamlMapping) -> [Department] {
        _ = map.required("departments")
        var found: [Department] = []
        for node in map.list("departments") {
            guard let entry = YamlMapping(node, in: node.file, map.faults) else { continue }
            let code = entry.requiredChecked("code", as: DepartmentCode.self)
            let name = entry.requiredLocalized("name", atMost: 100)
            let phone = entry.text("phone", atMost: 40).flatMap { ContactForms.phone($0, "phone", in: entry) }
            let email = entry.text("email", atMost: 254).flatMap { ContactForms.email($0, "email", in: entry) }
            entry.finish()
            guard let code, let name else { continue }
            if found.contains(where: { $0.code == code }) {
                entry.fault("code", "the department \(code) is listed twice")
            }
            found.append(Department(code: code, name: name, phone: phone, email: email))
        }
        return found
    }

    private func policies(_ map: YamlMapping) -> TenantPolicies {
        let standard = TenantPolicies()
        let policies = TenantPolicies(
            disputeWindowDays: map.integer("dispute_window_days", in: 1...365, default: standard.disputeWindowDays),
            retentionMonths: map.integer("retention_months", in: 1...240, default: standard.retentionMonths),
            handOverAnswerMinutes: map.integer(
                "hand_over_answer_minutes",
                in: 5...10_080,
                default: standard.handOverAnswerMinutes
            ),
            open311Posting: map.flag("open311_posting", default: standard.open311Posting),
            batchTokenSeconds: map.integer("batch_token_seconds", in: 1...3_600, default: standard.batchTokenSeconds)
        )
        map.finish()
        return policies
    }
}
